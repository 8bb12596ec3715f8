namespace Pacil.Tests.Support;

/// <summary>Tests that measure time: nothing else runs beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class SerialTests;
