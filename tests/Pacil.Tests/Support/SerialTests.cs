namespace Pacil.Tests.Support;

/// <summary>Tests that measure time or memory run alone.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class SerialTests;
