using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Pacil.Identity.Accounts;
using Pacil.Web.Requests;

namespace Pacil.Chat;

/// <summary>
/// Splits a message into plain text, links, and mentions of the reader, and makes HTML from these parts. The text of
/// each part is HTML-encoded. For messages that arrive through the feed, <c>message-parts.js</c> splits the text in the
/// browser by the same rules.
/// </summary>
internal static partial class MessageFormatter
{
    private const string Opening = "([{";
    private const string Closing = ")]}";

    /// <summary>
    /// Characters that end a link. They include Chinese and Japanese punctuation, because no space follows it.
    /// </summary>
    private const string Ended = "\"<>“”«»\u3001-\u3003\u3008-\u301F\uFF01-\uFF65";

    /// <param name="Address">The URL of a link; null for any other part.</param>
    /// <param name="IsReader">Whether the part is a mention of the reader.</param>
    internal sealed record Part(string Text, string? Address = null, bool IsReader = false);

    public static List<Part> Parts(string text, string reader)
    {
        var parts = new List<Part>();
        var done = 0;
        for (var found = Special().Match(text); found.Success;)
        {
            var part = found.Length > 1 ? Link(found.Value) : Call(text, found.Index, reader);
            var next = found.Index + (part ?? new(found.Value)).Text.Length;
            if (part is not null)
            {
                if (found.Index > done) parts.Add(new Part(text[done..found.Index]));
                parts.Add(part);
                done = next;
            }
            found = Special().Match(text, next);
        }
        if (done < text.Length) parts.Add(new Part(text[done..]));
        return parts;
    }

    public static IHtmlContent Html(string text, string reader)
    {
        var html = new HtmlContentBuilder();
        foreach (var part in Parts(text, reader))
            if (part is { Address: null, IsReader: false }) html.Append(part.Text);
            else html.AppendHtml(Element(part));
        return html;
    }

    private static TagBuilder Element(Part part)
    {
        var element = new TagBuilder(part.Address is null ? "mark" : "a");
        element.InnerHtml.Append(part.Text);
        if (part.Address is null) return element;
        element.Attributes["href"] = part.Address;
        element.Attributes["target"] = "_blank";
        element.Attributes["rel"] = "noopener noreferrer nofollow";
        return element;
    }

    /// <summary>
    /// Makes a link of a URL in the text; null if the URL must stay plain text. Punctuation that ends the sentence, and
    /// a bracket that surrounds the URL, do not belong to the link. A URL that may look like a different URL stays
    /// plain text: it has user info before its host (<c>https://bank.example@evil.example</c>) or contains invisible
    /// characters.
    /// </summary>
    private static Part? Link(string found)
    {
        if (HasUserInfo().IsMatch(found) || found.EnumerateRunes().Any(Invisible.Is)) return null;
        var text = Ending().Replace(WithinBrackets(found), "");
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0
            ? new Part(text, text)
            : null;
    }

    /// <summary>Returns the text before the first closing bracket that has no matching opening bracket.</summary>
    private static string WithinBrackets(string found)
    {
        Span<int> open = stackalloc int[Opening.Length];
        for (var at = 0; at < found.Length; at++)
        {
            if (Opening.IndexOf(found[at], StringComparison.Ordinal) is >= 0 and var opened) open[opened]++;
            if (Closing.IndexOf(found[at], StringComparison.Ordinal) is >= 0 and var closed && --open[closed] < 0)
                return found[..at];
        }
        return found;
    }

    private static Part? Call(string text, int at, string reader)
    {
        var key = Account.Key(reader);
        var length = CalledNames.At(text, at).FirstOrDefault(reading => reading.Key == key).Length;
        return length > 0 ? new Part(text.Substring(at, length + 1), IsReader: true) : null;
    }

    [GeneratedRegex($@"https?://[^\s{Ended}]+|[@＠]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Special();

    [GeneratedRegex(@"[.,;:!?'…،؛؟।({\[\p{Pi}\p{Pf}]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Ending();

    [GeneratedRegex(@"^https?://[^/?#\\]*@", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex HasUserInfo();
}
