namespace Pacil.Data;

/// <summary>
/// The parameters of the statement that inserts the entries of one write in one feed. Each column is an array, or a
/// single value that all entries share.
/// </summary>
internal sealed class EntryColumns(List<Entry> entries)
{
    public long FeedId => entries[0].FeedId;
    public DateTime At => entries[0].At;
    public long? ActorId => entries[0].ActorId;
    public string? Key => entries[0].Key;
    public long? GroupId => entries[0].GroupId;
    public long[] Seqs => [.. entries.Select(entry => entry.Seq)];
    public int[] Marks => [.. entries.Select(entry => entry.Mark)];
    public string[] Kinds => [.. entries.Select(entry => entry.Kind)];
    public string[] SubjectTypes => [.. entries.Select(entry => entry.SubjectType)];
    public long[] SubjectIds => [.. entries.Select(entry => entry.SubjectId)];
    public long[] Versions => [.. entries.Select(entry => entry.Version)];
    public long?[] Undoings => [.. entries.Select(entry => entry.Undoes)];
    public string[] Datas => [.. entries.Select(entry => entry.Data)];
    public long?[] Items => [.. entries.Select(entry => entry.Items)];
    public long?[] Pieces => [.. entries.Select(entry => entry.Pieces)];
    public long?[] Lows => [.. entries.Select(entry => entry.Low)];
}
