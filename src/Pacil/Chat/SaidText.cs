using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Pacil.Web;

namespace Pacil.Chat;

/// <summary>
/// A text in parts: what it says, addresses that can be followed, and the reader's own name. Each part is shown as
/// text; <c>said.js</c> divides what comes live the same way.
/// </summary>
internal static partial class SaidText
{
    /// <param name="Text">As it was written.</param>
    /// <param name="Address">Where it leads; null where it leads nowhere.</param>
    /// <param name="IsReader">It calls the reader.</param>
    internal sealed record Part(string Text, string? Address = null, bool IsReader = false);

    /// <param name="reader">The reader's name.</param>
    public static List<Part> Parts(string text, string reader)
    {
        var parts = new List<Part>();
        var done = 0;
        foreach (Match found in Special().Matches(text))
        {
            var part = found.Groups["address"].Success ? Link(found.Value) : Call(found.Value, reader);
            if (part is null) continue;
            if (found.Index > done) parts.Add(new Part(text[done..found.Index]));
            parts.Add(part);
            done = found.Index + part.Text.Length;
        }
        if (done < text.Length) parts.Add(new Part(text[done..]));
        return parts;
    }

    /// <summary>The parts as the page shows them, each as the text it is.</summary>
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
    /// What ends the sentence does not belong to it. An address that reads as another than it is leads nowhere: one
    /// with a name before its host (<c>https://bank.example@evil.example</c>), or with what cannot be seen.
    /// </summary>
    private static Part? Link(string found)
    {
        if (HasUserInfo().IsMatch(found) || found.EnumerateRunes().Any(Invisible.Is)) return null;
        var text = found.TrimEnd('.', ',', ';', ':', '!', '?', '\'', ')', ']', '}');
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0
            ? new Part(text, text)
            : null;
    }

    private static Part? Call(string found, string reader)
    {
        var name = found[1..];
        if (!name.Equals(reader, StringComparison.OrdinalIgnoreCase)) name = name.TrimEnd('.', '-', '+', '_', '@');
        return name.Equals(reader, StringComparison.OrdinalIgnoreCase) ? new Part($"@{name}", IsReader: true) : null;
    }

    [GeneratedRegex(
        """(?<address>https?://[^\s<>"]+)|@[\p{L}\p{M}\p{N}@.+\-_]+""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Special();

    [GeneratedRegex(@"^https?://[^/?#\\]*@", RegexOptions.NonBacktracking)]
    private static partial Regex HasUserInfo();
}
