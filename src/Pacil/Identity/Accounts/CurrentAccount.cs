using System.Globalization;
using Microsoft.AspNetCore.Identity;

namespace Pacil.Identity.Accounts;

internal static class CurrentAccount
{
    public static async Task<Account> Get(this UserManager<Account> users, CurrentUser user) =>
        (await users.FindByIdAsync(user.Id.ToString(CultureInfo.InvariantCulture)))!;
}
