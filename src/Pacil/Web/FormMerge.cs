namespace Pacil.Web;

/// <summary>
/// What a form sends, held against what it showed and against what is there now: only what the person has changed is
/// written. Where somebody else has changed the same field to something else, the person sees it and decides.
/// </summary>
internal sealed class FormMerge
{
    private readonly HashSet<string> mine = [];
    private readonly List<string> untouched = [];
    private readonly Dictionary<string, List<Text>> contested = [];

    public FormMerge(IFormCollection form, params IEnumerable<FieldState> fields)
    {
        foreach (var field in fields)
        {
            var sent = form.TryGetValue(field.Name, out var typed) ? Plain(typed.ToString()) : field.Now;
            // What has arrived at the same by itself is nothing to write either.
            if (sent == field.Shown || sent == field.Now) untouched.Add(field.Name);
            else mine.Add(field.Name);
            if (mine.Contains(field.Name) && field.Shown != field.Now) contested[field.Name] = [Theirs(field)];
        }
    }

    /// <summary>What is not to be written.</summary>
    public IReadOnlyList<string> Untouched => untouched;

    /// <summary>412 with what the others have set, field by field; null where there is nothing to decide.</summary>
    public Problem? Problem => contested.Count == 0
        ? null
        : new Problem(StatusCodes.Status412PreconditionFailed, "version_conflict") { Errors = contested };

    public bool IsMine(string field) => mine.Contains(field);

    private static Text Theirs(FieldState field) => new(
        "js.feed.theirs", field.Who ?? (object)new Text("js.feed.someone"),
        field.Now.Length > 0 ? field.Now : new Text("js.feed.empty"));

    /// <summary>A browser sends \r\n for every line end.</summary>
    private static string Plain(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n');
}
