namespace DrJax.Tests;

/// <summary>What calls allocate on the managed heap, seen from the calling thread.</summary>
internal static class Allocation
{
    private const int Calls = 100;

    /// <summary>
    /// The bytes that one call allocates on this thread, averaged over many; the least of five rounds, because once in a process a stage is first shared
    /// with the workers, whose threads then stay. Calls in which a collection ran, which other tests bring about, do not count: now and then one takes
    /// this thread's 8 kB of room for new objects away, and they count as allocated.
    /// </summary>
    public static double Bytes(Action call)
    {
        return Enumerable.Range(0, 5).Min(_ => Round());

        double Round()
        {
            var (counted, bytes) = (0, 0L);
            while (counted < Calls)
            {
                var collections = GC.CollectionCount(0);
                var before = GC.GetAllocatedBytesForCurrentThread();
                call();
                var after = GC.GetAllocatedBytesForCurrentThread();
                if (GC.CollectionCount(0) == collections)
                {
                    bytes += after - before;
                    counted++;
                }
            }

            return bytes / (double)Calls;
        }
    }
}
