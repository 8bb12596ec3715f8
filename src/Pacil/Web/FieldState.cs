namespace Pacil.Web;

/// <summary>A field of a row that somebody edits, as text.</summary>
/// <param name="Shown">What the form showed before anyone typed; null: that is not known.</param>
/// <param name="Who">Who has changed it since, where that is known.</param>
internal sealed record FieldState(string Name, string? Shown, string Now, string? Who = null);
