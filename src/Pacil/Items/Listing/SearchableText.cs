using Pacil.Data.Folding;
using Pacil.Web.Requests;

namespace Pacil.Items.Listing;

/// <summary>
/// Checks text that is also stored in folded form for searching. Folding can make text much longer, so the length of
/// the folded text is limited, too.
/// </summary>
internal static class SearchableText
{
    /// <param name="max">
    /// The maximum number of characters. A text with more than 2 × max UTF-16 units has more than max characters. The
    /// method that read the field has already refused such a text, so the text is not folded here.
    /// </param>
    public static string Searchable(this RequestFields fields, string name, string text, int max)
    {
        if (text.Length <= 2 * max && TextFolding.IsTooLong(text, max)) fields.Error(name, "error.too_long_folded");
        return text;
    }
}
