using System.Text;
using Pacil.Data;
using Pacil.Identity.Accounts;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Drafts;

/// <summary>
/// Drafts: text that a user has typed into a form but not sent. Drafts are stored, so that the user can continue after
/// a crash or on another device. There is one draft for each user and form. A new draft replaces the old one without a
/// version check, because both are the same user's.
/// </summary>
internal static class FormDrafts
{
    private const int FormLengthMax = 100;
    private const int BytesMax = 64 * 1024;
    private const int DraftsMax = 200;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public static async Task<IResult> Read(string form, CurrentUser user, HttpContext context, Database database)
    {
        var data = await database.Read(
            connection => connection.First<string>(
                "select data from draft where account_id = @Id and form = @Form", new { user.Id, Form = form }),
            context.RequestAborted);
        return data is null ? Problem.NotFound : new ApiResponse(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(data));
    }

    public static RequestWrite Save(
        string form, RequestFields fields, CurrentUser user, HttpContext context)
    {
        var data = fields.JsonText;
        return user.Write(context, fields, async tx =>
        {
            if (form.Length > FormLengthMax || form.Any(char.IsControl)) return Problem.NotFound;
            if (Encoding.UTF8.GetByteCount(data) > BytesMax) return Problems.Of(StatusCodes.Status413PayloadTooLarge);
            var version = await tx.First<long>(
                """
                insert into draft (account_id, form, data, version, saved_at) values (@Id, @Form, @Data, 1, @Now)
                on conflict (account_id, form) do update
                set data = excluded.data, version = draft.version + 1, saved_at = excluded.saved_at
                returning version
                """, new { user.Id, Form = form, Data = data, tx.Now });
            await Account.LockForUpdate(tx, user.Id);
            await DropOldest(tx, user.Id);
            return ApiResponse.Ok(new SavedDraft(version), DraftsJson.Default.SavedDraft);
        });
    }

    public static RequestWrite Delete(string form, CurrentUser user, HttpContext context) =>
        user.Write(context, null, async tx =>
        {
            await tx.Execute(
                "delete from draft where account_id = @Id and form = @Form", new { user.Id, Form = form });
            return ApiResponse.NoContent;
        });

    public static Task Erase(WriteTransaction tx, long account) =>
        tx.Execute("delete from draft where account_id = @Account", new { Account = account });

    public static Task<int> DeleteExpired(WriteTransaction tx) =>
        tx.Execute("delete from draft where saved_at < @Before", new { Before = tx.Now - Kept });

    private static Task<int> DropOldest(WriteTransaction tx, long account) => tx.Execute(
        """
        delete from draft where account_id = @Account and (saved_at, form) < (
          select saved_at, form from draft where account_id = @Account
          order by saved_at desc, form desc limit 1 offset @Last)
        """, new { Account = account, Last = DraftsMax - 1 });
}
