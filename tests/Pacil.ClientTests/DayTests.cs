using System.Net;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Pacil.Client;
using Pacil.Client.Models;
using Pacil.Tests.Support;

namespace Pacil.ClientTests;

/// <summary>A day's work with the client that Kiota generates from the API description.</summary>
public sealed class DayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_generated_client_does_a_days_work()
    {
        await using var app = await TestApp.Start(TestDatabase.Sqlite);
        using var http = new HttpClient();
        var pacil = Client(app, http);
        http.DefaultRequestHeaders.Authorization = new("Bearer", await SignUp(app, "ana"));

        var cursor = (await pacil.Api.Feed.GetAsync(poll => poll.QueryParameters.Wait = 0, Cancellation))!.Cursor;
        var item = (await pacil.Api.Items.PostAsync(
            new ItemBody { Name = "AA cells", Amount = 18 }, null, Cancellation))!;
        var movements = pacil.Api.Items[item.Id!.Value].Movements;
        (await movements.PostAsync(new MovementBody { Delta = -2 }, null, Cancellation))!.Amount.ShouldBe(16);

        (await pacil.Api.Items.GetAsync(list => list.QueryParameters.Sort = "-created", Cancellation))!
            .ShouldHaveSingleItem().Amount.ShouldBe(16);
        (await pacil.Api.Search.GetAsync(search => search.QueryParameters.Q = "cells", Cancellation))!
            .ShouldHaveSingleItem().Id.ShouldBe(item.Id);

        var refused = await Should.ThrowAsync<Problem>(
            () => movements.PostAsync(new MovementBody { Delta = -17 }, null, Cancellation));
        refused.ResponseStatusCode.ShouldBe(409);
        refused.Code.ShouldBe("insufficient_stock");
        refused.Available.ShouldBe(16);

        var news = await pacil.Api.Feed.GetAsync(
            poll => (poll.QueryParameters.After, poll.QueryParameters.Wait) = (cursor, 5), Cancellation);
        news!.Entries!.Select(entry => entry.Kind).ShouldBe(["item_created", "stock_moved"]);
    }

    /// <summary>Registers, signs in and creates a token. These requests have cookies and the CSRF token.</summary>
    private static async Task<string> SignUp(TestApp app, string username)
    {
        var cookies = new CookieContainer();
        using var handler = new HttpClientHandler { CookieContainer = cookies };
        using var http = new HttpClient(handler);
        var pacil = Client(app, http);
        (await Should.ThrowAsync<Problem>(() => pacil.Api.Me.GetAsync(null, Cancellation)))
            .Code.ShouldBe("not_signed_in");
        TakeToken();
        await pacil.Api.Register.PostAsync(
            new Registration { Username = username, Password = TestApp.Password }, null, Cancellation);
        await pacil.Api.Login.PostAsync(
            new Credentials { Username = username, Password = TestApp.Password }, null, Cancellation);
        TakeToken();
        return (await pacil.Api.Tokens.PostAsync(
            new NewToken { Name = "Printer", Scope = "write" }, null, Cancellation))!.Token!;

        void TakeToken()
        {
            http.DefaultRequestHeaders.Remove("X-CSRFToken");
            http.DefaultRequestHeaders.Add("X-CSRFToken", cookies.GetCookies(app.Address)["csrftoken"]!.Value);
        }
    }

    private static PacilClient Client(TestApp app, HttpClient http) =>
        new(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http)
        {
            BaseUrl = app.Address.GetLeftPart(UriPartial.Authority),
        });
}
