namespace Pacil.Web.Forms;

/// <summary>The values of one field of an edited row, as strings.</summary>
/// <param name="Shown">The value that the form showed before the user typed; null if it is unknown.</param>
/// <param name="Who">
/// The user who has changed the field since the form was shown; null if the user is unknown or nobody has.
/// </param>
internal sealed record FieldState(string Name, string? Shown, string Now, string? Who = null);
