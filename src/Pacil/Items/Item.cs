using System.Data.Common;
using System.Text.Json.Serialization;
using Pacil.Data;
using Pacil.Data.Folding;
using Pacil.Items.Stock;
using Pacil.Web.OpenApi;

namespace Pacil.Items;

/// <summary>A kind of thing in the inventory, as the API returns it to every member.</summary>
[Example(
    """
    {
      "id": 7, "name": "AA cells", "description": "For the clocks", "amount": 16, "unit": "pcs", "threshold": 20,
      "version": 3, "created_at": "2026-11-21T08:14:05.120Z", "created_by": 1,
      "updated_at": "2026-11-21T08:14:05.120Z", "updated_by": 1, "archived_at": null
    }
    """)]
internal record Item
{
    public const int NameLengthMax = 255;
    public const int DescriptionLengthMax = 10_000;
    public const int UnitLengthMax = 20;

    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }

    /// <summary>A whole number of <see cref="Unit"/>. For example, 1.5 kg is the amount 1500 with the unit g.</summary>
    public required long Amount { get; init; }

    public required string Unit { get; init; }

    /// <summary>The item is low if its amount is at or below this number; null if the item is never low.</summary>
    public required long? Threshold { get; init; }

    public required long Version { get; init; }
    public required DateTime CreatedAt { get; init; }
    public required long CreatedBy { get; init; }
    public required DateTime UpdatedAt { get; init; }
    public required long UpdatedBy { get; init; }
    public required DateTime? ArchivedAt { get; init; }

    [JsonIgnore]
    public bool IsLow => ArchivedAt is null && LowStock.Is(Amount, Threshold);

    /// <summary>What the item adds to the counts of its workspace. An archived item adds nothing.</summary>
    [JsonIgnore]
    public Counts Counts => ArchivedAt is null ? new Counts(1, Amount, IsLow ? 1 : 0) : default;

    /// <summary>The columns for a select from the table <c>item</c>.</summary>
    public const string Columns =
        """
        item.id, item.name, item.description, item.amount, item.unit, item.threshold, item.version,
        item.created_at, item.created_by, item.updated_at, item.updated_by, item.archived_at
        """;

    public const int ColumnCount = 12;

    /// <summary>
    /// Reads the <see cref="Columns"/> of a row without Dapper. This is faster, and items are read more often than
    /// other rows.
    /// </summary>
    /// <param name="at">The index of the item's first column in the row.</param>
    public static Item Read(DbDataReader reader, int at) => new()
    {
        Id = reader.GetInt64(at),
        Name = reader.GetString(at + 1),
        Description = reader.GetString(at + 2),
        Amount = reader.GetInt64(at + 3),
        Unit = reader.GetString(at + 4),
        Threshold = reader.IsDBNull(at + 5) ? null : reader.GetInt64(at + 5),
        Version = reader.GetInt64(at + 6),
        CreatedAt = reader.GetUtc(at + 7),
        CreatedBy = reader.GetInt64(at + 8),
        UpdatedAt = reader.GetUtc(at + 9),
        UpdatedBy = reader.GetInt64(at + 10),
        ArchivedAt = reader.IsDBNull(at + 11) ? null : reader.GetUtc(at + 11),
    };

    public static string SearchText(string name, string description) => TextFolding.Searchable($"{name} {description}");

    /// <summary>Finds an item and locks its row until the write ends; null if the workspace has no such item.</summary>
    public static Task<Item?> Find(WriteTransaction tx, long workspace, long id) => tx.First<Item>(
        $"""
        select {Columns} from item where id = @Id and workspace_id = @Workspace
        {tx.Dialect.Pick(sqlite: "", postgres: "for update")}
        """, new { Id = id, Workspace = workspace });
}
