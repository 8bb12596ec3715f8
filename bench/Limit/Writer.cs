using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Limit;

/// <summary>
/// Runs Pacil's write statements without Pacil's checks. One thread runs all writes, with one savepoint for each write
/// and one commit for up to 256 queued writes.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const string InsertItem =
        """
        insert into item (
          id, workspace_id, name, name_key, description, amount, unit, threshold, search_text, version,
          created_at, created_by, updated_at, updated_by)
        values (
          @Id, @Workspace, @Name, @NameKey, @Description, @Amount, @Unit, @Threshold, @SearchText, @Version,
          @Now, @Account, @Now, @Account)
        returning id
        """;

    private const string InsertEntry =
        """
        insert into entry (
          feed_id, seq, mark, at, actor_id, kind, subject_type, subject_id, version, key, group_id, undoes, data,
          items, pieces, low)
        values (
          @FeedId, @Seq, @Mark, @At, @ActorId, @Kind, @SubjectType, @SubjectId, @Version, @Key, @GroupId, @Undoes,
          @Data, @Items, @Pieces, @Low)
        """;

    private readonly Channel<Work> queue = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private readonly Thread thread;
    private readonly SqliteConnection connection;
    private readonly long workspace;
    private readonly long account;
    private readonly SqliteCommand begin, commit, savepoint, release, item, firstBalance, firstMovement, place, balance,
        movement, take, entry, head;

    public Writer(string database, long workspace, long account)
    {
        (this.workspace, this.account) = (workspace, account);
        connection = Sqlite.Open(database, "pragma synchronous = full", "pragma foreign_keys = on");
        begin = connection.Statement("begin immediate");
        commit = connection.Statement("commit");
        savepoint = connection.Statement("savepoint work");
        release = connection.Statement("release work");
        item = connection.Statement(
            InsertItem, "@Id", "@Workspace", "@Name", "@NameKey", "@Description", "@Amount", "@Unit", "@Threshold",
            "@SearchText", "@Version", "@Now", "@Account");
        firstBalance = connection.Statement(
            """
            insert into balance (item_id, place_id, amount)
            select @Item, id, @Amount from place where workspace_id = @Workspace and is_default = @Yes
            """, "@Item", "@Amount", "@Workspace", "@Yes");
        firstMovement = connection.Statement(
            """
            insert into movement (item_id, place_id, delta, amount, version, reason, note, at, account_id)
            select @Item, id, @Amount, @Amount, 1, @Reason, '', @Now, @Account
            from place where workspace_id = @Workspace and is_default = @Yes
            """, "@Item", "@Amount", "@Reason", "@Now", "@Account", "@Workspace", "@Yes");
        place = connection.Statement(
            "select id from place where workspace_id = @Workspace and is_default = @Yes", "@Workspace", "@Yes");
        balance = connection.Statement(
            """
            insert into balance (item_id, place_id, amount) values (@Item, @Place, @Delta)
            on conflict (item_id, place_id) do update set amount = balance.amount + @Delta
            """, "@Item", "@Place", "@Delta");
        movement = connection.Statement(
            """
            insert into movement (id, item_id, place_id, delta, amount, version, reason, note, at, account_id)
            values (@Id, @Item, @Place, @Delta, @Amount, @Version, @Reason, @Note, @At, @By)
            returning id
            """, "@Id", "@Item", "@Place", "@Delta", "@Amount", "@Version", "@Reason", "@Note", "@At", "@By");
        take = connection.Statement(
            """
            update item
            set amount = amount + @Delta, version = version + 1, updated_at = @Now, updated_by = @Account
            where id = @Item and workspace_id = @Workspace and archived_at is null
              and amount + @Delta between 0 and 9007199254740991
            returning amount, version, threshold
            """, "@Delta", "@Now", "@Account", "@Item", "@Workspace");
        head = connection.Statement(
            """
            update feed
            set head = head + @Count, mark = @Mark,
                items = items + @Items, pieces = pieces + @Pieces, low = low + @Low
            where id = @Id
            returning head, items, pieces, low
            """, "@Count", "@Mark", "@Items", "@Pieces", "@Low", "@Id");
        entry = connection.Statement(
            InsertEntry, "@FeedId", "@Seq", "@Mark", "@At", "@ActorId", "@Kind", "@SubjectType", "@SubjectId",
            "@Version", "@Key",
            "@GroupId", "@Undoes", "@Data", "@Items", "@Pieces", "@Low");
        thread = new Thread(Run) { IsBackground = true };
        thread.Start();
    }

    public Task<byte[]> Create(string name, long amount) => Enqueue(now =>
    {
        var id = (long)item.With(
            null, workspace, name, Sqlite.SortKey(name), "", amount, "", null, Sqlite.Searchable(name), 1L, now,
            account).ExecuteScalar()!;
        firstBalance.With(id, amount, workspace, 1L).ExecuteNonQuery();
        firstMovement.With(id, amount, "received", now, account, workspace, 1L).ExecuteNonQuery();
        var body = ItemJson(id, name, amount, now);
        Record("item_created", id, 1, now, body, 1, amount);
        return body;
    });

    public Task<byte[]> Move(long id, long delta) => Enqueue(now =>
    {
        var at = (long)place.With(workspace, 1L).ExecuteScalar()!;
        long amount, version;
        using (var row = take.With(delta, now, account, id, workspace).ExecuteReader())
        {
            row.Read();
            (amount, version) = (row.GetInt64(0), row.GetInt64(1));
        }
        balance.With(id, at, delta).ExecuteNonQuery();
        var moved = (long)movement.With(
            null, id, at, delta, amount, version, "received", "", now, account).ExecuteScalar()!;
        var body = MovementJson(moved, id, at, delta, amount, version, now);
        byte[] data = [.. "{\"movement\":"u8, .. body, .. Encoding.UTF8.GetBytes($",\"amount\":{amount}}}")];
        Record("stock_moved", id, version, now, data, 0, delta);
        return body;
    });

    public void Dispose()
    {
        queue.Writer.Complete();
        thread.Join();
        connection.Dispose();
    }

    private void Record(string kind, long subject, long version, long now, byte[] data, long items, long pieces)
    {
        var mark = BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4));
        long seq, all, sum, low;
        using (var row = head.With(1L, mark, items, pieces, 0L, workspace).ExecuteReader())
        {
            row.Read();
            (seq, all, sum, low) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        }
        entry.With(
            workspace, seq, mark, now, account, kind, "item", subject, version, null, null, null,
            Encoding.UTF8.GetString(data),
            all, sum, low).ExecuteNonQuery();
    }

    private Task<byte[]> Enqueue(Func<long, byte[]> apply)
    {
        var work = new Work(apply, new(TaskCreationOptions.RunContinuationsAsynchronously));
        queue.Writer.TryWrite(work);
        return work.Answer.Task;
    }

    private void Run()
    {
        var group = new List<(Work, byte[])>();
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            begin.ExecuteNonQuery();
            while (group.Count < 256 && queue.Reader.TryRead(out var work))
            {
                savepoint.ExecuteNonQuery();
                group.Add((work, work.Apply(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())));
                release.ExecuteNonQuery();
            }
            commit.ExecuteNonQuery();
            foreach (var (work, answer) in group) work.Answer.SetResult(answer);
            group.Clear();
        }
    }

    private byte[] ItemJson(long id, string name, long amount, long now)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("name", name);
        json.WriteString("description", "");
        json.WriteNumber("amount", amount);
        json.WriteString("unit", "");
        json.WriteNull("threshold");
        json.WriteNumber("version", 1);
        Json.Time(json, "created_at", now);
        json.WriteNumber("created_by", account);
        Json.Time(json, "updated_at", now);
        json.WriteNumber("updated_by", account);
        json.WriteNull("archived_at");
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private byte[] MovementJson(long id, long of, long at, long delta, long amount, long version, long now)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteNumber("item", of);
        json.WriteNumber("place", at);
        json.WriteNumber("delta", delta);
        json.WriteString("reason", "received");
        json.WriteString("note", "");
        json.WriteNumber("amount", amount);
        json.WriteNumber("version", version);
        Json.Time(json, "at", now);
        json.WriteNumber("by", account);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private sealed record Work(Func<long, byte[]> Apply, TaskCompletionSource<byte[]> Answer);
}
