namespace Pacil.Feed;

/// <summary>What a follower finds when it looks; all but the first two are for <see cref="Follower.Mend"/>.</summary>
internal enum Step
{
    /// <summary>Nothing; wait for the wake-up.</summary>
    Idle,

    /// <summary>An entry, and the place after it.</summary>
    Entry,

    /// <summary>What comes next is in memory no more.</summary>
    Behind,

    /// <summary>The database is another's past.</summary>
    Moved,

    /// <summary>The account is no member any more.</summary>
    Gone,
}
