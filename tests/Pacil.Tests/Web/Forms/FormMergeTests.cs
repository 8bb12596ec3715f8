using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Pacil.Web.Forms;

namespace Pacil.Tests.Web.Forms;

/// <summary>A form that was submitted after somebody else has changed the row.</summary>
public sealed class FormMergeTests
{
    [Theory]
    [InlineData("Bolt", "Bolt", "Bolt", false, false, "nobody has changed it")]
    [InlineData("Bolt", "Nut", "Bolt", true, false, "only I have changed it")]
    [InlineData("Bolt", "Bolt", "Nut", false, false, "only somebody else has changed it")]
    [InlineData("Bolt", "Nut", "Nut", false, false, "both have changed it to the same value")]
    [InlineData("Bolt", "Nut", "Screw", true, true, "both have changed it")]
    [InlineData(null, "Nut", "Screw", true, true, "what the form showed is unknown")]
    [InlineData("one\ntwo", "one\r\ntwo", "three", false, false, "a browser sends line breaks in its own way")]
    public void A_field_is_written_only_if_its_user_has_changed_it(
        string? shown, string sent, string now, bool isMine, bool isContested, string because)
    {
        var merge = new FormMerge(Form(("name", sent)), new FieldState("name", shown, now));

        merge.IsMine("name").ShouldBe(isMine, because);
        merge.Untouched.Contains("name").ShouldBe(!isMine, because);
        (merge.Problem is not null).ShouldBe(isContested, because);
    }

    [Fact]
    public void A_field_that_the_form_does_not_have_is_not_written()
    {
        var merge = new FormMerge(Form(), new FieldState("unit", "pcs", "kg"));

        merge.Untouched.ShouldBe(["unit"]);
        merge.Problem.ShouldBeNull();
    }

    [Fact]
    public void The_user_decides_about_every_contested_field_and_sees_what_is_stored()
    {
        var merge = new FormMerge(Form(("name", "Nut"), ("unit", "kg"), ("note", "mine")),
            new FieldState("name", "Bolt", "Screw", Who: "budi"), new FieldState("unit", "pcs", ""),
            new FieldState("note", "old", "old"));

        var problem = merge.Problem.ShouldNotBeNull();
        (problem.Status, problem.Code).ShouldBe((412, "version_conflict"));
        problem.Errors!.Keys.ShouldBe(["name", "unit"]);
        var errors = problem.Errors.ToDictionary(field => field.Key, field => $"{field.Value.Single()}");
        (errors["name"].Contains("budi"), errors["name"].Contains("Screw")).ShouldBe((true, true), errors["name"]);
        errors["unit"].ShouldNotContain("js.feed");
        merge.IsMine("note").ShouldBeTrue();
    }

    [Fact]
    public void Who_has_the_current_row_before_them_writes_what_they_have_changed_and_nothing_else()
    {
        var text = Gen.Elements("", "a", "b", "a\nb").ArrayOf(4);
        Prop.ForAll(text.Zip(text).ToArbitrary(), values =>
        {
            var (stored, sent) = values;
            var merge = new FormMerge(
                Form([.. sent.Select((value, n) => ($"{n}", value.Replace("\n", "\r\n")))]),
                stored.Select((value, n) => new FieldState($"{n}", value, value)));

            merge.Problem.ShouldBeNull();
            for (var n = 0; n < stored.Length; n++) merge.IsMine($"{n}").ShouldBe(stored[n] != sent[n]);
            merge.Untouched.ShouldBe(
                Enumerable.Range(0, stored.Length).Where(n => stored[n] == sent[n]).Select(n => $"{n}"));
        }).QuickCheckThrowOnFailure();
    }

    private static FormCollection Form(params (string Name, string Value)[] fields) =>
        new(fields.ToDictionary(field => field.Name, field => new Microsoft.Extensions.Primitives.StringValues(
            field.Value)));
}
