using Pacil.Web.OpenApi;

namespace Pacil.Exchange;

/// <summary>An item as Django's JSON serializer writes it, for the API description.</summary>
[Example(
    """
    {
      "model": "main.item", "pk": 7,
      "fields": {"user": 1, "name": "AA cells", "amount": 16, "description": "For the clocks"}
    }
    """)]
internal sealed record DjangoItem(string Model, long Pk, DjangoItem.Members Fields)
{
    internal sealed record Members(long User, string Name, long Amount, string Description);
}
