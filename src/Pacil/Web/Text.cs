namespace Pacil.Web;

/// <summary>A text by its key and values, put into words in the reader's language.</summary>
internal sealed record Text(string Key, params object?[] Arguments)
{
    public override string ToString() => Texts.T(Key, Arguments);
}
