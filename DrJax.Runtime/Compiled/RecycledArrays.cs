namespace DrJax.Compiled;

/// <summary>
/// The arrays of results that callers gave back, for later results of the same element type and length. They are referred to weakly: a full collection
/// may take what waits here, so memory is given up when there is little of it.
/// </summary>
internal static class RecycledArrays
{
    private const int Most = 16;
    private const long MostBytes = 1L << 30;

    private static readonly Lock s_lock = new();

    // The first s_count wait, the newest last; whose weak reference is cleared is gone.
    private static readonly WeakReference<Array>[] s_slots = [.. Enumerable.Range(0, Most).Select(_ => new WeakReference<Array>(null!))];
    private static int s_count;

    /// <summary>Keeps an array that nobody uses any more, if it is large; where there are too many, the oldest are dropped.</summary>
    public static void Put(Array array)
    {
        if (Bytes(array) < ResultMemory.LargeObject) return;
        lock (s_lock)
        {
            var waiting = Bytes(array);
            for (var i = s_count - 1; i >= 0; i--)
            {
                if (!s_slots[i].TryGetTarget(out var other)) Remove(i);
                else if (other == array) return;
                else waiting += Bytes(other);
            }
            while (s_count == Most || (s_count > 0 && waiting > MostBytes))
            {
                if (s_slots[0].TryGetTarget(out var oldest)) waiting -= Bytes(oldest);
                Remove(0);
            }
            s_slots[s_count].SetTarget(array);
            Volatile.Write(ref s_count, s_count + 1);
        }
    }

    /// <summary>An array of that length, of whatever content; null if none waits.</summary>
    public static T[]? Take<T>(int length) where T : unmanaged
    {
        if (Volatile.Read(ref s_count) == 0) return null;
        lock (s_lock)
        {
            for (var i = s_count - 1; i >= 0; i--)
            {
                // The exact type: int[] passes for uint[].
                if (!s_slots[i].TryGetTarget(out var array) || array.GetType() != typeof(T[]) || array.Length != length) continue;
                Remove(i);
                return (T[])array;
            }
        }
        return null;
    }

    private static long Bytes(Array array) => array.LongLength * (array switch { double[] => sizeof(double), bool[] => sizeof(bool), _ => sizeof(float) });

    private static void Remove(int i)
    {
        var slot = s_slots[i];
        slot.SetTarget(null!);
        Array.Copy(s_slots, i + 1, s_slots, i, s_count - 1 - i);
        s_slots[s_count - 1] = slot;
        Volatile.Write(ref s_count, s_count - 1);
    }
}
