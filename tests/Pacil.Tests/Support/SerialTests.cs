namespace Pacil.Tests.Support;

/// <summary>The collection of tests that measure time or memory. They run alone.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class SerialTests;
