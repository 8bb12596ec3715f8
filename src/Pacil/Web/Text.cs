namespace Pacil.Web;

/// <summary>A sentence not yet said: it is put into words in the language of whoever reads it.</summary>
internal sealed record Text(string Key, params object?[] Arguments)
{
    public override string ToString() => Texts.T(Key, Arguments);
}
