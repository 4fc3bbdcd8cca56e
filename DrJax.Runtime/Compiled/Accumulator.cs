using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>
/// Folds one accumulator into another, element by element: what the inner nodes of a stage's tree do. The project builds the same text for float and int:
/// the JIT takes three times as long for vectors of a type parameter.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Accumulator
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(double* into, double* from, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            Vector512.Store(Vector512.Load(into + i) + Vector512.Load(from + i), into + i);
        }

        for (; i < count; i++)
        {
            into[i] += from[i];
        }
    }

    /// <summary>The larger of each pair; NaN in either gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max(double* into, double* from, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            Vector512.Store(Vector512.Max(Vector512.Load(into + i), Vector512.Load(from + i)), into + i);
        }

        for (; i < count; i++)
        {
            into[i] = Math.Max(into[i], from[i]);
        }
    }

    /// <summary>The smaller of each pair; NaN in either gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Min(double* into, double* from, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            Vector512.Store(Vector512.Min(Vector512.Load(into + i), Vector512.Load(from + i)), into + i);
        }

        for (; i < count; i++)
        {
            into[i] = Math.Min(into[i], from[i]);
        }
    }
}
