using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Pacil.Data;
using Pacil.Web.Requests;

namespace Pacil.Web;

/// <summary>
/// The idempotency key with which a client may send a request again: header <c>Idempotency-Key</c>, or a form's hidden
/// field. The response is stored in the transaction of the write, so the write and its response are stored together or
/// not at all. A second request with the same key waits until the first transaction ends, and gets its response. This
/// follows draft-ietf-httpapi-idempotency-key-header-07, except that the draft responds 409 instead of waiting.
/// </summary>
/// <param name="Value">The key; unique within an account.</param>
/// <param name="Fingerprint">
/// SHA-256 of method, path and body. A request with the same key but another fingerprint is refused.
/// </param>
internal sealed record Idempotency(string Value, byte[] Fingerprint)
{
    public const string FieldName = "idempotency_key";
    private const int LengthMax = 255;

    public static readonly Parameter Asked =
        Parameter.Header("Idempotency-Key", "Your name for this write. Sent again, it takes effect once.") with
        {
            Refusals =
            [
                new(400, "bad_idempotency_key"), new(409, "already_applied"), new(422, "idempotency_key_reused"),
            ],
        };

    /// <summary>
    /// 409: the write was done earlier. Its stored response has been deleted, but its log entries still have the key.
    /// </summary>
    public static readonly Problem AlreadyApplied = new(StatusCodes.Status409Conflict, "already_applied");

    /// <summary>Reads the key of a request; null if the request has no key.</summary>
    /// <exception cref="ProblemException">400: the key is empty, too long, or not printable ASCII.</exception>
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

    /// <summary>The key of a command that is not an HTTP request, such as a WebSocket command.</summary>
    /// <param name="command">
    /// Identifies the command, its target and its content. The fingerprint is the hash of this text.
    /// </param>
    public static Idempotency Of(string key, string command) =>
        new(Checked(key), SHA256.HashData(Encoding.UTF8.GetBytes(command)));

    /// <exception cref="ProblemException">400: the key is empty, too long, or not printable ASCII.</exception>
    [return: NotNullIfNotNull(nameof(key))]
    public static string? Checked(string? key) => key is null
        || key.Length is > 0 and <= LengthMax && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new ProblemException(new Problem(StatusCodes.Status400BadRequest, "bad_idempotency_key"));

    /// <summary>Takes the key for this write, or finds the response of the earlier write with the key.</summary>
    /// <returns>
    /// Null if the key is new. 422 if the key belongs to another request; 409 if the earlier response was deleted.
    /// </returns>
    public async Task<Result<ApiResponse>?> FindEarlier(WriteTransaction tx)
    {
        while (!await StoredAnswers.TakeKey(tx, this))
        {
            if (await StoredAnswers.Find(tx, this) is { } stored) return stored;
            if (await FirstEntry(tx, tx.Actor, feed: null) is not null) return AlreadyApplied;
            // The stored response was deleted after TakeKey had failed, and the earlier write left no log entry. The
            // next iteration takes the key.
        }
        return null;
    }

    /// <summary>
    /// The number of the first log entry of the write that used the actor's idempotency key; null if there is none.
    /// </summary>
    /// <param name="feed">
    /// The feed to search. If null, the feed with the lowest id among those that the write changed.
    /// </param>
    public static Task<long?> FirstEntry(Connection connection, Actor actor, long? feed) => connection.First<long?>(
        """
        select seq from entry where actor_id = @Account and key = @Key and feed_id = coalesce(@Feed, feed_id)
        order by feed_id, seq limit 1
        """, new { Account = actor.Id, actor.Key, Feed = feed });
}
