using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>
/// What a map stage does with groups and with accumulators. The methods run on several threads at once, on the same struct: they read it, and
/// write to the accumulator and to output rows of their own groups only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface IStage
{
    /// <summary>Runs groups lo to hi - 1 in order and adds what they reduce to the accumulator (cleared before).</summary>
    void Leaf(nint lo, nint hi, byte* accumulator);

    /// <summary>Folds the right half's accumulator into the left half's.</summary>
    void Combine(byte* into, byte* from);

    /// <summary>Writes the reduction of no groups.</summary>
    void Clear(byte* accumulator);
}

/// <summary>
/// Runs a map stage over groups. Sums follow one tree: [lo, hi) splits at half (<see cref="StagePlan.Middle"/>) until at most leafGroups are left, so the bits of
/// the result depend on groups and leafGroups alone, never on the number of threads or on who ran what.
/// </summary>
/// <remarks>
/// Memory is one accumulator per task (two to four tasks per thread, more where accumulators are small) and one per level of the tree below a task and thread in flight, all from
/// arenas. A run inside a leaf, or while another thread's run holds the workers, stays on its own thread.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class StageEngine
{
    // Waking workers costs microseconds: a run whose predecessor of the same stage promises less stays on its thread.
    private const double WorthSharingSeconds = 15e-6;

    // Every task has an accumulator: many tasks where that is little memory.
    private const int ManyTasks = 8;
    private const int FewTasks = 2;
    private const nint SmallAccumulator = 32 << 10;

    /// <summary>The reduction over [0, groups), into <paramref name="result"/> (accumulatorBytes long).</summary>
    /// <param name="leafGroups">The most groups that one leaf runs, at least 1.</param>
    /// <exception cref="Exception">What the first failing leaf, in the order of groups, has thrown.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<T>(ref T stage, nint groups, nint leafGroups, nint accumulatorBytes, byte* result)
        where T : struct, IStage
    {
        if (groups > leafGroups)
        {
            RunTree(ref stage, groups, leafGroups, accumulatorBytes, result);
            return;
        }

        stage.Clear(result);
        if (groups > 0)
        {
            stage.Leaf(0, groups, result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTree<T>(ref T stage, nint groups, nint leafGroups, nint accumulatorBytes, byte* result)
        where T : struct, IStage
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leafGroups, 1);
        var threads = Parallelism.MaxDegree;
        var share = threads > 1 && Cost<T>.SecondsPerGroup * groups >= WorthSharingSeconds && WorkerPool.TryEnter();
        var mark = Arena.Mark();
        try
        {
            if (share)
            {
                RunShared(ref stage, groups, leafGroups, accumulatorBytes, result, threads);
            }
            else
            {
                RunTimed(ref stage, 0, groups, leafGroups, accumulatorBytes, result);
            }
        }
        finally
        {
            // Also what a failed leaf has left rented.
            Arena.Release(mark);
            if (share)
            {
                WorkerPool.Leave();
            }
        }
    }

    private static void RunShared<T>(ref T stage, nint groups, nint leafGroups, nint accumulatorBytes, byte* result, int threads)
        where T : struct, IStage
    {
        // The tree's top levels become tasks: several per thread, so that a thread that falls behind delays little.
        var depth = 0;
        var wanted = threads * (accumulatorBytes <= SmallAccumulator ? ManyTasks : FewTasks);
        while (1 << depth < wanted && groups >> depth > leafGroups && depth < StageJob.MaxDepth)
        {
            depth++;
        }

        var tasks = 1 << depth;
        var pitch = (accumulatorBytes + 63) & -64;
        var children = Arena.Rent<int>(tasks);
        new Span<int>(children, tasks).Clear();

        // The stage may hold references or lie in an object: pinned, it has one address for all threads.
        fixed (byte* address = &Unsafe.As<T, byte>(ref stage))
        {
            var job = new StageJob
            {
                Stage = address,
                Groups = groups,
                LeafGroups = leafGroups,
                AccumulatorBytes = accumulatorBytes,
                Result = result,
                Others = Arena.Rent(pitch * (tasks - 1)),
                Pitch = pitch,
                Depth = depth,
                Finished = children,
            };
            WorkerPool.Run(&RunTask<T>, &job, tasks, threads);
        }
    }

    // A task runs its subtree; whoever finishes the second child of a node combines the two, in the tree's order.
    private static void RunTask<T>(StageJob* job, int task)
        where T : struct, IStage
    {
        ref var stage = ref Unsafe.AsRef<T>(job->Stage);
        if (job->TryRange(task, out var lo, out var hi))
        {
            RunTimed(ref stage, lo, hi, job->LeafGroups, job->AccumulatorBytes, job->Accumulator(task));
        }

        for (var level = job->Depth; level > 0; level--)
        {
            var node = ((1 << level) | (task >> (job->Depth - level))) >> 1;
            if (Interlocked.Increment(ref job->Finished[node]) == 1)
            {
                return;
            }

            var left = (node << (job->Depth - level + 1)) & ((1 << job->Depth) - 1);
            var right = left | (1 << (job->Depth - level));
            if (job->TryRange(right, out _, out _))
            {
                stage.Combine(job->Accumulator(left), job->Accumulator(right));
            }
        }
    }

    private static void RunTimed<T>(ref T stage, nint lo, nint hi, nint leafGroups, nint accumulatorBytes, byte* accumulator)
        where T : struct, IStage
    {
        var start = Stopwatch.GetTimestamp();
        RunSubtree(ref stage, lo, hi, leafGroups, accumulatorBytes, accumulator);
        Cost<T>.SecondsPerGroup = Stopwatch.GetElapsedTime(start).TotalSeconds / (hi - lo);
    }

    private static void RunSubtree<T>(ref T stage, nint lo, nint hi, nint leafGroups, nint accumulatorBytes, byte* accumulator)
        where T : struct, IStage
    {
        if (hi - lo <= leafGroups)
        {
            stage.Clear(accumulator);
            stage.Leaf(lo, hi, accumulator);
            return;
        }

        var middle = StagePlan.Middle(lo, hi);
        RunSubtree(ref stage, lo, middle, leafGroups, accumulatorBytes, accumulator);
        var mark = Arena.Mark();
        var right = Arena.Rent(accumulatorBytes);
        RunSubtree(ref stage, middle, hi, leafGroups, accumulatorBytes, right);
        stage.Combine(accumulator, right);
        Arena.Release(mark);
    }

    /// <summary>How long a group of this stage took last: a hint for sharing, on which no bit depends.</summary>
    private static class Cost<T>
    {
        public static double SecondsPerGroup = double.PositiveInfinity;
    }
}

/// <summary>One run of a stage, on the caller's stack; workers see it only while they hold one of its tasks.</summary>
internal unsafe struct StageJob
{
    public const int MaxDepth = 12;

    public byte* Stage;
    public nint Groups;
    public nint LeafGroups;
    public nint AccumulatorBytes;
    public byte* Result;
    public byte* Others;
    public nint Pitch;
    public int Depth;

    // Finished children by node; the root is node 1, the children of i are 2i and 2i + 1.
    public int* Finished;

    /// <summary>Task 0 accumulates in the result itself: it is the left end of every node above it.</summary>
    public readonly byte* Accumulator(int task) => task == 0 ? Result : Others + ((task - 1) * Pitch);

    /// <summary>
    /// The groups of a task: its bits, from the highest, say left or right from the root down. Where a leaf lies higher than the tasks, the
    /// leftmost task below it has the leaf and the others have nothing.
    /// </summary>
    public readonly bool TryRange(int task, out nint lo, out nint hi)
    {
        (lo, hi) = (0, Groups);
        for (var bit = Depth - 1; bit >= 0; bit--)
        {
            if (hi - lo <= LeafGroups)
            {
                return (task & ((2 << bit) - 1)) == 0;
            }

            var middle = StagePlan.Middle(lo, hi);
            if (((task >> bit) & 1) == 0)
            {
                hi = middle;
            }
            else
            {
                lo = middle;
            }
        }

        return true;
    }
}
