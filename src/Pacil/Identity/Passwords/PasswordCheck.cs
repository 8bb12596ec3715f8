using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Identity.Sessions;
using Pacil.Web;
using Pacil.Web.Hosting;
using Pacil.Web.RateLimits;

namespace Pacil.Identity.Passwords;

/// <summary>
/// Checks the password of an account, for all requests that need such a check. Each attempt takes a place in the queue
/// for hashes and is counted before the password is checked. The more often strangers (clients without a session or
/// known device) have tried a name, the longer the next attempt of a stranger with this name is delayed. The delay
/// never becomes a refusal, so strangers cannot lock out the owner of the name.
/// </summary>
internal sealed class PasswordCheck(
    Database database, PasswordHashing passwords, HashTurns turns, Lockout lockout, TimeProvider time, Audit audit)
{
    /// <summary>For each name, this many attempts by strangers within ten minutes are not delayed.</summary>
    private const int TriesFree = 10;

    private static readonly TimeSpan DelayMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(4);

    private readonly SlidingWindows names = new(TimeSpan.FromMinutes(10), time);

    /// <param name="find">Finds the account. If it returns null, the check takes as long as with an account.</param>
    /// <returns>
    /// The account, and the attempt for <see cref="Lockout.Forgive"/>; 401 for a wrong name or password; 429 for a
    /// lockout.
    /// </returns>
    /// <exception cref="ProblemException">See <see cref="HashTurns.Enter"/>.</exception>
    public async Task<Result<Checked>> Apply(
        HttpContext context, string username, string password, Func<Task<Account?>> find)
    {
        var cancellation = context.RequestAborted;
        // A request with neither a session nor a device cookie is always a stranger's. Such a request takes its place
        // in the queue before any database query, so that a refusal costs little.
        using var early = MayBeKnown(context)
            ? default(HashTurns.Place?) : turns.Enter(HashRequester.Stranger(context));
        var account = await find();
        var device = Device.Of(context.Request, account);
        var isKnown = account is not null && (device is not null || CurrentUser.Find(context)?.Id == account.Id);
        using var place = early ?? turns.Enter(isKnown
            ? HashRequester.Known(account!.Id) : HashRequester.Stranger(context));
        var tried = SignInAttempt.Of(context, username, device);
        if (await database.Write(Actor.Program, tx => lockout.Count(tx, tried), cancellation) is { } wait)
        {
            audit.Write(context, "password_check", "locked_out", Known(account));
            return Locked(wait);
        }
        var name = new Peer(PeerKind.Name, Number(username));
        if (!isKnown && Delay(names.Add(name, 1)) is var delay && delay > TimeSpan.Zero)
            await Task.Delay(delay, time, cancellation);
        if (!await passwords.IsRight(place, account, password, cancellation))
        {
            audit.Write(context, "password_check", "wrong", Known(account));
            return new Problem(StatusCodes.Status401Unauthorized, "wrong_credentials");
        }
        if (!isKnown) names.Add(name, -1);
        return new Checked(account!, tried);
    }

    /// <summary>
    /// Shows a wrong password at its form field. A 401 would be wrong, because the user is signed in.
    /// </summary>
    public static Problem AtField(string field, Problem problem) =>
        problem.Status == StatusCodes.Status401Unauthorized ? Problem.Invalid(field, "error.wrong_password") : problem;

    /// <summary>
    /// The account for the audit log; null for an unknown name. An unknown name is not logged, because it may be a
    /// password typed in the wrong field.
    /// </summary>
    private static (long, string)? Known(Account? account) => account is null ? null : (account.Id, account.Username);

    private static bool MayBeKnown(HttpContext context) =>
        CurrentUser.Find(context) is not null
        || context.Request.Cookies.ContainsKey(Device.CookieName(context));

    private static TimeSpan Delay(int tries) => tries <= TriesFree
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(DelayMax.Ticks, DelayMin.Ticks << Math.Min(tries - TriesFree - 1, 10)));

    private static ulong Number(string username) => BinaryPrimitives.ReadUInt64BigEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes(Account.Key(username))));

    private static Problem Locked(TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        return new Problem(StatusCodes.Status429TooManyRequests, "locked_out", seconds) { RetryAfterSeconds = seconds };
    }

    internal sealed record Checked(Account Account, SignInAttempt Tried);
}
