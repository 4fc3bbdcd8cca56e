using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>A product's parameters on the device.</summary>
internal struct GemmProblem<T>
    where T : unmanaged
{
    public GemmShape Shape;
    public ArrayView<T> A, B, C;
    public int Accumulate;
}

/// <summary>Matrix products. The order in which the products of an element are added depends on K and the summed axes alone.</summary>
internal static class GemmKernels
{
    /// <summary>One element of C a thread.</summary>
    public static void Element<T>(Index1D i, GemmProblem<T> p)
        where T : unmanaged, INumber<T>
    {
        var s = p.Shape;
        var column = i % s.N;
        var rest = i / s.N;
        var row = rest % s.M;
        rest /= s.M;
        var i3 = rest % s.Outer3.Extent;
        rest /= s.Outer3.Extent;
        var i2 = rest % s.Outer2.Extent;
        rest /= s.Outer2.Extent;
        var i1 = rest % s.Outer1.Extent;
        var i0 = rest / s.Outer1.Extent;
        var atA = s.A.Offset + (row * s.A.Row) + (i0 * s.Outer0.A) + (i1 * s.Outer1.A) + (i2 * s.Outer2.A) + (i3 * s.Outer3.A);
        var atB = s.B.Offset + (column * s.B.Column) + (i0 * s.Outer0.B) + (i1 * s.Outer1.B) + (i2 * s.Outer2.B) + (i3 * s.Outer3.B);
        var atC = s.C.Offset + (row * s.C.Row) + (column * s.C.Column) + (i0 * s.Outer0.C) + (i1 * s.Outer1.C) + (i2 * s.Outer2.C) + (i3 * s.Outer3.C);
        var sum = T.Zero;
        for (long s0 = 0; s0 < s.Summed0.Extent; s0++)
        {
            for (long s1 = 0; s1 < s.Summed1.Extent; s1++)
            {
                for (long s2 = 0; s2 < s.Summed2.Extent; s2++)
                {
                    for (long s3 = 0; s3 < s.Summed3.Extent; s3++)
                    {
                        var a = atA + (s0 * s.Summed0.A) + (s1 * s.Summed1.A) + (s2 * s.Summed2.A) + (s3 * s.Summed3.A);
                        var b = atB + (s0 * s.Summed0.B) + (s1 * s.Summed1.B) + (s2 * s.Summed2.B) + (s3 * s.Summed3.B);
                        for (long k = 0; k < s.K; k++)
                        {
                            sum += p.A[a + (k * s.A.Column)] * p.B[b + (k * s.B.Row)];
                        }
                    }
                }
            }
        }
        p.C[atC] = p.Accumulate != 0 ? p.C[atC] + sum : sum;
    }
}

/// <content>Matrix products.</content>
public sealed partial class DeviceQueue
{
    /// <summary>C = A B, or C += A B, for every point of the shape's outer axes. C overlaps neither A nor B.</summary>
    public void Gemm<T>(in GemmShape shape, ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, bool accumulate) where T : unmanaged, INumber<T>
    {
        var problem = new GemmProblem<T> { Shape = shape, A = a, B = b, C = c, Accumulate = accumulate ? 1 : 0 };
        Launch(GemmKernels.Element, shape.Batch * shape.M * shape.N, problem);
    }
}
