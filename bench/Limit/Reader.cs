using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;

namespace Limit;

/// <summary>Runs Pacil's read statements. Hand-written code turns the rows into the bytes that Pacil sends.</summary>
internal sealed class Reader
{
    private const string Columns =
        """
        item.id, item.name, item.description, item.amount, item.unit, item.threshold, item.version,
        item.created_at, item.created_by, item.updated_at, item.updated_by, item.archived_at
        """;

    private readonly long workspace;
    private readonly long account;
    private readonly SqliteCommand list;
    private readonly SqliteCommand byName;
    private readonly SqliteCommand one;
    private readonly SqliteCommand search;
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly Utf8JsonWriter json;
    private readonly byte[] pageHead;
    private readonly byte[] pageTail;
    private readonly string name;

    public Reader(string database, long workspace, long account, string page)
    {
        (this.workspace, this.account) = (workspace, account);
        var connection = Sqlite.Open(database, "pragma query_only = on");
        list = connection.Statement(ListSql("item.id asc"), "@Workspace", "@Account", "@Limit");
        const string byNameOrder = "item.name_key asc, item.id asc";
        byName = connection.Statement(
            ListSql(byNameOrder, $", {Stars(byNameOrder)}"), "@Workspace", "@Account", "@Limit");
        one = connection.Statement(
            $"""
            select {Columns} from item
            join member on member.workspace_id = item.workspace_id and member.account_id = @Account
            where item.id = @Id and item.workspace_id = @Workspace
            """, "@Account", "@Id", "@Workspace");
        search = connection.Statement(
            SearchSql, "@Workspace", "@Account", "@CandidatesMax", "@Beginning", "@End", "@Match");
        json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) });

        // The HTML before and after the rows is the same for every request, so it is encoded only one time.
        var html = File.Exists(page) ? File.ReadAllText(page) : "<tbody></tbody>";
        var (begin, end) = (html.IndexOf("<tbody>", StringComparison.Ordinal) + "<tbody>\n".Length,
            html.IndexOf("</tbody>", StringComparison.Ordinal));
        pageHead = Encoding.UTF8.GetBytes(html[..begin]);
        pageTail = Encoding.UTF8.GetBytes(html[html[..end].TrimEnd(' ').Length..]);
        name = html.Contains("data-me=\"", StringComparison.Ordinal) ? html.Split("data-me=\"")[1].Split('"')[0] : "";
    }

    public byte[] List()
    {
        Begin();
        json.WriteStartArray();
        using var rows = list.With(workspace, account, 51L).ExecuteReader();
        for (var n = 0; rows.Read() && n < 50; n++) Write(rows, 5);
        json.WriteEndArray();
        return End();
    }

    public byte[] One(long id)
    {
        Begin();
        using var rows = one.With(account, id, workspace).ExecuteReader();
        if (rows.Read()) Write(rows, 0);
        return End();
    }

    public long Version(long id)
    {
        using var rows = one.With(account, id, workspace).ExecuteReader();
        return rows.Read() ? rows.GetInt64(6) : 0;
    }

    /// <summary>Reads the same search candidates as Pacil and ranks them in the same order.</summary>
    public byte[] Search(string text)
    {
        var key = Sqlite.Key(text);
        var match = $"\"{Sqlite.Marker(workspace)}\" AND \"{key}\"";
        var beginning = Sqlite.Searchable(text);
        using var rows = search.With(workspace, account, 200L, beginning, beginning + "\U0010FFFF", match)
            .ExecuteReader();
        var found = new List<(int Rank, string Name, long Id, byte[] Bytes)>();
        var seen = new HashSet<long>();
        while (rows.Read())
        {
            if (rows.IsDBNull(3) || !seen.Add(rows.GetInt64(3))) continue;
            var folded = Sqlite.Key(rows.GetString(4));
            var rank = folded == key ? 0
                : folded.StartsWith(key, StringComparison.Ordinal) ? 1
                : folded.Contains($" {key}", StringComparison.Ordinal) ? 2 : 3;
            Begin();
            Write(rows, 3);
            found.Add((rank, folded, rows.GetInt64(3), End()));
        }
        var best = found.OrderBy(item => item.Rank).ThenBy(item => item.Name.Length)
            .ThenBy(item => item.Name, StringComparer.Ordinal).Take(50);
        Begin();
        json.WriteStartArray();
        foreach (var item in best) json.WriteRawValue(item.Bytes, skipInputValidation: true);
        json.WriteEndArray();
        return End();
    }

    /// <summary>
    /// Renders the web page that lists the first fifty items in the order of their names. The HTML of each row follows
    /// Pacil's template.
    /// </summary>
    public byte[] Page()
    {
        buffer.ResetWrittenCount();
        buffer.Write(pageHead);
        using var rows = byName.With(workspace, account, 51L).ExecuteReader();
        for (var n = 0; rows.Read() && n < 50; n++) Row(rows);
        buffer.Write(pageTail);
        return buffer.WrittenSpan.ToArray();
    }

    private void Row(SqliteDataReader rows)
    {
        var (id, amount) = (rows.GetInt64(5), rows.GetInt64(8));
        var updated = DateTime.UnixEpoch.AddMilliseconds(rows.GetInt64(14));
        var threshold = rows.IsDBNull(10) ? "" : rows.GetInt64(10).ToString(CultureInfo.InvariantCulture);
        var (itemName, unit) = (WebUtility.HtmlEncode(rows.GetString(6)), WebUtility.HtmlEncode(rows.GetString(9)));
        var note = WebUtility.HtmlEncode(rows.GetString(7).Split('\n', 2)[0]);
        var (at, ago) = (updated.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), Ago(updated));
        var pick = $"value=\"{id}\" aria-label=\"Select\" autocomplete=\"off\"";
        const string move = "form=\"move\" name=\"move\"";
        Text($"""
              <tr id="item-{id}" data-version="{rows.GetInt64(11)}" data-pieces="{amount}" data-threshold="{threshold}">
                <td class="pick"><input type="checkbox" form="bulk" name="ids" {pick}
                ><button form="move" formaction="/star" class="star" name="star" value="{id} true" aria-pressed="false"
                aria-label="Star"></button></td>
                <th scope="row"><a data-name dir="auto" href="/items/{id}">{itemName}</a> <i data-told></i><span
                data-note dir="auto">{note}</span></th>
                <td class="when"><time data-updated datetime="{at}">{ago}</time><span data-by>, {name}</span></td>
                <td class="amount"><i data-low>low</i> <b data-amount>{amount:N0}</b> <span data-unit dir="auto"
                >{unit}</span></td>
                <td class="actions">
                    <button {move} value="{id} -1" aria-label="Take one">−</button><button {move}
                    value="{id} 1" aria-label="Receive one">+</button>
                </td>
              </tr>

            """);
    }

    private void Text(FormattableString text) =>
        Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture), buffer);

    private static string Ago(DateTime time)
    {
        var minutes = (int)(TimeProvider.System.GetUtcNow().UtcDateTime - time).TotalMinutes;
        return minutes == 0 ? "now" : $"{minutes} min ago";
    }

    private void Begin()
    {
        buffer.ResetWrittenCount();
        json.Reset();
    }

    private byte[] End()
    {
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(SqliteDataReader rows, int at)
    {
        json.WriteStartObject();
        json.WriteNumber("id", rows.GetInt64(at));
        json.WriteString("name", rows.GetString(at + 1));
        json.WriteString("description", rows.GetString(at + 2));
        json.WriteNumber("amount", rows.GetInt64(at + 3));
        json.WriteString("unit", rows.GetString(at + 4));
        if (rows.IsDBNull(at + 5)) json.WriteNull("threshold");
        else json.WriteNumber("threshold", rows.GetInt64(at + 5));
        json.WriteNumber("version", rows.GetInt64(at + 6));
        Json.Time(json, "created_at", rows.GetInt64(at + 7));
        json.WriteNumber("created_by", rows.GetInt64(at + 8));
        Json.Time(json, "updated_at", rows.GetInt64(at + 9));
        json.WriteNumber("updated_by", rows.GetInt64(at + 10));
        json.WriteNull("archived_at");
        json.WriteEndObject();
    }

    private static string Stars(string order) =>
        $"""
        case when row_number() over (order by {order}) = 1 then (
          select group_concat(star.item_id)
          from star where star.account_id = @Account and star.workspace_id = @Workspace) end as stars
        """;

    private static string ListSql(string order, string stars = "") =>
        $"""
        select feed.head, feed.mark, feed.items, feed.pieces, feed.low, item.*{stars}
        from member
        join feed on feed.id = member.workspace_id
        left join (
          select {Columns}, item.name_key
          from item
          where true and item.workspace_id = @Workspace and item.archived_at is null
          order by {order}
          limit @Limit
        ) item on true
        where member.workspace_id = @Workspace and member.account_id = @Account
        order by {order}
        """;

    private const string SearchSql =
        $"""
        select feed.id, feed.head, feed.mark, {Columns}
        from member join feed on feed.id = member.workspace_id left join (
          select * from (
            select * from item
            where workspace_id = @Workspace and archived_at is null
              and substr(search_text, 1, 50) >= @Beginning and substr(search_text, 1, 50) < @End
            order by substr(search_text, 1, 50)
            limit @CandidatesMax) named
          union all
          select * from (
            select item.* from item_search cross join item on item.id = item_search.rowid
            where item_search match @Match and item.workspace_id = @Workspace and item.archived_at is null
            limit @CandidatesMax) matching
        ) item on true
        where member.workspace_id = @Workspace and member.account_id = @Account
        """;
}
