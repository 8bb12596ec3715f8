namespace Pacil.Data;

/// <summary>Changes the row of the table <c>meta</c>, which has facts about the whole database.</summary>
internal static class Meta
{
    /// <summary>Stores who may register.</summary>
    /// <returns>False if the mode was already stored.</returns>
    public static async Task<bool> SetRegistration(WriteTransaction tx, string mode) => await tx.Execute(
        "update meta set registration = @Mode where registration <> @Mode", new { Mode = mode }) == 1;

    /// <summary>Stores the version of the text folding, and how far the items have been folded by it.</summary>
    /// <param name="item">The id of the last folded item; null if all items are folded.</param>
    public static Task<int> SetFolding(WriteTransaction tx, int version, long? item) => tx.Execute(
        "update meta set folding = @Version, folded_item = @Item", new { Version = version, Item = item });
}
