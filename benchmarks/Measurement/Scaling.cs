namespace DrJax.Benchmarks;

/// <summary>What threads and numbers of groups do to time, memory and bits.</summary>
internal static class Scaling
{
    internal static void Print(IReadOnlyList<Entry> entries)
    {
        Console.WriteLine($"{Machine.Describe()}. DrJax alone; medians of interleaved samples. One thread and two gave the same bits.");
        Tables.Header("gradient of", "1 thread", "2 threads", "1 / 2 threads", "a group, 1 thread", "peak memory, 1 thread");
        foreach (var entry in entries)
        {
            var gradient = entry.Create().Compiled;
            var (one, two) = (new OnThreads(gradient, 1), new OnThreads(gradient, 2));
            if (!one.Numbers().AsSpan().SequenceEqual(two.Numbers()))
                throw new InvalidOperationException($"{entry.Name}: other bits on two threads than on one");
            var sampler = new Sampler([one, two]);
            var seconds = sampler.Seconds(one);
            Tables.Row(entry.Name, Tables.Duration(seconds), Tables.Duration(sampler.Seconds(two)), $"{sampler.Ratio(one, two):F2}",
                Tables.Duration(seconds / entry.Groups), Tables.Size(PeakMemory.Of(entry)));
        }
    }

    private sealed class OnThreads(Contestant gradient, int threads) : Contestant($"{threads} threads")
    {
        internal override void Call()
        {
            DrJaxRuntime.MaxDegreeOfParallelism = threads;
            gradient.Call();
        }

        internal override double Seconds(int calls)
        {
            DrJaxRuntime.MaxDegreeOfParallelism = threads;
            return gradient.Seconds(calls);
        }

        internal override double[] Numbers()
        {
            DrJaxRuntime.MaxDegreeOfParallelism = threads;
            return gradient.Numbers();
        }
    }
}
