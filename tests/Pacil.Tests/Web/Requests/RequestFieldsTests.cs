using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Pacil.Web.Requests;

namespace Pacil.Tests.Web.Requests;

/// <summary>Numbers as a program sends them in JSON and as a user types them into a page.</summary>
public sealed class RequestFieldsTests
{
    private const long Max = RequestFields.IntegerMax;

    private static readonly Gen<long> Numbers = Gen.Frequency(
        (1, Gen.Choose(-2000, 2000).Select(n => (long)n)),
        (2, Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * 4_194_304L)),
        (1, Gen.Elements(0, Max, Max + 1, -Max, -Max - 1, long.MaxValue, long.MinValue)));

    [Fact]
    public void A_number_is_read_if_it_is_within_the_limits() => Prop.ForAll(
        Numbers.Zip(Numbers).Zip(Numbers).ToArbitrary(), numbers =>
        {
            var ((value, one), other) = numbers;
            var (min, max) = (Math.Min(one, other), Math.Max(one, other));
            var text = value.ToString(CultureInfo.InvariantCulture);
            foreach (var fields in new[] { Json(text), Typed(text) })
            {
                fields.Integer("n", min, max).ShouldBe(value);
                Errors(fields).ShouldBe(
                    value < min ? ["error.too_small"] : value > max ? ["error.too_large"] : []);
            }
        }).QuickCheckThrowOnFailure();

    [Theory, InlineData("en-GB"), InlineData("id-ID")]
    public void A_typed_number_may_have_the_separators_of_its_language_or_spaces(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        Prop.ForAll(Numbers.ToArbitrary(), value =>
        {
            var shown = value.ToString("N0", CultureInfo.CurrentCulture);
            var separator = NumberFormatInfo.CurrentInfo.NumberGroupSeparator;
            foreach (var between in new[] { separator, " ", "\u00a0", "\u202f" })
            {
                var fields = Typed($" {shown.Replace(separator, between)} ");
                fields.Integer("n", long.MinValue, long.MaxValue).ShouldBe(value);
                fields.Problem.ShouldBeNull();
            }
            var other = separator == "," ? "." : ",";
            if (!shown.Contains(separator)) return;
            Errors(Typed(shown.Replace(separator, other)), "n").ShouldBe(["error.not_a_whole_number"]);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1,5"), InlineData("1e3"), InlineData("+5"), InlineData("1,00"), InlineData("1,0000"),
     InlineData(",000"), InlineData("1,000 000"), InlineData("--1"), InlineData("-"), InlineData("٣"), InlineData("x")]
    public void What_may_mean_another_number_is_refused(string text)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");
        Errors(Typed(text), "n").ShouldBe(["error.not_a_whole_number"]);
    }

    [Theory, InlineData("1.5"), InlineData("1e3"), InlineData("1.0"), InlineData("\"1\""), InlineData("true"),
     InlineData("[1]"), InlineData("{}")]
    public void What_is_no_whole_number_in_json_is_refused(string json) =>
        Errors(Json(json), "n").ShouldBe(["error.not_a_whole_number"]);

    [Theory, InlineData("92233720368547758080", "error.too_large"), InlineData("-92233720368547758080",
         "error.too_small")]
    public void Digits_that_need_more_than_64_bits_are_out_of_range(string text, string error)
    {
        foreach (var fields in new[] { Json(text), Typed(text) })
        {
            fields.Integer("n", -Max, Max);
            Errors(fields).ShouldBe([error]);
        }
    }

    [Fact]
    public void A_number_that_is_left_out_is_none_and_is_missed_only_if_it_is_required()
    {
        foreach (var fields in new[] { Json("null"), Json(null), Typed(""), Typed("  "), Typed(null) })
        {
            fields.Integer("n", 1, 2).ShouldBeNull();
            fields.Problem.ShouldBeNull();
            fields.Integer("n", 1, 2, required: true).ShouldBeNull();
            Errors(fields).ShouldBe(["error.required"]);
        }
    }

    private static RequestFields Json(string? value)
    {
        using var document = JsonDocument.Parse(value is null ? "{}" : $$"""{"n":{{value}}}""");
        return RequestFields.Of(document.RootElement.Clone());
    }

    private static RequestFields Typed(string? text) => RequestFields.OfForm(new FormCollection(
        text is null ? [] : new Dictionary<string, StringValues> { ["n"] = text }));

    private static List<string> Errors(RequestFields fields, string? read = null)
    {
        if (read is not null) fields.Integer(read, -Max, Max).ShouldBeNull();
        return [.. fields.Problem?.Errors!["n"].Select(text => text.Key) ?? []];
    }
}
