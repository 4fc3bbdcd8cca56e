using System.Diagnostics;

namespace DrJax.Benchmarks;

internal interface IBenchmark
{
    /// <summary>Compares the two gradients, times them, and gives the row of the table.</summary>
    string Run();
}

/// <summary>One gradient, compiled by DrJax and written by hand.</summary>
/// <param name="name">What is differentiated, with its sizes and precision.</param>
/// <param name="tolerance">The largest difference allowed, relative to the largest element of the gradient.</param>
internal sealed class Benchmark<T>(string name, double tolerance, Func<T> compiled, Func<T> byHand) : IBenchmark
{
    private const int Samples = 41;
    private const double SampleSeconds = 0.02, WarmUpSeconds = 0.5;

    // Results are stored so that no call can be dropped as unused.
    private T? _sink;

    public string Run()
    {
        Compare();
        var calls = (Compiled: WarmUp(compiled), ByHand: WarmUp(byHand));
        var times = (Compiled: new double[Samples], ByHand: new double[Samples]);
        for (var s = 0; s < Samples; s++)
        {
            // Whoever comes second finds the other's data in the caches: they take turns.
            if (s % 2 == 0) times.Compiled[s] = Seconds(compiled, calls.Compiled);
            times.ByHand[s] = Seconds(byHand, calls.ByHand);
            if (s % 2 == 1) times.Compiled[s] = Seconds(compiled, calls.Compiled);
        }
        var ratio = Median(times.ByHand.Zip(times.Compiled, (hand, ours) => hand / ours));
        return $"| {name} | {Duration(Median(times.Compiled))} | {Duration(Median(times.ByHand))} | {ratio:F2} "
            + $"| {Bytes(compiled):N0} | {Bytes(byHand):N0} |";
    }

    private void Compare()
    {
        var (ours, hand) = (Numbers(compiled()), Numbers(byHand()));
        if (ours.Length != hand.Length) throw new InvalidOperationException($"{name}: {ours.Length} and {hand.Length} derivatives");
        var largest = hand.Max(Math.Abs);
        for (var i = 0; i < hand.Length; i++)
            if (!(Math.Abs(ours[i] - hand[i]) <= tolerance * largest))
                throw new InvalidOperationException($"{name}: derivative {i} is {ours[i]:R} compiled and {hand[i]:R} by hand");
    }

    /// <summary>Runs until the JIT has done its best; the number of calls that make a sample.</summary>
    private int WarmUp(Func<T> gradient)
    {
        var calls = 0;
        var clock = Stopwatch.StartNew();
        // The optimising JIT works in the background and needs thirty calls, then a moment, twice over.
        for (; clock.Elapsed.TotalSeconds < WarmUpSeconds || calls < 64; calls++) _sink = gradient();
        return Math.Max(1, (int)(SampleSeconds / Seconds(gradient, Math.Max(1, calls / 50))));
    }

    private double Seconds(Func<T> gradient, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) _sink = gradient();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    /// <summary>The least of several counts: the JIT and the runtime allocate in the background.</summary>
    private long Bytes(Func<T> gradient)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 16; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            _sink = gradient();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        return least;
    }

    private static double[] Numbers(T gradient) => [.. Structure.Flatten(gradient).SelectMany(leaf => leaf switch
    {
        Vec<float> vector => vector.ToArray().Select(x => (double)x),
        Mat<float> matrix => matrix.ToArray().Select(x => (double)x),
        Vec<double> vector => vector.ToArray(),
        Mat<double> matrix => matrix.ToArray(),
        _ => throw new ArgumentException($"a gradient's leaves are vectors and matrices, got {leaf.GetType()}"),
    })];

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Samples / 2);

    private static string Duration(double seconds) => seconds switch
    {
        < 1e-6 => $"{seconds * 1e9:F0} ns",
        < 1e-3 => $"{seconds * 1e6:F1} us",
        _ => $"{seconds * 1e3:F2} ms",
    };
}
