using System.ComponentModel;
using DrJax.Compiled;

namespace DrJax;

/// <summary>What the process has run so far, and how many threads a compiled program may use.</summary>
public static class DrJaxRuntime
{
    private static long _eagerCalls, _compiledCalls;

    /// <summary>The MapReduce primitives (Broadcast, Map, Reduce...) run uncompiled in this process.</summary>
    public static long EagerCalls => Interlocked.Read(ref _eagerCalls);

    /// <summary>The compiled programs run in this process.</summary>
    public static long CompiledCalls => Interlocked.Read(ref _compiledCalls);

    /// <summary>The most threads that one compiled call uses; at first the number of processors. Results have the same bits for any
    /// value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public static int MaxDegreeOfParallelism
    {
        get => Parallelism.MaxDegree;
        set => Parallelism.MaxDegree = value;
    }

    /// <summary>Called by generated code on each entry.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void CountCompiledCall() => Interlocked.Increment(ref _compiledCalls);

    internal static void CountEagerCall() => Interlocked.Increment(ref _eagerCalls);
}
