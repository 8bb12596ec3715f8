using Pacil.Data;
using Pacil.Log;
using Pacil.Web;
using Pacil.Web.Requests;

namespace Pacil.Admin;

internal static class ListUsers
{
    public static readonly Parameter[] Asked =
    [
        Parameter.Text("search", $"What the user name or the e-mail address holds. {SearchWords.Limits}"),
        .. Paging.Asked,
    ];

    public static async Task<IResult> Handle(HttpContext context, Database database)
    {
        var found = await Read(context.Request, database);
        found.Announce(context);
        return ApiResponse.Ok(found.Rows, AdminJson.Default.ListUser);
    }

    public static async Task<IResult> HandleOne(long account, HttpContext context, Database database) =>
        await database.Read(connection => User.Find(connection, account), context.RequestAborted) is { } user
            ? ApiResponse.One(context, user, AdminJson.Default.User, user.Version)
            : Problem.NotFound;

    public static Task<Snapshot<User>> Read(HttpRequest request, Database database)
    {
        var page = Paging.Of(request, User.Sort);
        var search = request.Query["search"].FirstOrDefault();
        return database.Read(
            connection => User.Query(connection, search, page), request.HttpContext.RequestAborted);
    }
}
