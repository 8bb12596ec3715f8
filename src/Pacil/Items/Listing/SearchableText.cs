using Pacil.Data.Folding;
using Pacil.Web.Requests;

namespace Pacil.Items.Listing;

/// <summary>Text that is also stored in its searched form, which must not be much longer.</summary>
internal static class SearchableText
{
    /// <param name="max">The maximum number of characters. Longer text is refused already and is not measured.</param>
    public static string Searchable(this RequestFields fields, string name, string text, int max)
    {
        if (text.Length <= 2 * max && TextFolding.IsTooLong(text, max)) fields.Error(name, "error.too_long_folded");
        return text;
    }
}
