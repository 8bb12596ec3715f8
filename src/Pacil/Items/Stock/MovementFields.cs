using Pacil.Web.Forms;

namespace Pacil.Items.Stock;

/// <summary>
/// The model of <c>MovementFields.cshtml</c>, which renders the fields of a movement on an item's page and in its
/// dialog.
/// </summary>
/// <param name="Field">
/// Sets the name of a field. On a page, also sets the value and the errors. In a dialog, also sets the prefix of the
/// element ids.
/// </param>
internal sealed record MovementFields(Func<string, Field, Field> Field);
