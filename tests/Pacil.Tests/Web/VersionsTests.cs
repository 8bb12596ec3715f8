using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Pacil.Web;

namespace Pacil.Tests.Web;

/// <summary>Versions as entity tags, and the conditions that requests state with them.</summary>
public sealed class VersionsTests
{
    private static readonly string[] Marks = ["", "-gzip", "-br", "-zstd"];

    [Fact]
    public void A_version_comes_back_as_it_was_sent_also_through_a_proxy_that_compresses()
    {
        var sent = from version in Gen.Choose(0, int.MaxValue)
                   from weak in Gen.Elements("", "W/")
                   from mark in Gen.Elements(Marks)
                   select (Version: (long)version, Weak: weak, Mark: mark);
        Prop.ForAll(sent.ToArbitrary(), one =>
        {
            var etag = Versions.ETag(one.Version);
            var back = $"{one.Weak}{etag[..^1]}{one.Mark}\"";
            var condition = IfMatch($"\"{one.Version + 1}\", {back}");

            condition.IsStated.ShouldBeTrue();
            condition.AnyOf.ShouldBe([one.Version + 1, one.Version]);
            condition.Known.ShouldBe(one.Version + 1);
            condition.Allows(one.Version).ShouldBeTrue();
            condition.Allows(one.Version + 2).ShouldBeFalse();
            IsKnown(back, etag).ShouldBeTrue(back);
            IsKnown($"\"other\", {back}", etag).ShouldBeTrue(back);
            IsKnown(back, Versions.ETag(one.Version + 1)).ShouldBeFalse(back);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_condition_allows_every_version_and_says_that_none_was_stated()
    {
        IfMatch(null).ShouldBe(IfMatchCondition.Anything);
        IfMatch(null).Allows(7).ShouldBeTrue();
        (IfMatch(null).IsStated, IfMatch(null).Known).ShouldBe((false, -1));
        IsKnown(null, "\"7\"").ShouldBeFalse();
    }

    [Fact]
    public void A_star_states_a_condition_that_every_version_meets()
    {
        foreach (var star in new[] { IfMatch("*"), IfMatch("\"1\", *") })
            (star.IsStated, star.AnyOf, star.Allows(7), star.Known).ShouldBe((true, null, true, -1));
        IsKnown("*", "\"7\"").ShouldBeTrue();
    }

    [Theory, InlineData("\"abc\""), InlineData("\"-1\""), InlineData("\"1.0\""), InlineData("\"7-deflate\""),
     InlineData("\"\""), InlineData("\"99999999999999999999\"")]
    public void A_tag_that_is_no_version_matches_no_row(string tag)
    {
        var condition = IfMatch(tag);

        (condition.IsStated, condition.Known).ShouldBe((true, -1));
        foreach (var version in new[] { 0L, 1, 7, long.MaxValue }) condition.Allows(version).ShouldBeFalse();
    }

    [Theory, InlineData(""), InlineData("7"), InlineData("\"7"), InlineData("\"7\" \"8\""), InlineData("\"7\", x")]
    public void What_is_no_list_of_tags_is_refused(string header) =>
        Should.Throw<ProblemException>(() => IfMatch(header)).Problem.Code.ShouldBe("bad_etag");

    private static IfMatchCondition IfMatch(string? header)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null) request.Headers.IfMatch = header;
        return Versions.IfMatch(request);
    }

    private static bool IsKnown(string? header, string etag)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null) request.Headers.IfNoneMatch = header;
        return Versions.IsKnown(request, etag);
    }
}
