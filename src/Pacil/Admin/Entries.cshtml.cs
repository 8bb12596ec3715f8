using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Log;

namespace Pacil.Admin;

[Authorize(Roles = Administrators.Role)]
internal sealed class EntriesModel(Database database) : PageModel
{
    public Snapshot<AdminLog.Row> Log { get; private set; } = null!;
    public string Cursor => Log.Cursor(database);

    public async Task OnGet() => Log = await AdminLog.Read(Request, database);
}
