using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Pacil.Items.Stock;
using Pacil.Web.Requests;

namespace Pacil.Tests.Items.Stock;

/// <summary>What a request for a movement asks for, before anything is moved.</summary>
public sealed class MoveStockTests
{
    [Fact]
    public void A_delta_takes_or_receives_what_its_sign_says()
    {
        var delta = Gen.Frequency((3, Gen.Choose(-50, 50).Select(n => (long)n)), (1, Gen.Elements(
            Amount.Max, -Amount.Max, Amount.Max + 1, -Amount.Max - 1, long.MaxValue, long.MinValue)));
        Prop.ForAll(delta.ToArbitrary(), wanted =>
        {
            var (request, errors) = Read(new { delta = wanted });
            errors.ShouldBe(
                wanted == 0 ? ["error.not_zero"]
                : wanted > Amount.Max ? ["error.too_large"]
                : wanted < -Amount.Max ? ["error.too_small"]
                : []);
            request.Reason.ShouldBe(wanted < 0 ? "taken" : "received");
            request.Delta.ShouldBe(wanted);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_reason_is_kept_and_only_counting_may_find_no_difference()
    {
        foreach (var reason in Reason.All)
        {
            Read(new { delta = -3, reason }).ShouldBe((new MoveStock.Request(-3, reason), []));
            Read(new { delta = 0, reason }).Errors.ShouldBe(reason == "counted" ? [] : ["error.not_zero"]);
        }
    }

    [Fact]
    public void A_form_gives_a_quantity_and_the_sign_of_its_button() => Prop.ForAll(
        Gen.Choose(-2, 100_000).Zip(Gen.Elements("-1", "1", null)).ToArbitrary(), typed =>
        {
            var (quantity, sign) = typed;
            var fields = Form(("quantity", $"{quantity}"), ("sign", sign));
            var request = MoveStock.Request.ReadForm(fields);
            if (quantity < 1)
            {
                fields.Problem!.Errors!.ShouldContainKey("quantity");
                return;
            }
            fields.Problem.ShouldBeNull();
            request.ShouldBe(sign == "-1"
                ? new MoveStock.Request(-quantity, "taken")
                : new MoveStock.Request(quantity, "received"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_item_is_low_from_its_threshold_down() => Prop.ForAll(
        Gen.Choose(0, 20).Zip(Gen.Choose(0, 20)).ToArbitrary(), numbers =>
        {
            var (amount, threshold) = numbers;
            LowStock.Is(amount, threshold).ShouldBe(amount < threshold || amount == threshold);
            LowStock.Is(amount, null).ShouldBeFalse();
        }).QuickCheckThrowOnFailure();

    private static (MoveStock.Request Request, string[] Errors) Read(object body)
    {
        var fields = RequestFields.Of(JsonSerializer.SerializeToElement(body));
        var request = MoveStock.Request.Read(fields);
        return (request, [.. fields.Problem?.Errors!["delta"].Select(error => error.Key) ?? []]);
    }

    private static RequestFields Form(params (string Name, string? Value)[] fields) =>
        RequestFields.OfForm(new FormCollection(fields.Where(field => field.Value is not null)
            .ToDictionary(field => field.Name, field => new StringValues(field.Value))));
}
