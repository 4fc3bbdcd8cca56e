using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

[CollectionDefinition(nameof(WorkerCount), DisableParallelization = true)]
public sealed class WorkerCount;

/// <summary>These tests set the number of threads, so they run alone.</summary>
[Collection(nameof(WorkerCount))]
public sealed unsafe class StageEngineTests : IDisposable
{
    private const int Width = 37;
    private const nint Bytes = Width * sizeof(double);

    private readonly int _degree = Parallelism.MaxDegree;

    public void Dispose() => Parallelism.MaxDegree = _degree;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(17, 4)]
    [InlineData(1000, 1)]
    [InlineData(999, 16)]
    [InlineData(40_000, 256)]
    public void Any_number_of_workers_gives_the_bits_of_the_halving_tree(int groups, int leafGroups)
    {
        var expected = Tree(0, groups, leafGroups);
        foreach (var workers in new[] { 1, 2, 3, 7 })
        {
            Parallelism.MaxDegree = workers;
            for (var repeat = 0; repeat < 20; repeat++)
            {
                Assert.Equal(expected, Sums(groups, leafGroups));
            }
        }
    }

    [Fact]
    public void Every_group_runs_once_and_leaves_hold_their_groups()
    {
        Parallelism.MaxDegree = 4;
        var runs = new int[5003];
        fixed (int* p = runs)
        {
            var stage = new CountingStage { Runs = p, LeafGroups = 10 };
            var total = 0L;
            for (var repeat = 1; repeat <= 50; repeat++)
            {
                StageEngine.Run(ref stage, runs.Length, 10, sizeof(long), (byte*)&total);
                Assert.Equal(runs.Length, total);
                Assert.All(runs, count => Assert.Equal(repeat, count));
            }
        }
    }

    [Fact]
    public void No_groups_clear_the_result()
    {
        var result = 5.0;
        var stage = default(CountingStage);
        StageEngine.Run(ref stage, 0, 8, sizeof(long), (byte*)&result);
        Assert.Equal(0, result);
    }

    [Fact]
    public void A_run_inside_a_leaf_gives_the_same_bits()
    {
        Parallelism.MaxDegree = 4;
        var inner = Tree(0, 600, 8);
        var result = new double[Width];
        fixed (double* p = result)
        {
            var stage = default(NestedStage);
            StageEngine.Run(ref stage, 64, 1, Bytes, (byte*)p);
        }

        // 64 equal summands: doublings, exact.
        Assert.Equal(inner.Select(x => 64 * x), result);
    }

    [Fact]
    public void Threads_begin_where_their_shares_of_the_groups_do()
    {
        Parallelism.MaxDegree = 2;
        const int Large = 64 << 10; // Of so large an accumulator there are two tasks a thread.
        var result = stackalloc byte[Large];
        var starts = stackalloc nint[2];
        var arrived = 0;
        var stage = new MeetingStage { Starts = starts, Arrived = &arrived };
        StageEngine.Run(ref stage, 64, 16, Large, result);
        Assert.Equal((0, 32), (Math.Min(starts[0], starts[1]), Math.Max(starts[0], starts[1])));
    }

    [Fact]
    public void Runs_from_several_threads_at_once_give_the_same_bits()
    {
        Parallelism.MaxDegree = 4;
        var expected = Tree(0, 3000, 16);
        var wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                if (!Sums(3000, 16).AsSpan().SequenceEqual(expected))
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => Assert.True(t.Join(TimeSpan.FromMinutes(1))));
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_failing_leaf_reaches_the_caller_and_the_next_run_is_sound(int workers)
    {
        Parallelism.MaxDegree = workers;
        var mark = Arena.Rent(0);
        for (var i = 0; i < 50; i++)
        {
            var e = Assert.Throws<InvalidOperationException>(() =>
            {
                var stage = new FailingStage { First = 700 };
                long result;
                StageEngine.Run(ref stage, 2000, 10, sizeof(long), (byte*)&result);
            });
            Assert.Equal("group 700", e.Message);
            Assert.Equal(Tree(0, 999, 16), Sums(999, 16));
        }

        Assert.True(mark == Arena.Rent(0), "a failed run must give its scratch back");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_steady_run_allocates_nothing(int workers)
    {
        Parallelism.MaxDegree = workers;
        var result = stackalloc double[Width];
        var stage = default(SumStage);
        for (var i = 0; i < 20; i++)
        {
            StageEngine.Run(ref stage, 5000, 16, Bytes, (byte*)result);
        }

        Assert.Equal(0, Allocation.Bytes(() => StageEngine.Run(ref stage, 5000, 16, Bytes, (byte*)result)));
    }

    private static double[] Sums(nint groups, nint leafGroups)
    {
        var result = new double[Width];
        fixed (double* p = result)
        {
            var stage = default(SumStage);
            StageEngine.Run(ref stage, groups, leafGroups, Bytes, (byte*)p);
        }

        return result;
    }

    // The definition, written plainly.
    private static double[] Tree(nint lo, nint hi, nint leafGroups)
    {
        var sum = new double[Width];
        if (hi - lo <= leafGroups)
        {
            for (var g = lo; g < hi; g++)
            {
                for (var i = 0; i < Width; i++)
                {
                    sum[i] += Value(g, i);
                }
            }

            return sum;
        }

        var half = (hi - lo) / 2;
        var middle = lo + (half < 16 ? half : (half + 8) / 16 * 16);
        return [.. Tree(lo, middle, leafGroups).Zip(Tree(middle, hi, leafGroups), (x, y) => x + y)];
    }

    // Magnitudes far apart: another order gives other bits.
    private static double Value(nint group, int i) => Math.Sin((group * 31.7) + i) * (group % 7 == 0 ? 1e8 : 1);

    private struct SumStage : IStage
    {
        public readonly void Leaf(nint lo, nint hi, byte* accumulator)
        {
            for (var g = lo; g < hi; g++)
            {
                for (var i = 0; i < Width; i++)
                {
                    ((double*)accumulator)[i] += Value(g, i);
                }
            }
        }

        public readonly void Combine(byte* into, byte* from) => Accumulator.Add((double*)into, (double*)from, Width);

        public readonly void Clear(byte* accumulator) => new Span<byte>(accumulator, (int)Bytes).Clear();
    }

    private struct NestedStage : IStage
    {
        public readonly void Leaf(nint lo, nint hi, byte* accumulator)
        {
            var mark = Arena.Mark();
            var inner = Arena.Rent(Bytes);
            var stage = default(SumStage);
            StageEngine.Run(ref stage, 600, 8, Bytes, inner);
            Accumulator.Add((double*)accumulator, (double*)inner, Width);
            Arena.Release(mark);
        }

        public readonly void Combine(byte* into, byte* from) => Accumulator.Add((double*)into, (double*)from, Width);

        public readonly void Clear(byte* accumulator) => new Span<byte>(accumulator, (int)Bytes).Clear();
    }

    /// <summary>The first leaves of two threads, which wait for each other.</summary>
    private struct MeetingStage : IStage
    {
        public nint* Starts;
        public int* Arrived;

        public readonly void Leaf(nint lo, nint hi, byte* accumulator)
        {
            var place = Interlocked.Increment(ref *Arrived) - 1;
            if (place > 1)
            {
                return;
            }

            Starts[place] = lo;
            for (var patience = 0; Volatile.Read(ref *Arrived) < 2 && patience < 10_000; patience++)
            {
                Thread.Sleep(1);
            }
        }

        public readonly void Combine(byte* into, byte* from)
        {
        }

        public readonly void Clear(byte* accumulator)
        {
        }
    }

    private struct CountingStage : IStage
    {
        public int* Runs;
        public nint LeafGroups;

        public readonly void Leaf(nint lo, nint hi, byte* accumulator)
        {
            Assert.InRange(hi - lo, 1, LeafGroups);
            for (var g = lo; g < hi; g++)
            {
                Interlocked.Increment(ref Runs[g]);
            }

            *(long*)accumulator += hi - lo;
        }

        public readonly void Combine(byte* into, byte* from) => *(long*)into += *(long*)from;

        public readonly void Clear(byte* accumulator) => *(long*)accumulator = 0;
    }

    private struct FailingStage : IStage
    {
        public nint First;

        public readonly void Leaf(nint lo, nint hi, byte* accumulator)
        {
            Arena.Rent(1000);
            if (hi > First)
            {
                throw new InvalidOperationException($"group {Math.Max(lo, First)}");
            }

            Thread.SpinWait(50);
        }

        public readonly void Combine(byte* into, byte* from)
        {
        }

        public readonly void Clear(byte* accumulator)
        {
        }
    }
}
