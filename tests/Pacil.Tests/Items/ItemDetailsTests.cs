using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pacil.Items;
using Pacil.Items.Events;
using Pacil.Web.Requests;

namespace Pacil.Tests.Items;

/// <summary>The details of an item: merge patch (RFC 7396), full replacement, and the way back.</summary>
public sealed class ItemDetailsTests
{
    private static readonly string[] Names = ["name", "description", "unit", "threshold"];

    private static readonly Gen<ItemDetails> Details =
        from name in Gen.Elements("Bolt", "Nut", "Étagère")
        from text in Gen.Elements("", "one", "one\ntwo")
        from unit in Gen.Elements("", "pcs", "m²")
        from threshold in Gen.Elements<long?>(null, 0, 5)
        select new ItemDetails(name, text, unit, threshold);

    [Fact]
    public void A_patch_takes_the_fields_that_it_has_and_keeps_the_others() => Prop.ForAll(
        Details.Zip(Details).Zip(Gen.SubListOf(Names)).ToArbitrary(), drawn =>
        {
            var ((stored, wanted), given) = drawn;
            var patched = stored.Patch(Fields(wanted, given));

            var (was, sent, became) = (Values(stored), Values(wanted), Values(patched));
            foreach (var name in Names) became[name].ShouldBe(given.Contains(name) ? sent[name] : was[name], name);
            stored.Patch(Fields(wanted, [])).ShouldBe(stored);
            stored.Patch(Fields(wanted, Names)).ShouldBe(wanted);
            patched.Patch(Fields(wanted, given)).ShouldBe(patched, "a patch that comes again changes nothing");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_replacement_empties_the_fields_that_it_does_not_have() => Prop.ForAll(
        Details.Zip(Gen.SubListOf(Names[1..])).ToArbitrary(), drawn =>
        {
            var (wanted, given) = drawn;
            var fields = Fields(wanted, [.. given, "name"]);

            ItemDetails.Read(fields).ShouldBe(new ItemDetails(
                wanted.Name,
                given.Contains("description") ? wanted.Text : "", given.Contains("unit") ? wanted.Unit : "",
                given.Contains("threshold") ? wanted.Threshold : null));
            fields.Problem.ShouldBeNull();
            var nameless = Fields(wanted, given);
            ItemDetails.Read(nameless);
            nameless.Problem!.Errors!.Keys.ShouldBe(["name"]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Null_empties_a_field_but_not_the_name()
    {
        using var nothing =
            JsonDocument.Parse("""{"name":null,"description":null,"unit":null,"threshold":null}""");
        var fields = RequestFields.Of(nothing.RootElement);

        new ItemDetails("Bolt", "one", "pcs", 5).Patch(fields).ShouldBe(new ItemDetails("", "", "", null));
        fields.Problem!.Errors!.Keys.ShouldBe(["name"]);
    }

    [Fact]
    public void An_undo_restores_what_a_change_has_changed_and_leaves_what_changed_later() => Prop.ForAll(
        Details.Zip(Details).Zip(Details).ToArbitrary(), drawn =>
        {
            var ((first, second), now) = drawn;
            if (ItemChanged.Between(first, second) is not { } change)
            {
                first.ShouldBe(second);
                return;
            }
            second.Before(change).Before.ShouldBe(first);
            second.Before(change).ChangedSince.ShouldBeEmpty();

            var (before, changedSince) = now.Before(change);
            var (was, became, current, restored) = (Values(first), Values(second), Values(now), Values(before));
            foreach (var name in Names)
            {
                var isChanged = was[name] != became[name];
                restored[name].ShouldBe(isChanged ? was[name] : current[name], name);
                changedSince.Contains(name).ShouldBe(isChanged && current[name] != became[name], name);
            }
        }).QuickCheckThrowOnFailure();

    private static Dictionary<string, string> Values(ItemDetails details) => new()
    {
        ["name"] = details.Name,
        ["description"] = details.Text,
        ["unit"] = details.Unit,
        ["threshold"] = $"{details.Threshold}",
    };

    /// <summary>A JSON request with some of the fields.</summary>
    private static RequestFields Fields(ItemDetails details, IEnumerable<string> given)
    {
        var all = new Dictionary<string, object?>
        {
            ["name"] = details.Name,
            ["description"] = details.Text,
            ["unit"] = details.Unit,
            ["threshold"] = details.Threshold,
        };
        return RequestFields.Of(JsonSerializer.SerializeToElement(
            all.Where(field => given.Contains(field.Key)).ToDictionary(field => field.Key, field => field.Value)));
    }
}
