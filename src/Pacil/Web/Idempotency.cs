using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Pacil.Data;

namespace Pacil.Web;

/// <summary>
/// The key under which a request may be sent again: header <c>Idempotency-Key</c>, or a form's hidden field. The answer
/// is stored in the write's own transaction, so neither is stored without the other. A second request with the key
/// waits for the first one's transaction and gets its answer. This follows
/// draft-ietf-httpapi-idempotency-key-header-07, but waits where the draft answers 409.
/// </summary>
/// <param name="Value">Unique within its account.</param>
/// <param name="Fingerprint">SHA-256 of method, path and body. Another request under the key is refused.</param>
internal sealed record Idempotency(string Value, byte[] Fingerprint)
{
    public const string FieldName = "idempotency_key";
    private const int LengthMax = 255;

    /// <summary>The stored answer has been deleted, but the entries of the write still carry the key.</summary>
    public static readonly Problem AlreadyApplied = new(StatusCodes.Status409Conflict, "already_applied");

    /// <summary>Null if the request carries no key.</summary>
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

    /// <summary>For a command that is not an HTTP request of its own, such as one of a WebSocket.</summary>
    /// <param name="command">What the command does, and where.</param>
    public static Idempotency Of(string key, string command) =>
        new(Checked(key), SHA256.HashData(Encoding.UTF8.GetBytes(command)));

    /// <exception cref="ProblemException">400: the key is empty, too long, or not printable ASCII.</exception>
    [return: NotNullIfNotNull(nameof(key))]
    public static string? Checked(string? key) => key is null
        || key.Length is > 0 and <= LengthMax && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new ProblemException(new Problem(StatusCodes.Status400BadRequest, "bad_idempotency_key"));

    /// <summary>Runs the use case, or returns the stored answer of its key.</summary>
    public async Task<Result<ApiResponse>> Once(WriteTransaction tx, Func<Task<Result<ApiResponse>>> apply)
    {
        while (!await StoredAnswers.TakeKey(tx, this))
        {
            if (await StoredAnswers.Find(tx, this) is { } stored) return stored;
            if (await FirstEntry(tx, tx.Actor, feed: null) is not null) return AlreadyApplied;
            // The stored answer was deleted just now, and its write left no entry, so the write is done again.
        }
        var result = await apply();
        if (!result.IsProblem) await StoredAnswers.Store(tx, Value, result.Value);
        return result;
    }

    /// <summary>The number of the first entry of the write that used the actor's key.</summary>
    /// <param name="feed">The feed to look in; null for the first of the feeds that the write changed.</param>
    public static Task<long?> FirstEntry(Connection connection, Actor actor, long? feed) => connection.First<long?>(
        """
        select seq from entry where actor_id = @Account and key = @Key and feed_id = coalesce(@Feed, feed_id)
        order by feed_id, seq limit 1
        """, new { Account = actor.Id, actor.Key, Feed = feed });
}
