using Pacil.Web.OpenApi;

namespace Pacil.Chat;

/// <summary>The request body to post or edit a message. This type exists only for the API description.</summary>
[Example("""{"text": "Who took the last cells?"}""")]
internal sealed record MessageBody(string Text);
