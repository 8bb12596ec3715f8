using Pacil.Data;

namespace Pacil.Web;

/// <summary>
/// Stores responses by idempotency key, up to 20 MB per account; the oldest are deleted first. A body that equals the
/// data of the write's first log entry is not stored a second time. A long body is compressed.
/// </summary>
internal static class StoredAnswers
{
    /// <summary>
    /// The maximum bytes of an account's responses after a deletion of the oldest responses. The deletions happen at
    /// random writes, on average one per <see cref="StepBytes"/> that the account stores. A counter would be exact, but
    /// all writes of the account would wait for the counter's row. The chance that an account stores 4 MB (16 steps)
    /// without a deletion is one in nine million.
    /// </summary>
    private const int KeptBytes = 16 * 1024 * 1024;
    private const int StepBytes = 256 * 1024;

    /// <summary>Approximate bytes of a row and its index entries, without key and body, on both databases.</summary>
    private const int RowBytes = 400;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Inserts the key. A second request with this key waits here until the first transaction ends.</summary>
    /// <returns>False if the key has already been used.</returns>
    public static async Task<bool> TakeKey(WriteTransaction tx, Idempotency once) => await tx.Execute(
        """
        insert into idempotency (account_id, key, fingerprint, status, bytes, at)
        select @Account, @Key, @Fingerprint, 0, @Bytes, @Now
        where not exists (select 1 from entry where actor_id = @Account and key = @Key)
        on conflict do nothing
        """,
        new
        {
            Account = tx.Actor.Id,
            Key = once.Value,
            once.Fingerprint,
            Bytes = RowBytes + once.Value.Length,
            tx.Now,
        }) == 1;

    /// <summary>Stores the response in the row that <see cref="TakeKey"/> has inserted.</summary>
    public static async Task Store(WriteTransaction tx, string key, ApiResponse answer)
    {
        var (body, encoding) = StoredBody.Pack(answer.Body, tx.FirstChange?.Data);
        var row = new
        {
            answer.Status,
            answer.Location,
            answer.ETag,
            Encoding = encoding,
            Body = body,
            Account = tx.Actor.Id,
            Key = key,
        };
        if (body is null)
            await tx.Execute(
                """
                update idempotency set status = @Status, location = @Location, etag = @ETag, encoding = @Encoding
                where account_id = @Account and key = @Key
                """, row);
        else
            await tx.Execute(
                """
                update idempotency
                set status = @Status, location = @Location, etag = @ETag, encoding = @Encoding, body = @Body,
                  bytes = bytes + length(@Body)
                where account_id = @Account and key = @Key
                """, row);
        if (Random.Shared.Next(StepBytes) < RowBytes + key.Length + (body?.Length ?? 0)) await DeleteOldest(tx);
    }

    /// <returns>
    /// Null if nothing is stored; 422 if the key belongs to a different request; 409 if the response body was only in a
    /// log entry, and the entry has been redacted or deleted.
    /// </returns>
    public static async Task<Result<ApiResponse>?> Find(WriteTransaction tx, Idempotency once)
    {
        var row = await tx.First<Row>(
            """
            select fingerprint, status, location, etag, encoding, body,
              case when encoding = 'entry' then nullif(
                (select data from entry where actor_id = @Account and key = @Key order by feed_id, seq limit 1),
                '{"redacted":true}') end as data
            from idempotency
            where account_id = @Account and key = @Key
            """, new { Account = tx.Actor.Id, Key = once.Value });
        if (row is null) return null;
        if (!row.Fingerprint.AsSpan().SequenceEqual(once.Fingerprint))
            return new Problem(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused");
        if (row.Encoding == StoredBody.InEntry && row.Data is null) return Idempotency.AlreadyApplied;
        var body = StoredBody.Unpack(row.Body, row.Encoding, row.Data);
        return new ApiResponse(row.Status, body) { Location = row.Location, ETag = row.Etag, IsReplayed = true };
    }

    /// <summary>
    /// Deletes responses that are older than 30 days. Visits the accounts one by one, because the index begins with the
    /// account.
    /// </summary>
    public static Task<int> DeleteExpired(WriteTransaction tx) => tx.Execute(
        $"""
        with recursive author (id) as (
          select min(account_id) from idempotency
          union all
          select (select min(account_id) from idempotency where account_id > author.id) from author
          where author.id is not null)
        delete from idempotency where (account_id, key) in (
          select old.account_id, old.key
          from author
          join idempotency old on old.account_id = author.id and old.at < @Before
          limit {CleanupSteps.StepRows})
        """, new { Before = tx.Now - Kept });

    /// <summary>
    /// Deletes the responses of all requests that wrote an entry about a subject. If a client repeats such a request,
    /// it gets no copy of erased content.
    /// </summary>
    public static Task<int> DeleteAbout(WriteTransaction tx, long feed, string subjectType, long subject) => tx.Execute(
        """
        delete from idempotency where (account_id, key) in (
          select actor_id, key from entry
          where feed_id = @Feed and subject_type = @Type and subject_id = @Subject and key is not null)
        """, new { Feed = feed, Type = subjectType, Subject = subject });

    /// <summary>Deletes the responses to all requests of an account.</summary>
    public static Task<int> DeleteOf(WriteTransaction tx, long account) =>
        tx.Execute("delete from idempotency where account_id = @Id", new { Id = account });

    private static Task<int> DeleteOldest(WriteTransaction tx) => tx.Execute(
        """
        delete from idempotency
        where account_id = @Account and at <= (
          select max(at) from (
            select at, sum(bytes) over (order by at desc) as since from idempotency where account_id = @Account) dated
          where since > @Kept and at < @Now)
        """, new { Account = tx.Actor.Id, Kept = KeptBytes, tx.Now });

    private sealed record Row
    {
        public required byte[] Fingerprint { get; init; }
        public required int Status { get; init; }
        public string? Location { get; init; }
        public string? Etag { get; init; }
        public string? Encoding { get; init; }
        public byte[]? Body { get; init; }
        public string? Data { get; init; }
    }
}
