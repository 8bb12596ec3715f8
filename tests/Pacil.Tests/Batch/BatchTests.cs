using System.Text.Json;
using Pacil.Tests.Chat;
using Pacil.Tests.Support;

namespace Pacil.Tests.Batch;

public sealed class BatchTests
{
    [Theory, Databases]
    public async Task Each_part_has_its_own_rights_rules_and_answer(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var bolt = await ana.CreateItem("Bolt", 5);
        var reply = await ana.Post("/api/batch", new
        {
            requests = new object[]
            {
                new { path = "/api/items?limit=1" },
                new { method = "POST", path = "/api/items", body = new { name = "Ünit", amount = 2 } },
                new { method = "PATCH", path = $"/api/items/{bolt}", body = new { name = "Nut" },
                    headers = new Dictionary<string, string> { ["if-match"] = "\"9\"" } },
                new { method = "POST", path = "/api/items", body = new { name = " " } },
                new { path = $"/api/w/{budi.Workspace}/items" },
                new { path = "/api/nothing" },
                new { method = "DELETE", path = "/api/items" },
                new { path = $"/api/items/{bolt}", headers = new Dictionary<string,
                    string> { ["If-None-Match"] = "\"1\"" } },
                new { path = "/api/search?q=b%6Flt" },
            },
        });
        reply.Status.ShouldBe(200, reply.Text);
        var parts = Parts(reply);
        parts.ConvertAll(part => part.Number("status")).ShouldBe([200, 201, 412, 422, 404, 404, 405, 304, 200]);
        parts[0].GetProperty("body").EnumerateArray().Single().Text("name").ShouldBe("Bolt");
        parts[0].GetProperty("headers").Text("Feed-Cursor").ShouldNotBeEmpty();
        var made = parts[1].GetProperty("body").Number("id");
        parts[1].GetProperty("headers").Text("Location").ShouldBe($"/api/items/{made}");
        parts[1].GetProperty("headers").Text("ETag").ShouldBe("\"1\"");
        parts[3].GetProperty("body").GetProperty("errors").TryGetProperty("name", out _).ShouldBeTrue();
        parts[5].GetProperty("body").Text("code").ShouldBe("not_found");
        parts[6].GetProperty("headers").Text("Allow").ShouldContain("POST");
        parts[7].GetProperty("body").ValueKind.ShouldBe(JsonValueKind.Null);
        parts[8].GetProperty("body")[0].Text("name").ShouldBe("Bolt");
        (await ana.Names("/api/items")).ShouldBe(["Bolt", "Ünit"]);
    }

    [Theory, Databases]
    public async Task Sent_again_with_its_key_it_does_only_what_was_not_done(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        object[] requests = [new { method = "POST", path = "/api/items", body = new { name = "One" } },
            new { method = "POST", path = "/api/items", body = new { name = "Two" } }];
        // Simulates a server that crashed after the first part of a batch. The server stores the response to the first
        // part of a batch with the idempotency key "K" under the key "K/0".
        (await ana.Post("/api/items", new { name = "One" }, ("Idempotency-Key", "K/0"))).Status.ShouldBe(201);

        for (var n = 0; n < 2; n++)
        {
            var parts = Parts(await ana.Post("/api/batch", new { requests }, ("Idempotency-Key", "K")));
            parts.ShouldAllBe(part => part.Number("status") == 201);
            parts[0].GetProperty("headers").Text("Idempotency-Replayed").ShouldBe("true");
        }
        (await ana.Names("/api/items")).ShouldBe(["One", "Two"]);
        requests[1] = new { method = "POST", path = "/api/items", body = new { name = "Other" } };
        Parts(await ana.Post("/api/batch", new { requests }, ("Idempotency-Key", "K")))[1].GetProperty("body")
            .Text("code").ShouldBe("idempotency_key_reused");
        (await ana.Post("/api/batch", new { requests }, ("Idempotency-Key", new string('k', 251))))
            .ShouldBeProblem(400, "bad_idempotency_key");
    }

