using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace Pacil.Accounts;

internal static class CurrentAccount
{
    /// <summary>The whole account of the signed-in user.</summary>
    public static async Task<Account> Get(this UserManager<Account> users, CurrentUser user) =>
        (await users.FindByIdAsync(user.Id.ToString(CultureInfo.InvariantCulture)))!;
}
