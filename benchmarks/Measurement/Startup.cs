using System.Diagnostics;
using System.Runtime;

namespace DrJax.Benchmarks;

/// <summary>What the first compiled call of a process adds to its start: each case in processes of its own, the least of several, because other work
/// of the machine only adds.</summary>
internal static class Startup
{
    internal const string Child = "--first-call-of";
    private const int Processes = 10;

    internal static void Print(IEnumerable<Entry> entries)
    {
        Console.WriteLine($"What the first gradient of a process takes more than the second, with the data made before: time, time of the processor (all that counts on a busy machine), and of the first call compiling by the JIT; ms, the least of {Processes} processes.");
        Console.WriteLine();
        Console.WriteLine("| case | added by the first call | of the processor's time | of it the JIT | methods compiled |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var entry in entries)
        {
            var runs = Enumerable.Range(0, Processes).Select(_ => Measure(entry)).ToArray();
            double Least(int column) => runs.Min(run => run[column]);
            Console.WriteLine($"| {entry.Name} | {Least(0):F1} | {Least(1):F1} | {Least(2):F1} | {Least(3):F0} |");
        }
    }

    /// <summary>What the child process does.</summary>
    internal static int PrintOwn(Entry entry)
    {
        DrJaxRuntime.MaxDegreeOfParallelism = 1;
        var gradient = entry.Create().Compiled;
        var (compiling, methods) = (JitInfo.GetCompilationTime(currentThread: true), JitInfo.GetCompiledMethodCount(currentThread: true));
        var (first, processor) = Milliseconds(gradient.Call);
        compiling = JitInfo.GetCompilationTime(currentThread: true) - compiling;
        methods = JitInfo.GetCompiledMethodCount(currentThread: true) - methods;
        var (second, processorAgain) = Milliseconds(gradient.Call);
        Console.WriteLine($"{first - second} {processor - processorAgain} {compiling.TotalMilliseconds} {methods}");
        return 0;
    }

    private static double[] Measure(Entry entry) => Array.ConvertAll(ChildProcess.Output(Child, entry.Name).Split(' '), double.Parse);

    private static (double Wall, double Processor) Milliseconds(Action action)
    {
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        action();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
    }
}
