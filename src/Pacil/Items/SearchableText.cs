using Pacil.Data;
using Pacil.Web;

namespace Pacil.Items;

/// <summary>Text that is kept a second time as it is searched, which must not be much longer.</summary>
internal static class SearchableText
{
    /// <param name="max">Characters at most; what has more is refused already, and not measured.</param>
    public static string Searchable(this RequestFields fields, string name, string text, int max)
    {
        if (text.Length <= 2 * max && TextFolding.IsTooLong(text, max)) fields.Error(name, "error.too_long_folded");
        return text;
    }
}
