using Pacil.Web;

namespace Pacil.Items;

/// <summary>The fields of an item, on its page, on the page that makes one, and in the dialogs.</summary>
/// <param name="Field">Fills a field in with what it holds and what is wrong with it.</param>
internal sealed record ItemFields(Func<string, Field, Field> Field, string? AmountHint = null);
