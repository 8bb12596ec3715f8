using Pacil.Web.Language;

namespace Pacil.Web.Forms;

/// <summary>
/// Merges a submitted form with changes by other users. It compares each submitted value with the value that the form
/// showed and with the current value. Only fields that the user has changed are written. If somebody else has changed
/// the same field to a different value, the form shows that value, and the user decides.
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
            // A field also counts as untouched if its stored value already equals the submitted value, because there is
            // nothing to write.
            if (sent == field.Shown || sent == field.Now) untouched.Add(field.Name);
            else mine.Add(field.Name);
            if (mine.Contains(field.Name) && field.Shown != field.Now) contested[field.Name] = [Theirs(field)];
        }
    }

    /// <summary>The names of the fields that must not be written.</summary>
    public IReadOnlyList<string> Untouched => untouched;

    /// <summary>
    /// 412 with the current value of each field about which the user must decide; null if there is none.
    /// </summary>
    public Problem? Problem => contested.Count == 0
        ? null
        : new Problem(StatusCodes.Status412PreconditionFailed, "version_conflict") { Errors = contested };

    public bool IsMine(string field) => mine.Contains(field);

    private static Text Theirs(FieldState field) => new(
        "js.feed.theirs", field.Who ?? (object)new Text("js.feed.someone"),
        field.Now.Length > 0 ? field.Now : new Text("js.feed.empty"));

    /// <summary>Browsers send every line break as \r\n, but stored text has \n.</summary>
    private static string Plain(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n');
}
