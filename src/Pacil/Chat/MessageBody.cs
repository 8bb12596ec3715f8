namespace Pacil.Chat;

/// <summary>What a request may say of a message, for the API's description.</summary>
internal sealed record MessageBody(string Text);
