using System.Diagnostics;

namespace DrJax.Benchmarks;

/// <summary>A computation that can be called, timed and compared.</summary>
internal abstract class Contestant(string name)
{
    internal string Name => name;

    internal abstract void Call();

    /// <summary>The time of a call, in seconds.</summary>
    internal abstract double Seconds(int calls);

    /// <summary>The result, as numbers in the order of the structure's leaves.</summary>
    internal abstract double[] Numbers();

    /// <summary>Managed bytes that a call allocates: the least of several counts, for the JIT and the runtime allocate in the background.</summary>
    internal long Bytes()
    {
        var least = long.MaxValue;
        for (var i = 0; i < 16; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }
}

/// <param name="name">Who computes.</param>
/// <param name="compute">The computation.</param>
/// <param name="numbers">Its result as numbers; by default, the elements of the structure's arrays.</param>
internal sealed class Contestant<T>(string name, Func<T> compute, Func<T, IEnumerable<double>>? numbers = null) : Contestant(name)
{
    // Results are stored so that no call can be dropped as unused.
    private T? _sink;

    internal override void Call() => _sink = compute();

    internal override double Seconds(int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) _sink = compute();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    internal override double[] Numbers() => [.. (numbers ?? Elements)(compute())];

    private static IEnumerable<double> Elements(T value) => Structure.Flatten(value).SelectMany(leaf => leaf switch
    {
        double x => [x],
        Vec<float> x => Widen(x.ToArray()),
        Mat<float> x => Widen(x.ToArray()),
        Vec<double> x => x.ToArray(),
        Mat<double> x => x.ToArray(),
        Tensor3<double> x => x.ToArray(),
        _ => throw new ArgumentException($"no numbers are taken from a leaf of type {leaf.GetType()}"),
    });

    private static double[] Widen(float[] x) => Array.ConvertAll(x, e => (double)e);
}
