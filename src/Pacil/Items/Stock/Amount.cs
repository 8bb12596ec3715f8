using Pacil.Web.Requests;

namespace Pacil.Items.Stock;

/// <summary>How many pieces there are of an item, and how many a movement may move.</summary>
internal static class Amount
{
    /// <summary>The largest amount of an item, the largest movement and the largest threshold.</summary>
    public const long Max = RequestFields.IntegerMax;
}
