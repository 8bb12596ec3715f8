using System.Text.Json;
using Pacil.Tests.Support;

namespace Pacil.Tests.Chat;

internal static class Talking
{
    public static async Task<JsonElement> Say(
        this Person person, string text, string messages = "/api/rooms/lobby/messages")
    {
        var reply = await person.Post(messages, new { text });
        reply.Status.ShouldBe(201, reply.Text);
        return reply.Json;
    }

    public static List<string> Texts(this Reply reply) =>
        reply.Status == 200 ? [.. reply.Json.EnumerateArray().Select(message => message.Text("text"))]
            : throw new InvalidOperationException(reply.Text);

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static long Number(this JsonElement json, string name) => json.GetProperty(name).GetInt64();
}
