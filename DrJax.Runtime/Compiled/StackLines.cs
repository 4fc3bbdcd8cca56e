using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>
/// Where vectors lie that a long loop keeps on the stack. The JIT lays them out from the stack pointer of the caller, which is a multiple of 16 bytes, not of
/// a cache line: loops then take up to twice as long, by chance. A method that calls such loops moves its stack pointer first:
/// <c>StackLines.Begin(stackalloc byte[StackLines.Distance()])</c>, then the pointer to 64 bytes of <c>stackalloc</c> memory by <see cref="Align"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class StackLines
{
    private const nint Line = 64;

    /// <summary>The bytes between the caller's stack pointer and the next lower multiple of 64.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static int Distance()
    {
        // Laid out as the loops' own vectors are.
        Vector512<byte> vector;
        return (int)(Address(&vector) & (Line - 1));
    }

    /// <summary>Keeps the memory, which nothing else needs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Begin(Span<byte> distance) => _ = distance;

    /// <summary>The first multiple of 64 bytes at or above the pointer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T* Align<T>(T* memory)
        where T : unmanaged => (T*)(((nint)memory + Line - 1) & -Line);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Address(Vector512<byte>* vector) => (nint)vector;
}
