namespace Pacil.Items.Stock;

/// <summary>The possible reasons of a movement.</summary>
internal static class Reason
{
    public const string Received = "received";
    public const string Taken = "taken";
    public const string Counted = "counted";
    public const string Lost = "lost";
    public const string Corrected = "corrected";

    public static readonly IReadOnlyList<string> All = [Received, Taken, Counted, Lost, Corrected];
}
