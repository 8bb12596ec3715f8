using Pacil.Web.Forms;

namespace Pacil.Items.Stock;

/// <summary>
/// The model of <c>MovementFields.cshtml</c>, which renders the fields of a movement on an item's page and in its
/// dialog.
/// </summary>
/// <param name="Field">Completes a field, given its name. On a page, it adds the value and the errors.</param>
internal sealed record MovementFields(Func<string, Field, Field> Field);
