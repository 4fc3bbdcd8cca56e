using System.ComponentModel;

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
/// Runs a map stage over groups. Sums follow one tree: [lo, hi) splits at lo + (hi - lo) / 2 until at most leafGroups are left, so the bits of
/// the result depend on groups and leafGroups alone, never on the number of threads or on who ran what.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class StageEngine
{
    /// <summary>The reduction over [0, groups), into <paramref name="result"/> (accumulatorBytes long, 64-byte aligned if the stage needs it).</summary>
    /// <param name="leafGroups">The most groups that one leaf runs, at least 1.</param>
    /// <exception cref="Exception">What the leaf with the lowest groups among those that failed has thrown.</exception>
    public static void Run<T>(ref T stage, nint groups, nint leafGroups, nint accumulatorBytes, byte* result)
        where T : struct, IStage
    {
        if (groups <= leafGroups)
        {
            stage.Clear(result);
            if (groups > 0)
            {
                stage.Leaf(0, groups, result);
            }

            return;
        }

        RunSubtree(ref stage, 0, groups, leafGroups, accumulatorBytes, result);
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

        var middle = lo + ((hi - lo) / 2);
        RunSubtree(ref stage, lo, middle, leafGroups, accumulatorBytes, accumulator);
        var mark = Arena.Mark();
        var right = Arena.Rent(accumulatorBytes);
        RunSubtree(ref stage, middle, hi, leafGroups, accumulatorBytes, right);
        stage.Combine(accumulator, right);
        Arena.Release(mark);
    }
}
