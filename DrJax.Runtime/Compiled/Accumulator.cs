using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>Folds one accumulator into another, element by element: what the inner nodes of a stage's tree do.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Accumulator
{
    public static void Add(double* into, double* from, nint count) => Fold<double, Sum>(into, from, count);

    public static void Add(float* into, float* from, nint count) => Fold<float, Sum>(into, from, count);

    public static void Add(int* into, int* from, nint count) => Fold<int, Sum>(into, from, count);

    /// <summary>The larger of each pair; NaN in either gives NaN.</summary>
    public static void Max(double* into, double* from, nint count) => Fold<double, Largest>(into, from, count);

    /// <inheritdoc cref="Max(double*, double*, nint)"/>
    public static void Max(float* into, float* from, nint count) => Fold<float, Largest>(into, from, count);

    public static void Max(int* into, int* from, nint count) => Fold<int, Largest>(into, from, count);

    /// <summary>The smaller of each pair; NaN in either gives NaN.</summary>
    public static void Min(double* into, double* from, nint count) => Fold<double, Smallest>(into, from, count);

    /// <inheritdoc cref="Min(double*, double*, nint)"/>
    public static void Min(float* into, float* from, nint count) => Fold<float, Smallest>(into, from, count);

    public static void Min(int* into, int* from, nint count) => Fold<int, Smallest>(into, from, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fold<T, TOperation>(T* into, T* from, nint count)
        where T : unmanaged
        where TOperation : struct
    {
        nint i = 0;
        for (; i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Apply<T, TOperation>(Vector512.Load(into + i), Vector512.Load(from + i)).Store(into + i);
        }

        // A lane of a vector: arithmetic of T would have the JIT load all that numbers implement.
        for (; i < count; i++)
        {
            into[i] = Apply<T, TOperation>(Vector512.CreateScalarUnsafe(into[i]), Vector512.CreateScalarUnsafe(from[i])).ToScalar();
        }
    }

    // By the type, not by an interface: to find an interface's method, the JIT loads all that vectors implement.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Apply<T, TOperation>(Vector512<T> x, Vector512<T> y) =>
        typeof(TOperation) == typeof(Sum) ? x + y : typeof(TOperation) == typeof(Largest) ? Vector512.Max(x, y) : Vector512.Min(x, y);

    private readonly struct Sum;

    private readonly struct Largest;

    private readonly struct Smallest;
}
