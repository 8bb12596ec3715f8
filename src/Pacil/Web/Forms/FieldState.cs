namespace Pacil.Web.Forms;

/// <summary>A field of an edited row, as text.</summary>
/// <param name="Shown">The value that the form showed before the user typed; null if it is unknown.</param>
/// <param name="Who">The user who has changed the field since, if known.</param>
internal sealed record FieldState(string Name, string? Shown, string Now, string? Who = null);
