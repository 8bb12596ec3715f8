namespace Pacil.Feed;

/// <summary>How somebody says at which places they are.</summary>
internal enum PresenceMoveKind
{
    /// <summary>They are elsewhere now.</summary>
    Moving,

    /// <summary>They leave the others for good; else they are waited for, as after a reload.</summary>
    Goodbye,

    /// <summary>
    /// By the address with which they come, and come back by themselves: a place that is there no more, as after a
    /// restore, is left out.
    /// </summary>
    Returning,
}
