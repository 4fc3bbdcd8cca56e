using System.Runtime;

namespace DrJax.Benchmarks;

/// <summary>The memory that a gradient needs beyond its data: by how much the resident memory of a process of its own grows at most while the
/// gradient is computed once, with the code compiled before, on a thread that has no scratch memory yet. The result is included.</summary>
internal static class PeakMemory
{
    internal const string Child = "--memory-of";

    private const string Status = "/proc/self/status", Reset = "/proc/self/clear_refs";

    /// <summary>Bytes; null where the system does not tell.</summary>
    internal static double? Of(Entry entry)
    {
        if (!File.Exists(Reset)) return null;
        // Scratch memory that is freed goes back to the system at once, so that its next use counts.
        return double.Parse(ChildProcess.Output(Child, entry.Name, ("MALLOC_MMAP_THRESHOLD_", "65536"), ("DOTNET_gcConcurrent", "0")));
    }

    /// <summary>What the child process does.</summary>
    internal static int PrintOwn(Entry entry)
    {
        DrJaxRuntime.MaxDegreeOfParallelism = 1;
        var gradient = entry.Create().Compiled;
        OnAnotherThread(() => { for (var i = 0; i < 3; i++) gradient.Call(); });
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        var grown = 0.0;
        OnAnotherThread(() =>
        {
            File.WriteAllText(Reset, "5");                     // the peak is now what is resident
            var before = Kilobytes("VmRSS:");
            gradient.Call();
            grown = Kilobytes("VmHWM:") - before;
        });
        Console.WriteLine(Math.Max(0, grown) * 1024);
        return 0;
    }

    private static void OnAnotherThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }

    private static double Kilobytes(string key)
    {
        var line = File.ReadLines(Status).First(l => l.StartsWith(key, StringComparison.Ordinal));
        return double.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal));
    }
}