    [Fact]
    public async Task A_part_may_have_a_key_of_its_own()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        var headers = new Dictionary<string, string> { ["idempotency-key"] = "mine" };
        object[] requests = [new { method = "POST", path = "/api/items", body = new { name = "One" }, headers }];
        foreach (var key in new[] { "K", "L" })
            Parts(await ana.Post("/api/batch", new { requests }, ("Idempotency-Key", key)))[0]
                .Number("status").ShouldBe(201);
        (await ana.Names("/api/items")).ShouldBe(["One"]);
    }

    [Theory, Databases]
    public async Task An_atomic_one_is_one_write_one_group_and_one_undo(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var ana = await app.SignIn();
        var bolt = await ana.CreateItem("Bolt", 5);
        var body = new
        {
            atomic = true,
            requests = new object[]
            {
                new { method = "POST", path = "/api/items", body = new { name = "Nut", amount = 3 } },
                new { method = "POST", path = $"/api/items/{bolt}/movements", body = new { delta = -2 } },
                new { method = "PATCH", path = $"/api/w/{ana.Workspace}/items/{bolt}",
                    body = new { name = "Bolt M6" } },
            },
        };
        var reply = await ana.Post("/api/batch", body, ("Idempotency-Key", "all"));
        (reply.Status, reply.Header("Feed-Seq")).ShouldBe((200, "2"), reply.Text);
        Parts(reply).ConvertAll(part => part.Number("status")).ShouldBe([201, 201, 200]);
        var again = await ana.Post("/api/batch", body, ("Idempotency-Key", "all"));
        (again.Text, again.Header("Feed-Seq"), again.Header("Idempotency-Replayed"))
            .ShouldBe((reply.Text, "2", "true"));
        var entries = (await app.Entries(ana.Workspace)).Skip(1).ToList();
        entries.ConvertAll(entry => (entry.Kind, entry.GroupId, entry.Key))
            .ShouldBe([("item_created", 2, "all"), ("stock_moved", 2, "all"), ("item_changed", 2, "all")]);

        (await ana.Post($"/api/entries/{entries[1].Seq}/undo")).Status.ShouldBe(200);
        (await ana.Names("/api/items")).ShouldBe(["Bolt"]);
        (await ana.Item(bolt)).Number("amount").ShouldBe(5);
    }

    [Theory, Databases]
    public async Task Where_one_part_is_refused_nothing_of_an_atomic_one_is_done(TestDatabase database)
    {
        var app = await TestApp.On(database);
        var (ana, budi) = (await app.SignIn(), await app.SignIn());
        var bolt = await ana.CreateItem("Bolt", 5);
        var his = await budi.CreateItem("His");
        var good = new { method = "POST", path = "/api/items", body = new { name = "Nut" } };
        var before = (await app.Entries(ana.Workspace)).Count;
        foreach (var (bad, status, code) in new (object, int, string)[]
                 {
                     (new { method = "POST", path = $"/api/items/{bolt}/movements", body = new { delta = -6 } }, 409,
                         "insufficient_stock"),
                     (new { method = "POST", path = "/api/items", body = new { name = "" } }, 422, "invalid"),
                     (new { method = "PATCH", path = $"/api/w/{budi.Workspace}/items/{his}",
                         body = new { name = "Mine" } }, 404, "not_found"),
                     (new { method = "GET", path = "/api/items", body = (object?)null }, 422, "not_atomic"),
                     (new { method = "PATCH", path = "/api/me", body = new { language = "id" } }, 422, "not_atomic"),
                     (new { method = "DELETE", path = "/api/nothing" }, 422, "not_atomic"),
                     (new { method = "POST", path = $"/api/w/{ana.Workspace}/invitations",
                         body = new { role = "viewer" } }, 422, "not_atomic"),
                     (new { method = "DELETE", path = "/api/items/999999" }, 404, "not_found"),
                 })
        {
            var reply = await ana.Post("/api/batch", new { atomic = true, requests = new[] { good, bad, good } });
            reply.ShouldBeProblem(409, "batch_failed");
            reply.Json.Number("failed").ShouldBe(1);
            Parts(reply).ConvertAll(part => part.Number("status")).ShouldBe([424, status, 424]);
            Parts(reply)[1].GetProperty("body").Text("code").ShouldBe(code);
            Parts(reply).ShouldAllBe(part => part.GetProperty("body").Text("trace_id") != "");
        }
        (await app.Entries(ana.Workspace)).Count.ShouldBe(before);
        (await ana.Get("/api/me")).Json.GetProperty("language").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_opens_an_account_or_never_ends_is_no_part()
    {
        var app = await TestApp.On(TestDatabase.Sqlite);
        var ana = await app.SignIn();
        foreach (var part in new[]
                 {
                     "POST /api/login", "POST /api/register/", "POST /api/tokens", "GET /api/tokens",
                     "DELETE /api/tokens/1", "POST /api/batch",
                     "GET /api/feed?wait=0", $"GET /api/w/{ana.Workspace}/feed?wait=0", "POST /api/logout",
                     "POST /api/me/password",
                     "POST /api/me%2Fpassword", "POST /api/%6Cogin", "DELETE /api/me", "DELETE /api/me/",
                     "DELETE /api/me%2F",
                 })
        {
            var (method, path) = (part.Split(' ')[0], part.Split(' ')[1]);
            Parts(await ana.Post("/api/batch", new
            {
                requests = new[] { new { method, path, body = new { name = "x", password = TestApp.Password } } },
            }))
                .Single().GetProperty("body").Text("code").ShouldBe("not_in_a_batch", part);
        }
        // /api/feed is not allowed in a batch. A path that merely ends like /api/feed is allowed.
        Parts(await ana.Post("/api/batch", new { requests = new[] { new { path = "/api/drafts/feed" } } }))
            .Single().GetProperty("body").Text("code").ShouldBe("not_found");
        Parts(await ana.Post("/api/batch", new
        {
            requests = new[] { new { method = "DELETE", path = "/api/me", body = new { password = "guess" } } },
        }))
            .Single().GetProperty("body").Text("code").ShouldBe("not_in_a_batch");
        foreach (var request in new object[]
                 {
                     7, "x", new { method = "GET" }, new { path = "/settings" }, new { path = "api/items" },
                     new { method = "TRACE", path = "/api/items" }, new { method = 7, path = "/api/items" },
                     new { path = "/api/items", headers = "If-Match" }, new { path = "/api/items\n" }
                 })
            (await ana.Post("/api/batch", new { requests = new[] { request } }))
                .ShouldBeProblem(422, "invalid", "requests");
        (await ana.Post("/api/batch",
            new { requests = new object[] { new { path = "/api/me" }, 7, new { path = "/api/me" }, "x" } }))
            .ShouldBeProblem(422, "invalid", "requests").Json.GetProperty("errors")
            .GetProperty("requests").EnumerateArray()
            .Select(error => error.GetString()!.Contains('2') || error.GetString()!.Contains('4'))
            .ShouldBe([true, true]);
        (await ana.Post("/api/batch", new { requests = Array.Empty<object>() }))
            .ShouldBeProblem(422, "invalid", "requests");
        (await ana.Post("/api/batch", new { requests = Enumerable.Repeat(new { path = "/api/me" }, 101) }))
            .ShouldBeProblem(422, "invalid", "requests");
        (await ana.Post("/api/batch", new { })).ShouldBeProblem(422, "invalid", "requests");
    }

    [Fact]
    public async Task So_many_parts_count_as_so_many_requests()
    {
        await using var app = await TestApp.Start(
            TestDatabase.Sqlite, settings => settings with { RequestsPerMinute = 50 });
        var ana = await app.SignIn();
        var requests = Enumerable.Repeat(
            new { method = "POST", path = "/api/items", body = new { name = "Bolt" } }, 40);
        Parts(await ana.Post("/api/batch", new { requests })).ShouldAllBe(part => part.Number("status") == 201);
        var parts = Parts(await ana.Post("/api/batch", new { requests }));
        var done = parts.Count(part => part.Number("status") == 201);
        done.ShouldBeLessThan(10);
        parts.Skip(done).ShouldAllBe(
            part => part.Number("status") == 429 && part.GetProperty("headers").Text("Retry-After") != "");
        (await app.Entries(ana.Workspace)).Count.ShouldBe(40 + done);
        (await ana.Get("/api/items")).ShouldBeProblem(429, "too_many_requests");
        (await ana.Post("/api/batch", new { requests })).ShouldBeProblem(429, "too_many_requests");
    }

    private static List<JsonElement> Parts(Reply reply) => [.. reply.Json.GetProperty("responses").EnumerateArray()];
}
