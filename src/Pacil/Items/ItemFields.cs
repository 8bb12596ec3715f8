using Pacil.Web.Forms;

namespace Pacil.Items;

/// <summary>
/// The model of <c>ItemFields.cshtml</c>, which renders the fields of an item on the item's page, on the page for a new
/// item, and in the dialogs.
/// </summary>
/// <param name="Field">
/// Sets a field's name. On a page it also sets value and errors; in a dialog, the prefix of the id.
/// </param>
internal sealed record ItemFields(Func<string, Field, Field> Field, string? AmountHint = null);
