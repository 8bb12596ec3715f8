using Pacil.Data;
using Pacil.Web;

namespace Pacil.Admin;

internal static class ListUsers
{
    public static async Task<IResult> Handle(HttpContext context, Database database)
    {
        var (list, next) = await Read(context.Request, database);
        if (next is not null) Paging.Link(context, next);
        return Answer.Ok(list, AdminJson.Default.ListUser);
    }

    public static async Task<IResult> HandleOne(long account, Database database, CancellationToken cancellation) =>
        await database.Read(connection => User.Find(connection, account), cancellation) is { } user
            ? Answer.Ok(user, AdminJson.Default.User, user.Version)
            : Problem.NotFound;

    /// <summary>The page that the address asks for, and where it ends if there is more.</summary>
    public static async Task<(List<User> List, Paging.Position? Next)> Read(HttpRequest request, Database database)
    {
        var page = Paging.Of(request, User.Sort);
        var search = request.Query["search"].FirstOrDefault();
        var list = await database.Read(
            connection => User.Query(connection, search, page), request.HttpContext.RequestAborted);
        if (list.Count <= page.Limit) return (list, null);
        list.RemoveAt(page.Limit);
        return (list, list[^1].Position);
    }
}
