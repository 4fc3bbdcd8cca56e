using System.Diagnostics;

namespace DrJax.Benchmarks;

/// <summary>Interleaved samples: every round times each contestant once, so that what slows the machine for a while slows all of them.</summary>
internal sealed class Sampler
{
    private const int Rounds = 41, RoundsOfSlowCalls = 11;
    private const double SampleSeconds = 0.02, SlowCall = 0.1, WarmUpSeconds = 0.5, LongestWarmUp = 5;

    private readonly Dictionary<Contestant, double[]> _seconds = [];

    internal Sampler(IReadOnlyList<Contestant> contestants)
    {
        var roughly = contestants.Select(WarmUp).ToArray();
        var rounds = roughly.Max() > SlowCall ? RoundsOfSlowCalls : Rounds;
        foreach (var contestant in contestants) _seconds[contestant] = new double[rounds];
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < contestants.Count; i++)
            {
                // Whoever comes after another finds its data in the caches: they take turns.
                var turn = (i + round) % contestants.Count;
                _seconds[contestants[turn]][round] = contestants[turn].Seconds(Math.Max(1, (int)(SampleSeconds / roughly[turn])));
            }
    }

    /// <summary>The median time of a call.</summary>
    internal double Seconds(Contestant contestant) => Median(_seconds[contestant]);

    /// <summary>How many times as long the one takes as the other: the median of the rounds' ratios.</summary>
    internal double Ratio(Contestant one, Contestant other) => Median(_seconds[one].Zip(_seconds[other], (x, y) => x / y));

    /// <summary>Runs until the JIT has done its best; roughly the time of a call.</summary>
    private static double WarmUp(Contestant contestant)
    {
        var calls = 0;
        var clock = Stopwatch.StartNew();
        // The optimising JIT works in the background and needs thirty calls, then a moment, twice over.
        while (clock.Elapsed.TotalSeconds < WarmUpSeconds || (calls < 64 && clock.Elapsed.TotalSeconds < LongestWarmUp))
        {
            contestant.Call();
            calls++;
        }
        return contestant.Seconds(Math.Max(1, calls / 50));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
