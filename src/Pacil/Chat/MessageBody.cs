namespace Pacil.Chat;

/// <summary>The body of a request about a message, for the API's description.</summary>
internal sealed record MessageBody(string Text);
