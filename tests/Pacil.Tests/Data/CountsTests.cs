using FsCheck;
using FsCheck.Fluent;
using Pacil.Data;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Tests.Data;

/// <summary>The counts of a workspace as sums of the changes of one write.</summary>
public sealed class CountsTests
{
    /// <summary>A change of the pieces of one item: any number between the two largest amounts.</summary>
    private static readonly Gen<long> Pieces = Gen.Frequency(
        (3, Gen.Choose(-1000, 1000).Select(n => (long)n)),
        (1, Gen.Choose(-1000, 1000).Select(n => RequestFields.IntegerMax / 1000 * n)),
        (1, Gen.Elements(RequestFields.IntegerMax, -RequestFields.IntegerMax)));

    [Fact]
    public void The_effects_of_a_write_add_up_in_any_order_and_their_opposites_to_nothing()
    {
        var effect = from items in Gen.Choose(-1, 1)
                     from pieces in Pieces
                     from low in Gen.Choose(-1, 1)
                     select new Counts(items, pieces, low);
        Prop.ForAll(effect.ListOf(30).Select(list => list.ToList()).ToArbitrary(), effects =>
        {
            var sum = Counts.Sum(Changes(effects));

            sum.ShouldBe(new Counts(effects.Sum(one => one.Items), effects.Sum(one => one.Pieces),
                effects.Sum(one => one.Low)));
            Counts.Sum(Changes(Enumerable.Reverse(effects))).ShouldBe(sum);
            Counts.Sum(Changes([.. effects, .. effects.Select(one => default(Counts) - one)])).ShouldBe(default);
            (sum + effects[0] - effects[0]).ShouldBe(sum);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_sum_of_more_pieces_than_the_column_can_store_is_refused()
    {
        var full = Enumerable.Repeat(new Counts(1, RequestFields.IntegerMax, 0), 1024).ToList();
        // 1024 * (2^53 - 1) is 1024 less than 2^63.
        Counts.Sum(Changes([.. full, new Counts(1, 1023, 0)])).Pieces.ShouldBe(Counts.PiecesMax);
        foreach (var more in new[] { 1024, RequestFields.IntegerMax })
            Should.Throw<TooManyPieces>(() => Counts.Sum(Changes([.. full, new Counts(1, more, 0)])));
        Counts.Sum(Changes([.. full, new Counts(1, 1024, 0), new Counts(0, -1, 0)])).Pieces.ShouldBe(
            Counts.PiecesMax, "only the sum counts");
    }

    [Theory, InlineData(0, 0), InlineData(RequestFields.IntegerMax, RequestFields.IntegerMax),
     InlineData(RequestFields.IntegerMax + 1, RequestFields.IntegerMax),
     InlineData(long.MaxValue, RequestFields.IntegerMax)]
    public void Clients_see_no_number_of_pieces_that_they_would_round(long pieces, long seen) =>
        Counts.Capped(pieces).ShouldBe(seen);

    private static List<Change> Changes(IEnumerable<Counts> effects) =>
        [.. effects.Select(effect => new Change(7, "stock_moved", "item", 1, 1, "{}", effect))];
}
