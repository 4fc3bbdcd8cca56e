using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>The indices of all lanes at once.</content>
public static partial class Check
{
    /// <inheritdoc cref="Index"/>
    /// <returns>The indices.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> Indices(string index, Vector512<long> values, string into, nint length)
    {
        if (Vector512.GreaterThanOrEqualAny(values.AsUInt64(), Vector512.Create((ulong)length)))
        {
            ThrowFirst(index, values, into, length, Vector512<long>.Count);
        }

        return values;
    }

    /// <inheritdoc cref="Indices(string, Vector512{long}, string, nint)"/>
    /// <param name="count">Only so many lanes are looked at, from the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> Indices(string index, Vector512<long> values, string into, nint length, nint count) =>
        Indices(index, values & Simd.FirstLanes8(count).AsInt64(), into, length);

    /// <inheritdoc cref="Indices(string, Vector512{long}, string, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Indices(string index, Vector512<int> values, string into, nint length)
    {
        if (Vector512.GreaterThanOrEqualAny(values.AsUInt32(), Vector512.Create((uint)length)))
        {
            ThrowFirst(index, values, into, length, Vector512<int>.Count);
        }

        return values;
    }

    /// <inheritdoc cref="Indices(string, Vector512{long}, string, nint, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Indices(string index, Vector512<int> values, string into, nint length, nint count) =>
        Indices(index, values & Simd.FirstLanes16(count).AsInt32(), into, length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowFirst<T>(string index, Vector512<T> values, string into, nint length, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Index(index, (nint)Convert.ToInt64(values[i], null), into, length);
        }
    }
}
