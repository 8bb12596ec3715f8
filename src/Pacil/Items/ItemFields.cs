using Pacil.Web.Forms;

namespace Pacil.Items;

/// <summary>The fields of an item, on its page, on the page for a new item, and in the dialogs.</summary>
/// <param name="Field">Fills a field with its value and its error.</param>
internal sealed record ItemFields(Func<string, Field, Field> Field, string? AmountHint = null);
