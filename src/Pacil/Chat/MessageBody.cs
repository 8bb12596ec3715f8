namespace Pacil.Chat;

/// <summary>The request body to post or edit a message. This type exists only for the API description.</summary>
internal sealed record MessageBody(string Text);
