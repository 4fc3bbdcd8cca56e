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

    /// <summary>Gives the arrays of a result back, so that later results of the same shape need no new memory: for loops whose results are large.</summary>
    /// <param name="value">A scalar, an array, a placed value, or a tuple or record of these.</param>
    /// <remarks>
    /// The caller promises that nobody uses the value any more, nor a copy of it, nor a value that shares its memory: views (<c>x[2..5]</c>, a row, a group of a placed value), what it was
    /// itself a view of (<c>Placed.Rows</c> copies nothing, an uncompiled function may return its argument), a span, a pointer. Its memory is that of another result next, at once or never.
    /// A placed value given back throws <see cref="ObjectDisposedException"/> where its elements are read; vectors, matrices and tensors cannot tell.
    /// Of a view of part of an array nothing is kept. Arrays of less than 85,000 bytes are left to the garbage collector, which may also take what waits. Copies on devices are
    /// freed and not brought home (<see cref="DeviceMesh.Release"/> does that).
    /// </remarks>
    /// <exception cref="ArgumentException">T is not made of scalars, arrays, value tuples and positional records.</exception>
    /// <exception cref="NotSupportedException">T is a structure of no program and the process has no dynamic code (Native AOT).</exception>
    public static void Recycle<T>(T value)
    {
        // Leaves may share an array.
        var arrays = new HashSet<Array>(ReferenceEqualityComparer.Instance);
        foreach (var leaf in Structure.Flatten(value))
        {
            if (GivenUp(leaf) is { } array) arrays.Add(array);
        }
        foreach (var array in arrays)
        {
            DeviceMesh.Discard(array);
            RecycledArrays.Put(array);
        }
    }

    /// <summary>Called by generated code on each entry.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void CountCompiledCall() => Interlocked.Increment(ref _compiledCalls);

    internal static void CountEagerCall() => Interlocked.Increment(ref _eagerCalls);

    // Of an array the whole: a view has fewer elements than what it is a view of.
    private static Array? GivenUp(object leaf) => leaf switch
    {
        INdArray { Elements: { } elements } array when array.Dims.Count == elements.Length => elements,
        InnerLeaf inner => inner.Leaf.GiveUp(),
        _ => null,
    };
}
