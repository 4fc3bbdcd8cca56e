using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

internal struct AddAtProblem<T>
    where T : unmanaged
{
    public ArrayView<T> Target, Values;

    /// <summary>Where each value goes, and the values' places in the order of that.</summary>
    public ArrayView<int> Keys, Order;

    /// <summary>What a piece has of a run that began before it, and of one that goes on after it.</summary>
    public ArrayView<T> Heads, Tails;
    public int Count, Width;

    public readonly int Key(int at) => Keys[Order[at]];

    public readonly bool Continues(int at) => at > 0 && at < Count && Key(at) == Key(at - 1);
}

/// <summary>
/// Additions of many values to few places, in an order that depends on nothing but the places: values that go to one place are a run of the sorted order, which is
/// summed in pieces, one a thread.
/// </summary>
internal static class AddAtKernels
{
    public const int Piece = 32;

    /// <summary>Runs inside a piece to the target; what hangs over to heads and tails.</summary>
    public static void Pieces<T>(Index1D i, AddAtProblem<T> p)
        where T : unmanaged, INumber<T>
    {
        int piece = i / p.Width, column = i % p.Width;
        int first = piece * Piece, end = first + Piece < p.Count ? first + Piece : p.Count;
        var isHead = p.Continues(first);
        var key = p.Key(first);
        var sum = T.Zero;
        for (var at = first; at < end; at++)
        {
            var next = p.Key(at);
            if (next != key)
            {
                if (isHead) p.Heads[i] = sum;
                else Add(p, key, column, sum);
                (key, sum, isHead) = (next, T.Zero, false);
            }
            sum += p.Values[((long)p.Order[at] * p.Width) + column];
        }
        if (isHead) p.Heads[i] = sum;
        else if (p.Continues(end)) p.Tails[i] = sum;
        else Add(p, key, column, sum);
    }

    /// <summary>A run that goes on after the piece in which it began: its tail there and the heads of those that follow.</summary>
    public static void Runs<T>(Index1D i, AddAtProblem<T> p)
        where T : unmanaged, INumber<T>
    {
        int piece = i / p.Width, column = i % p.Width;
        int first = piece * Piece, end = first + Piece;
        if (!p.Continues(end)) return;
        var key = p.Key(end);
        if (p.Continues(first) && p.Key(first) == key) return;
        var sum = p.Tails[i];
        for (var at = end; at < p.Count && p.Key(at) == key; at += Piece) sum += p.Heads[(at / Piece * p.Width) + column];
        Add(p, key, column, sum);
    }

    private static void Add<T>(AddAtProblem<T> p, int key, int column, T sum)
        where T : unmanaged, INumber<T>
    {
        if (key >= 0) p.Target[((long)key * p.Width) + column] += sum;
    }
}

/// <content>Scattered additions.</content>
public sealed partial class DeviceQueue
{
    // A thread that adds fewer values is done before they were sorted, and so many threads keep a device busy.
    private const long FewAdditions = 32;
    private const long ManyThreads = 4096;

    /// <summary>The fewest additions that are sorted. Tests lower it.</summary>
    internal static long LeastSorted { get; set; } = 256;

    /// <summary>
    /// Whether additions are sorted by where they go: where they are many for the threads that would make them in order. Sizes alone decide, so bits stay the same.
    /// </summary>
    /// <param name="threads">The threads, if they are not sorted.</param>
    /// <param name="points">The additions of all threads.</param>
    /// <param name="room">The elements of the target, whose numbers are ints.</param>
    public static bool Sorts(long threads, long points, long room) =>
        points >= LeastSorted && points <= int.MaxValue && room <= int.MaxValue && threads <= ManyThreads && (threads == 0 || points / threads >= Math.Min(FewAdditions, LeastSorted));

    /// <summary>
    /// <c>target[keys[i] * width + j] += values[i * width + j]</c> for all i and j &lt; width, in an order that depends on the keys alone. Negative keys are passed over.
    /// </summary>
    public void AddAt<T>(ArrayView<T> target, ArrayView<int> keys, ArrayView<T> values, int width = 1) where T : unmanaged, INumber<T>
    {
        var count = checked((int)keys.Length);
        if (count == 0 || width == 0) return;
        using var scope = Scope();
        var order = Take<int>(count);
        ArgSort(new MatrixShape(count, 1, new(0, 1, 0), new(0, 1, 0)), keys, order, descending: false);
        var points = (count + AddAtKernels.Piece - 1L) / AddAtKernels.Piece * width;
        var problem = new AddAtProblem<T>
        {
            Target = target, Values = values, Keys = keys, Order = order, Heads = Take<T>(points), Tails = Take<T>(points), Count = count, Width = width,
        };
        Launch(AddAtKernels.Pieces, points, problem);
        Launch(AddAtKernels.Runs, points, problem);
    }
}
