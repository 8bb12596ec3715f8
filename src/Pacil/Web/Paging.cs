using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Pacil.Data;
using Pacil.Web.Requests;

namespace Pacil.Web;

/// <summary>
/// The requested page of a list. The cursor holds the sort key and id of the previous page's last row. So every page
/// costs the same, and rows that are added or deleted between two requests do not shift the pages.
/// </summary>
/// <param name="Limit">The number of rows on the page, 1 to 200.</param>
/// <param name="After">The last row of the previous page; null for the first page.</param>
internal sealed record Paging(int Limit, Paging.Position? After)
{
    private const int LimitDefault = 50;
    private const int LimitMax = 200;

    public static readonly Parameter AskedLimit =
        Parameter.Integer("limit", $"Rows on a page, 1 to {LimitMax}; {LimitDefault} if it is left out.");

    public static readonly Parameter[] Asked =
    [
        AskedLimit,
        Parameter.Text("cursor", "Where the page before ended; stands in its Link.") with
        {
            Refusals = [new(400, "bad_cursor")],
        },
    ];

    /// <summary>The last row of a page. The next page begins after this row.</summary>
    /// <param name="Sort">The name of the sort order. A cursor of another sort order is refused.</param>
    /// <param name="Key">The last row's sort key, a string or a number; null if the list is sorted by id only.</param>
    internal sealed record Position(string Sort, string? Key, long Id)
    {
        /// <summary>The sort key as a number.</summary>
        /// <exception cref="ProblemException">
        /// 400: the sort key is not a number, or is greater than <paramref name="max"/>.
        /// </exception>
        public long Number(long max) =>
            long.TryParse(Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
                ? number
                : throw NoCursor();
    }

    /// <summary>Reads <c>limit</c> and <c>cursor</c> from the query string.</summary>
    /// <exception cref="ProblemException">
    /// 422: the limit is out of range. 400: the cursor is not valid for this list.
    /// </exception>
    public static Paging Of(HttpRequest request, string sort)
    {
        var cursor = request.Query["cursor"];
        return new Paging(LimitOf(request), cursor.Count == 0 ? null : ReadCursor(cursor.ToString(), sort));
    }

    /// <summary>Reads <c>limit</c> from the query string, for a list that has only one page.</summary>
    /// <exception cref="ProblemException">422: the limit is out of range.</exception>
    public static int LimitOf(HttpRequest request) => request.Query["limit"] is not { Count: > 0 } limit ? LimitDefault
        : int.TryParse(limit.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            && rows is >= 1 and <= LimitMax ? rows
        : throw new ProblemException(Problem.Invalid("limit", "error.not_between", 1, LimitMax));

    /// <summary>If the last row that was read exceeds the byte budget, leaves this row for the next page.</summary>
    /// <param name="rows">The number of rows that were read.</param>
    public Paging Within(RowBytes bytes, int rows) => bytes.IsOver ? this with { Limit = rows - 1 } : this;

    /// <summary>The address of the next page: the address of this request, with another cursor.</summary>
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

    /// <summary>Adds header <c>Link</c> with the address of the next page (RFC 8288).</summary>
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
            // The cursor is not Base64. It is refused below.
        }
        throw NoCursor();
    }

    private static ProblemException NoCursor() => new(new Problem(StatusCodes.Status400BadRequest, "bad_cursor"));
}
