using System.Globalization;
using Microsoft.Net.Http.Headers;
using Pacil.Web.Requests;

namespace Pacil.Web;

/// <summary>
/// Converts a row's version to a strong entity tag (RFC 9110, 8.8.3), and reads the versions that a request states.
/// </summary>
internal static class Versions
{
    public static readonly Parameter Asked =
        Parameter.Header("If-Match", "The ETag of the version that is to be changed; 412 if it is another by now.") with
        {
            Refusals = [new(400, "bad_etag"), new(412, "version_conflict")],
        };

    public static readonly Parameter AskedKnown =
        Parameter.Header("If-None-Match", "The ETag of the version that the client has; 304 if it is still the same.");

    private static readonly string[] Codings = ["-gzip", "-br", "-zstd"];

    public static string ETag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether <c>If-None-Match</c> names this version, so that the response is 304.</summary>
    public static bool IsKnown(HttpRequest request, string etag)
    {
        var known = request.Headers.IfNoneMatch;
        return known.Count > 0 && (known[0] == etag || (
            EntityTagHeaderValue.TryParseList(known, out var tags)
            && tags.Any(tag => tag.Tag == "*" || AsSent(tag).SequenceEqual(etag.AsSpan().Trim('"')))));
    }

    /// <summary>
    /// Reads <c>If-Match</c>. A tag that a compressing proxy has changed counts as the original tag; see
    /// docs/adr/0017-a-tag-that-a-proxy-has-marked.md.
    /// </summary>
    /// <exception cref="ProblemException">400: the header is not a list of entity tags.</exception>
    public static IfMatchCondition IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0) return IfMatchCondition.Anything;
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags.Count == 0)
            throw new ProblemException(new Problem(StatusCodes.Status400BadRequest, "bad_etag"));
        if (tags.Any(tag => tag.Tag == "*")) return new IfMatchCondition(true, null);
        return new IfMatchCondition(true, [.. tags.Select(Version)]);
    }

    /// <summary>The version in a tag; −1, which matches no row, if the tag is not a number.</summary>
    private static long Version(EntityTagHeaderValue tag) =>
        long.TryParse(AsSent(tag), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    /// <summary>The tag as Pacil sent it: without W/, -gzip, -br or -zstd, which a compressing proxy adds.</summary>
    private static ReadOnlySpan<char> AsSent(EntityTagHeaderValue tag)
    {
        var text = tag.Tag.AsSpan().Trim('"');
        foreach (var coding in Codings)
            if (text.EndsWith(coding)) return text[..^coding.Length];
        return text;
    }
}
