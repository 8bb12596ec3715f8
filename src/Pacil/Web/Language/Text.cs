namespace Pacil.Web.Language;

/// <summary>
/// A message: its key in the resources and its arguments. ToString formats it in the current language.
/// </summary>
internal sealed record Text(string Key, params object?[] Arguments)
{
    public override string ToString() => Texts.T(Key, Arguments);
}
