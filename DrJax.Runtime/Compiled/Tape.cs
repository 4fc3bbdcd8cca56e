using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>
/// What a loop of unknown length leaves of every iteration for the derivative's way back: entries one after the other, in memory of the thread's
/// <see cref="Arena"/> that doubles when it is full. A loop of T iterations copies fewer than 2 T entries and rents room for fewer than 4 T.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Tape
{
    private const nint FirstEntries = 16;

    /// <summary>Makes room for an entry; those before it stay, wherever the tape lies afterwards.</summary>
    /// <param name="tape">The first entry; null before the first call.</param>
    /// <param name="room">How many entries the tape has room for.</param>
    /// <param name="index">The entry that is written next.</param>
    /// <param name="entry">The number of elements of an entry.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reserve<T>(ref T* tape, ref nint room, nint index, nint entry)
        where T : unmanaged
    {
        if (index >= room)
        {
            Grow(ref tape, ref room, index, entry);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Grow<T>(ref T* tape, ref nint room, nint index, nint entry)
        where T : unmanaged
    {
        room = Math.Max(FirstEntries, checked(2 * room));
        var larger = Arena.Rent<T>(checked(room * entry));
        var bytes = checked(index * entry * sizeof(T));
        Buffer.MemoryCopy(tape, larger, bytes, bytes);
        tape = larger;
    }
}
