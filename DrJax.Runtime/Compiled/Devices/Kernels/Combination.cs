using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>Fills, and combinations of two arrays element by element.</summary>
internal struct Combination<T>
    where T : unmanaged
{
    public ArrayView<T> Into, From;
    public T Value;
}

internal static class Combination
{
    public static T Neutral<T>(ReduceKind kind)
        where T : unmanaged, INumber<T>, IMinMaxValue<T> => kind switch
    {
        ReduceKind.Max => T.CreateSaturating(double.NegativeInfinity),
        ReduceKind.Min => T.CreateSaturating(double.PositiveInfinity),
        _ => T.Zero,
    };

    public static void Fill<T>(Index1D i, Combination<T> k)
        where T : unmanaged => k.Into[i] = k.Value;

    public static void Add<T>(Index1D i, Combination<T> k)
        where T : unmanaged, INumber<T> => k.Into[i] = k.Into[i] + k.From[i];

    // NaN in either gives NaN.
    public static void Max<T>(Index1D i, Combination<T> k)
        where T : unmanaged, INumber<T>
    {
        var (a, b) = (k.Into[i], k.From[i]);
        k.Into[i] = b > a || T.IsNaN(b) ? b : a;
    }

    public static void Min<T>(Index1D i, Combination<T> k)
        where T : unmanaged, INumber<T>
    {
        var (a, b) = (k.Into[i], k.From[i]);
        k.Into[i] = b < a || T.IsNaN(b) ? b : a;
    }
}

/// <content>Fills, copies and combinations.</content>
public sealed partial class DeviceQueue
{
    public void Fill<T>(ArrayView<T> view, T value) where T : unmanaged =>
        Launch(Combination.Fill, view.Length, new Combination<T> { Into = view, From = view, Value = value });

    internal void Combine<T>(ReduceKind kind, ArrayView<T> into, ArrayView<T> from) where T : unmanaged, INumber<T> => Launch(
        kind switch { ReduceKind.Max => Combination.Max<T>, ReduceKind.Min => Combination.Min<T>, _ => (Action<Index1D, Combination<T>>)Combination.Add<T> },
        into.Length, new Combination<T> { Into = into, From = from });
}
