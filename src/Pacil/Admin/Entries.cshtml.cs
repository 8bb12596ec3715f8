using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pacil.Accounts;
using Pacil.Data;

namespace Pacil.Admin;

[Authorize(Roles = Administrators.Role)]
internal sealed class EntriesModel(Database database) : PageModel
{
    public AdminLog Log { get; private set; } = null!;

    public async Task OnGet() => Log = await AdminLog.Read(Request, database, null);
}
