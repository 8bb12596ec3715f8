using Pacil.Web.Forms;

namespace Pacil.Items.Stock;

/// <summary>The fields of a movement, on the item's page and in its dialog.</summary>
/// <param name="Field">Fills in a field's value and errors.</param>
internal sealed record MovementFields(Func<string, Field, Field> Field);
