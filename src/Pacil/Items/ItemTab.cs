namespace Pacil.Items;

/// <summary>The tabs of an item's page. Each tab has its own URL.</summary>
internal static class ItemTab
{
    public const string Details = "details";
    public const string Chat = "chat";
    public const string History = "history";

    /// <summary>All tabs, each with the resource key of its title.</summary>
    public static readonly (string Tab, string Text)[] All =
        [(Details, "items.details"), (Chat, "chat.about_this"), (History, "items.history")];

    /// <param name="item">The path of the item's page.</param>
    public static string Path(string item, string tab) => tab == Details ? item : $"{item}?tab={tab}";
}
