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
/// The only place that checks a password of a request. It waits for a turn and counts the attempt before the check. It
/// delays strangers longer the more often strangers have tried the name. This delay is all that they can cause to
/// others; nobody is refused because of it.
/// </summary>
internal sealed class PasswordCheck(
    Database database, PasswordHashing passwords, HashTurns turns, Lockout lockout, TimeProvider time, Audit audit)
{
    /// <summary>Attempts with one name within ten minutes that cause no delay.</summary>
    private const int TriesFree = 10;

    private static readonly TimeSpan DelayMin = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(4);

    private readonly SlidingWindows names = new(TimeSpan.FromMinutes(10), time);

    /// <param name="find">Null if there is no such account; the answer then takes as long.</param>
    /// <returns>The account and the attempt to forgive after success; 401 for a wrong password; 429.</returns>
    /// <exception cref="ProblemException">429 or 503, as <see cref="HashTurns.Enter"/> says.</exception>
    public async Task<Result<Checked>> Apply(
        HttpContext context, string username, string password, Func<Task<Account?>> find)
    {
        var cancellation = context.RequestAborted;
        // A request that is certainly a stranger's needs a place before the database is asked for anything.
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

    /// <summary>For a signed-in user: a wrong password is an error of the field.</summary>
    public static Problem AtField(string field, Problem problem) =>
        problem.Status == StatusCodes.Status401Unauthorized ? Problem.Invalid(field, "error.wrong_password") : problem;

    /// <summary>An unknown name is not logged: it may be a password, typed into the wrong field.</summary>
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
