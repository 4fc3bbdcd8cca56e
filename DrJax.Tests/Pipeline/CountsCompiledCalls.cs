using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>The count of compiled calls is the process's: tests that read it run alone.</summary>
[CollectionDefinition("Counts compiled calls", DisableParallelization = true)]
public sealed class CountsCompiledCalls;
