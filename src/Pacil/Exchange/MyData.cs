using Pacil.Chat;
using Pacil.Identity.Accounts;
using Pacil.Identity.Tokens;
using Pacil.Items;
using Pacil.Items.Stock;
using Pacil.Web.OpenApi;
using Pacil.Workspaces;

namespace Pacil.Exchange;

/// <summary>All data of one account, for the API description. <see cref="ExportMine"/> writes it.</summary>
[Example(
    """
    {
      "account": {"id": 1, "username": "ana", "email": null, "language": "en", "time_zone": "Asia/Jakarta",
      "administrator": true, "workspace": 1, "created_at": "2026-11-21T08:14:05.120Z",
      "last_login": "2026-11-21T08:14:05.120Z"}, "workspaces": [{"id": 1, "name": "Lab", "role": "owner",
      "personal": true, "version": 1, "created_at": "2026-11-21T08:14:05.120Z", "archived_at": null}], "tokens": [],
      "blocks": [], "items": [{"id": 7, "name": "AA cells", "description": "For the clocks", "amount": 16,
      "unit": "pcs", "threshold": 20, "version": 3, "created_at": "2026-11-21T08:14:05.120Z", "created_by": 1,
      "updated_at": "2026-11-21T08:14:05.120Z", "updated_by": 1, "archived_at": null}], "archived_items": [],
      "movements": [{"id": 12, "item": 7, "place": 1, "delta": -2, "reason": "taken", "note": "", "amount": 16,
      "version": 3, "at": "2026-11-21T08:14:05.120Z", "by": 1}], "stars": [{"item": 7, "starred": true}],
      "messages": []
    }
    """)]
internal sealed record MyData(
    Me Account, List<Workspace> Workspaces, List<Token> Tokens, List<Block> Blocks, List<Item> Items,
    List<Item> ArchivedItems, List<Movement> Movements, List<Star> Stars, List<Message> Messages);
