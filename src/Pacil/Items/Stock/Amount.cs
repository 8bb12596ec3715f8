using Pacil.Web.Requests;

namespace Pacil.Items.Stock;

/// <summary>The limit for numbers of pieces.</summary>
internal static class Amount
{
    /// <summary>The largest amount of an item, the largest movement and the largest threshold.</summary>
    public const long Max = RequestFields.IntegerMax;
}
