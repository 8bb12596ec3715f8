namespace Pacil.Web.Language;

/// <summary>A key and arguments of a text in the resources, formatted in the current language.</summary>
internal sealed record Text(string Key, params object?[] Arguments)
{
    public override string ToString() => Texts.T(Key, Arguments);
}
