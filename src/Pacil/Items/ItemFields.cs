using Pacil.Web.Forms;

namespace Pacil.Items;

/// <summary>
/// The model of <c>ItemFields.cshtml</c>, which renders the fields of an item on the item's page, on the page for a new
/// item, and in the dialogs.
/// </summary>
/// <param name="Field">
/// Sets the name of a field. On a page, also sets the value and the errors. In a dialog, also sets the prefix of the
/// element ids.
/// </param>
internal sealed record ItemFields(Func<string, Field, Field> Field, string? AmountHint = null);
