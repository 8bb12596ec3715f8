using System.Globalization;
using System.Text;

namespace Pacil.Exchange;

/// <summary>
/// Writes items exactly as the serializers of Django 3.2 (<c>django.core.serializers</c>) do, including spaces. Pacil
/// is the successor of a Django app, and programs that read that app's data can also read Pacil's export. Each item is
/// an object of the Django model <c>main.item</c> with the fields user, name, amount and description.
/// </summary>
internal abstract class DjangoFormat
{
    public static readonly DjangoFormat Json = new AsJson();
    public static readonly DjangoFormat Xml = new AsXml();

    public abstract string ContentType { get; }
    public abstract string Head { get; }
    public abstract string Tail { get; }
    public virtual string Between => "";

    public abstract string Write(Row item);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal sealed record Row
    {
        public required long Id { get; init; }
        public required long User { get; init; }
        public required string Name { get; init; }
        public required long Amount { get; init; }
        public required string Description { get; init; }
    }

    private sealed class AsJson : DjangoFormat
    {
        public override string ContentType => "application/json";
        public override string Head => "[";
        public override string Tail => "]";
        public override string Between => ", ";

        public override string Write(Row item) => string.Concat(
            $"{{\"model\": \"main.item\", \"pk\": {Number(item.Id)}, ",
            $"\"fields\": {{\"user\": {Number(item.User)}, \"name\": {Quoted(item.Name)}, ",
            $"\"amount\": {Number(item.Amount)}, \"description\": {Quoted(item.Description)}}}}}");

        /// <summary>
        /// Quotes a text as Python's JSON encoder does. An item cannot contain other characters that the encoder
        /// escapes.
        /// </summary>
        private static string Quoted(string text) => new StringBuilder(text)
            .Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t")
            .Insert(0, '"').Append('"').ToString();
    }

    private sealed class AsXml : DjangoFormat
    {
        public override string ContentType => "application/xml";
        public override string Head => "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<django-objects version=\"1.0\">";
        public override string Tail => "</django-objects>";

        public override string Write(Row item) => string.Concat(
            $"<object model=\"main.item\" pk=\"{Number(item.Id)}\">",
            $"<field name=\"user\" rel=\"ManyToOneRel\" to=\"auth.user\">{Number(item.User)}</field>",
            $"<field name=\"name\" type=\"CharField\">{Escaped(item.Name)}</field>",
            $"<field name=\"amount\" type=\"IntegerField\">{Number(item.Amount)}</field>",
            $"<field name=\"description\" type=\"TextField\">{Escaped(item.Description)}</field></object>");

        private static string Escaped(string text) =>
            text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
    }
}
