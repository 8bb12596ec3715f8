using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Data;
using Pacil.Web.Requests;

namespace Pacil.Web;

/// <summary>
/// A page of a list: how many rows, and after which row. The cursor holds the last row's sort key and id, so each page
/// costs the same, and rows that are added or deleted meanwhile shift nothing.
/// </summary>
/// <param name="Limit">1 to 200 rows.</param>
/// <param name="After">Null for the first page.</param>
internal sealed record Paging(int Limit, Paging.Position? After)
{
    private const int LimitDefault = 50;
    private const int LimitMax = 200;

    public static readonly Parameter AskedLimit =
        Parameter.Integer("limit", $"Rows on a page, 1 to {LimitMax}; {LimitDefault} if it is left out.");

    public static readonly Parameter[] Asked =
        [AskedLimit, Parameter.Text("cursor", "Where the page before ended; stands in its Link.")];

    /// <summary>Where a page ends.</summary>
    /// <param name="Sort">The order of the list; a cursor of another order is refused.</param>
    /// <param name="Key">The last row's sort key: a text, a number, or null if the id is the key.</param>
    /// <param name="Id">The last row's id.</param>
    internal sealed record Position(string Sort, string? Key, long Id)
    {
        /// <summary>The key as a number.</summary>
        /// <exception cref="ProblemException">400: it is not a number, or too large.</exception>
        public long Number(long max) =>
            long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
                ? number
                : throw NoCursor();
    }

    /// <summary>Reads <c>limit</c> and <c>cursor</c>.</summary>
    /// <exception cref="ProblemException">422: limit out of range. 400: not a cursor of this list.</exception>
    public static Paging Of(HttpRequest request, string sort)
    {
        var cursor = request.Query["cursor"];
        return new Paging(LimitOf(request), cursor.Count == 0 ? null : ReadCursor(cursor.ToString(), sort));
    }

    /// <summary>Reads <c>limit</c>, for a list that has no further page.</summary>
    /// <exception cref="ProblemException">422: limit out of range.</exception>
    public static int LimitOf(HttpRequest request) => request.Query["limit"] is not { Count: > 0 } limit ? LimitDefault
        : int.TryParse(limit.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            && rows is >= 1 and <= LimitMax ? rows
        : throw new ProblemException(Problem.Invalid("limit", "error.not_between", 1, LimitMax));

    /// <summary>Ends the page before the last of the rows that were read, if it exceeds the byte budget.</summary>
    public Paging Within(RowBytes bytes, int rows) => bytes.IsOver ? this with { Limit = rows - 1 } : this;

    /// <summary>The address of the next page: this request's, with another cursor.</summary>
    public static string Next(HttpRequest request, Position last)
    {
        var cursor = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(
            $"{last.Sort}\n{last.Id.ToString(CultureInfo.InvariantCulture)}\n{last.Key}"));
        var query = request.Query
            .Where(part => part.Key != "cursor")
            .SelectMany(part => part.Value.Select(value => KeyValuePair.Create(part.Key, value)))
            .Append(KeyValuePair.Create("cursor", (string?)cursor));
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, query);
    }

    /// <summary>Adds the <c>Link</c> header to the next page (RFC 8288).</summary>
    public static void Link(HttpContext context, Position last) =>
        context.Response.Headers.Link = $"<{Next(context.Request, last)}>; rel=\"next\"";

    private static Position ReadCursor(string cursor, string sort)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(cursor)).Split('\n', 3);
            if (parts.Length == 3 && parts[0] == sort && !parts[2].Any(char.IsControl)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return new Position(sort, parts[2].Length == 0 ? null : parts[2], id);
        }
        catch (FormatException)
        {
            // Reported below.
        }
        throw NoCursor();
    }

    private static ProblemException NoCursor() => new(new Problem(StatusCodes.Status400BadRequest, "bad_cursor"));
}
