using System.ComponentModel;

namespace DrJax.Compiled.Devices;

/// <summary>Where a matrix lies in its array, in elements.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GemmOperand(long Offset, long Row, long Column);

/// <summary>A loop around a product: its extent, and by how many elements a step moves the operands.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct GemmAxis(long Extent, long A, long B, long C = 0);

/// <summary>
/// C[m, n] (+)= sum over k of A[m, k] B[k, n], for every point of up to four outer axes; the products of up to four summed axes are added up.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct GemmShape
{
    internal long M, N, K;
    internal GemmOperand A, B, C;
    internal GemmAxis Outer0, Outer1, Outer2, Outer3;
    internal GemmAxis Summed0, Summed1, Summed2, Summed3;

    /// <param name="outer">Outermost first; C moves along all of them.</param>
    /// <param name="summed">Outermost first; the steps of C are not used.</param>
    public GemmShape(long m, long n, long k, GemmOperand a, GemmOperand b, GemmOperand c, ReadOnlySpan<GemmAxis> outer = default, ReadOnlySpan<GemmAxis> summed = default)
    {
        if (outer.Length > 4 || summed.Length > 4) throw new ArgumentException($"a product has at most 4 outer and 4 summed axes, got {outer.Length} and {summed.Length}");
        (M, N, K, A, B, C) = (m, n, k, a, b, c);
        (Outer0, Outer1, Outer2, Outer3) = (At(outer, 3), At(outer, 2), At(outer, 1), At(outer, 0));
        (Summed0, Summed1, Summed2, Summed3) = (At(summed, 3), At(summed, 2), At(summed, 1), At(summed, 0));
    }

    /// <summary>The number of matrices C.</summary>
    public readonly long Batch => Outer0.Extent * Outer1.Extent * Outer2.Extent * Outer3.Extent;

    internal readonly long Terms => Summed0.Extent * Summed1.Extent * Summed2.Extent * Summed3.Extent;

    // Axis 3 is the innermost; those that are missing have extent 1.
    private static GemmAxis At(ReadOnlySpan<GemmAxis> axes, int fromEnd) => fromEnd < axes.Length ? axes[axes.Length - 1 - fromEnd] : new(1, 0, 0);
}
