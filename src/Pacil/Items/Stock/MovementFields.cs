using Pacil.Web.Forms;

namespace Pacil.Items.Stock;

/// <summary>
/// The model of <c>MovementFields.cshtml</c>, which renders the fields of a movement on an item's page and in its
/// dialog.
/// </summary>
/// <param name="Field">
/// Sets a field's name. On a page it also sets value and errors; in a dialog, the prefix of the id.
/// </param>
internal sealed record MovementFields(Func<string, Field, Field> Field);
