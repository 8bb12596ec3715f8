using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Pacil.Data;

namespace Pacil.Web;

/// <summary>
/// The key under which a request may be sent again: <c>Idempotency-Key</c>, or a form's hidden field. The answer is
/// stored in the write's own transaction, so there is no moment at which the one is kept and the other lost. A
/// second request with the key waits for the first one's transaction and is given its answer. After
/// draft-ietf-httpapi-idempotency-key-header-07, but waiting in place of its 409.
/// </summary>
/// <param name="Value">Unique for its account.</param>
/// <param name="Fingerprint">SHA-256 of method, path and body: another request under the key is refused.</param>
internal sealed record Idempotency(string Value, byte[] Fingerprint)
{
    public const string FieldName = "idempotency_key";
    private const int LengthMax = 255;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Null where the request carries none.</summary>
    /// <exception cref="RefusedException">It is empty, too long, or not printable ASCII: 400.</exception>
    public static Idempotency? Of(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var key = request.Headers["Idempotency-Key"].FirstOrDefault()
            ?? (request.HasFormContentType ? request.Form[FieldName].FirstOrDefault() : null);
        if (Checked(key) is null) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path.Value!.TrimEnd('/')}\n"));
        hash.AppendData(body.Span);
        return new Idempotency(key!, hash.GetHashAndReset());
    }

    /// <summary>For a command that comes by another way than a request of its own.</summary>
    /// <param name="command">What it asks for, and where.</param>
    public static Idempotency Of(string key, string command) =>
        new(Checked(key), SHA256.HashData(Encoding.UTF8.GetBytes(command)));

    /// <exception cref="RefusedException">It is empty, too long, or not printable ASCII: 400.</exception>
    [return: NotNullIfNotNull(nameof(key))]
    public static string? Checked(string? key) => key is null
        || key.Length is > 0 and <= LengthMax && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new RefusedException(new Problem(StatusCodes.Status400BadRequest, "bad_idempotency_key"));

    /// <summary>Runs the use case unless its key has an answer already.</summary>
    public async Task<Result<Answer>> Once(WriteTransaction tx, Func<Task<Result<Answer>>> apply)
    {
        // Taking the row first makes a second request wait here, on PostgreSQL too, until this one is decided.
        var isTaken = await tx.Execute(
            """
            insert into idempotency (account_id, key, fingerprint, status, at)
            values (@Account, @Key, @Fingerprint, 0, @Now)
            on conflict do nothing
            """, new { Account = tx.Actor.Id, Key = Value, Fingerprint, tx.Now }) == 0;
        if (isTaken) return await Stored(tx);
        if (await WasApplied(tx)) return new Problem(StatusCodes.Status409Conflict, "already_applied");
        var result = await apply();
        if (!result.IsProblem) await Store(tx, result.Value);
        return result;
    }

    /// <summary>The number of the first entry of the write that had the actor's key.</summary>
    /// <param name="feed">In that feed; null: in the first of those it wrote to.</param>
    public static Task<long?> FirstEntry(Connection connection, Actor actor, long? feed) => connection.First<long?>(
        """
        select seq from entry where actor_id = @Account and key = @Key and feed_id = coalesce(@Feed, feed_id)
        order by feed_id, seq limit 1
        """, new { Account = actor.Id, actor.Key, Feed = feed });

    /// <summary>Deletes stored answers that nobody will ask for again.</summary>
    public static Task<int> Forget(WriteTransaction tx) =>
        tx.Execute("delete from idempotency where at < @Before", new { Before = tx.Now - Kept });

    private async Task<Result<Answer>> Stored(WriteTransaction tx)
    {
        var stored = await tx.First<Row>(
            """
            select fingerprint, status, location, etag, body from idempotency
            where account_id = @Account and key = @Key
            """, new { Account = tx.Actor.Id, Key = Value });
        if (!stored!.Fingerprint.AsSpan().SequenceEqual(Fingerprint))
            return new Problem(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused");
        return new Answer(stored.Status, stored.Body)
        {
            Location = stored.Location,
            ETag = stored.Etag,
            IsReplayed = true,
        };
    }

    /// <summary>The stored answer is gone after 30 days; that the key was used stays known for good.</summary>
    private async Task<bool> WasApplied(WriteTransaction tx) => await tx.First<int>(
        "select 1 from entry where actor_id = @Account and key = @Key limit 1",
        new { Account = tx.Actor.Id, Key = Value }) == 1;

    private Task<int> Store(WriteTransaction tx, Answer answer) => tx.Execute(
        """
        update idempotency set status = @Status, location = @Location, etag = @ETag, body = @Body
        where account_id = @Account and key = @Key
        """,
        new { answer.Status, answer.Location, answer.ETag, answer.Body, Account = tx.Actor.Id, Key = Value });

    private sealed record Row
    {
        public required byte[] Fingerprint { get; init; }
        public required int Status { get; init; }
        public string? Location { get; init; }
        public string? Etag { get; init; }
        public byte[]? Body { get; init; }
    }
}
