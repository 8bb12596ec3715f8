using Pacil.Web;

namespace Pacil.Stock;

/// <summary>The fields of a movement, on the item's page and in its dialog.</summary>
/// <param name="Field">Fills a field in with what it holds and what is wrong with it.</param>
internal sealed record MovementFields(Func<string, Field, Field> Field);
