using System.Text.Json;
using Pacil.Identity.Accounts;
using Pacil.Items;
using Pacil.Items.Stock;
using Pacil.Tests.Golden;
using Pacil.Web;
using Pacil.Web.Requests;
using ApiJson = Pacil.Web.Json;

namespace Pacil.Tests.Web;

/// <summary>The JSON format of times, numbers, ids, strings and null values. Third-party clients rely on it.</summary>
public sealed class JsonTests
{
    private static readonly DateTime Time = new(2026, 11, 21, 8, 14, 5, 120, DateTimeKind.Utc);

    [Fact]
    public void Shapes_are_as_the_golden_file_has_them()
    {
        var item = new Item
        {
            Id = 7,
            Name = "Étagère <80 cm> & \"more\" 😀",
            Description = "one\ntwo\ttab",
            Amount = RequestFields.IntegerMax,
            Unit = "",
            Threshold = null,
            Version = 3,
            CreatedAt = Time.Date,
            CreatedBy = 1,
            UpdatedAt = Time,
            UpdatedBy = 2,
            ArchivedAt = null,
        };
        var movement = new Movement
        {
            Id = 9,
            Item = 7,
            Place = 4,
            Delta = -12,
            Reason = Reason.Taken,
            Note = "",
            Amount = 0,
            Version = 4,
            At = Time,
            By = 2,
        };
        var me = new Me(2, "budi", null, "id", "Asia/Jakarta", false, 5, Time, null);
        var shapes = string.Join('\n',
            ApiJson.Text(item, ItemsJson.Default.Item),
            ApiJson.Text(new ArchiveItem.Response(item with { ArchivedAt = Time, Threshold = 10 }, "archived"),
                ItemsJson.Default.Response),
            ApiJson.Text([], ItemsJson.Default.ListItem),
            ApiJson.Text(movement, StockJson.Default.Movement),
            ApiJson.Text(new StockMoved(movement, 0), StockJson.Default.StockMoved),
            ApiJson.Text(me, AccountsJson.Default.Me), "");

        GoldenFile.ShouldMatchExactly("shapes.jsonl", shapes);
    }

    [Fact]
    public void Times_have_one_width_so_that_text_sorts_as_time_does()
    {
        var times =
            new[] { Time.Date, Time.Date.AddMilliseconds(5), Time.Date.AddMilliseconds(50), Time.Date.AddSeconds(1) };
        var texts = times.Select(
            time => ApiJson.Text(new Me(1, "", null, null, "", false, 1, time, null), AccountsJson.Default.Me));
        texts.Select(text => JsonDocument.Parse(text).RootElement.GetProperty("created_at").GetString()!)
            .ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
    }

    [Fact]
    public void Json_within_json_and_after_a_failure_is_whole()
    {
        var outer = ApiJson.ObjectText(json =>
        {
            json.WriteString("before", "é");
            json.WriteString("inner", ApiJson.ObjectText(inner => inner.WriteNumber("n", 1)));
            Should.Throw<InvalidOperationException>(
                () => ApiJson.ObjectText(_ => throw new InvalidOperationException()));
            json.WriteNumber("after", 2);
        });

        outer.ShouldBe("""{"before":"é","inner":"{\u0022n\u0022:1}","after":2}""");
    }

    /// <summary>The server must release a large buffer even if writing the response fails.</summary>
    [Fact]
    public void No_thread_keeps_the_memory_of_a_large_answer()
    {
        var large = new string('a', 8 << 20);
        ApiJson.ObjectText(json => json.WriteString("text", large));
        Should.Throw<InvalidOperationException>(() => ApiJson.ObjectText(json =>
        {
            json.WriteString("text", large);
            json.Flush();
            throw new InvalidOperationException();
        }));

        var before = GC.GetAllocatedBytesForCurrentThread();
        ApiJson.ObjectText(json => json.WriteString("text", "small"));

        // If the thread had retained the large buffer, writing the next response would reuse it and allocate little
        // memory.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeGreaterThan(16 * 1024);
    }
}
