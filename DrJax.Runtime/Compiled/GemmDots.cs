using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>
/// One column of a product whose A is contiguous along k: rows are the only independent chains, so they become lanes, four steps of k at a time, by
/// transposes in registers.
/// </summary>
internal static unsafe class GemmDots<T>
    where T : unmanaged
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // Four vectors of rows at once hide the latency of their chains.
    private const nint Chains = 4;

    private static nint Lanes => Vector256<T>.Count;

    /// <summary>Rows at once: from so many on, two columns one by one are faster than as two lanes.</summary>
    public static nint Block => Chains * Lanes;

    /// <summary>C[i, 0] for as many rows as whole vectors cover: how many these are.</summary>
    [MethodImpl(Optimized)]
    public static nint Rows(nint m, nint k, Strided<T> a, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        if (!Avx.IsSupported)
        {
            return 0;
        }

        nint i = 0;
        for (; i <= m - Block; i += Block)
        {
            Four(k, a.Start + (i * a.Row), a.Row, b, bRow, c + (i * cRow), cRow, accumulate);
        }

        for (; i <= m - Lanes; i += Lanes)
        {
            One(k, a.Start + (i * a.Row), a.Row, b, bRow, c + (i * cRow), cRow, accumulate);
        }

        return i;
    }

    [MethodImpl(Optimized)]
    private static void Four(nint k, T* a, nint aRow, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default;
        var (a0, a1, a2, a3) = ((nint)a, (nint)(a + (Lanes * aRow)), (nint)(a + (2 * Lanes * aRow)), (nint)(a + (3 * Lanes * aRow)));
        for (; k >= 4; k -= 4)
        {
            var (y0, y1, y2, y3) = (Vector256.Create(*b), Vector256.Create(b[bRow]), Vector256.Create(b[2 * bRow]), Vector256.Create(b[3 * bRow]));
            s0 = Step((T*)a0, aRow, y0, y1, y2, y3, s0);
            s1 = Step((T*)a1, aRow, y0, y1, y2, y3, s1);
            s2 = Step((T*)a2, aRow, y0, y1, y2, y3, s2);
            s3 = Step((T*)a3, aRow, y0, y1, y2, y3, s3);
            b += 4 * bRow;
            a0 += 4 * sizeof(T);
            a1 += 4 * sizeof(T);
            a2 += 4 * sizeof(T);
            a3 += 4 * sizeof(T);
        }

        Finish(Rest(k, (T*)a0, aRow, b, bRow, s0), c, cRow, accumulate);
        Finish(Rest(k, (T*)a1, aRow, b, bRow, s1), c + (Lanes * cRow), cRow, accumulate);
        Finish(Rest(k, (T*)a2, aRow, b, bRow, s2), c + (2 * Lanes * cRow), cRow, accumulate);
        Finish(Rest(k, (T*)a3, aRow, b, bRow, s3), c + (3 * Lanes * cRow), cRow, accumulate);
    }

    [MethodImpl(Optimized)]
    private static void One(nint k, T* a, nint aRow, T* b, nint bRow, T* c, nint cRow, bool accumulate)
    {
        Vector256<T> sum = default;
        for (; k >= 4; k -= 4)
        {
            var (y0, y1, y2, y3) = (Vector256.Create(*b), Vector256.Create(b[bRow]), Vector256.Create(b[2 * bRow]), Vector256.Create(b[3 * bRow]));
            sum = Step(a, aRow, y0, y1, y2, y3, sum);
            b += 4 * bRow;
            a += 4;
        }

        Finish(Rest(k, a, aRow, b, bRow, sum), c, cRow, accumulate);
    }

    // Four steps of k, in their order: 4 rows of double or 8 of float, of which 4 columns become vectors.
    [MethodImpl(Inline)]
    private static Vector256<T> Step(T* a, nint row, Vector256<T> y0, Vector256<T> y1, Vector256<T> y2, Vector256<T> y3, Vector256<T> sum)
    {
        if (typeof(T) == typeof(double))
        {
            var r0 = (double*)a;
            var r2 = r0 + (2 * row);
            var t0 = Vector256.Create(Vector128.Load(r0), Vector128.Load(r2));
            var t1 = Vector256.Create(Vector128.Load(r0 + row), Vector128.Load(r2 + row));
            var t2 = Vector256.Create(Vector128.Load(r0 + 2), Vector128.Load(r2 + 2));
            var t3 = Vector256.Create(Vector128.Load(r0 + row + 2), Vector128.Load(r2 + row + 2));
            var s = Vector256.FusedMultiplyAdd(Avx.UnpackLow(t0, t1), y0.AsDouble(), sum.AsDouble());
            s = Vector256.FusedMultiplyAdd(Avx.UnpackHigh(t0, t1), y1.AsDouble(), s);
            s = Vector256.FusedMultiplyAdd(Avx.UnpackLow(t2, t3), y2.AsDouble(), s);
            return Vector256.FusedMultiplyAdd(Avx.UnpackHigh(t2, t3), y3.AsDouble(), s).As<double, T>();
        }
        else
        {
            var r0 = (float*)a;
            var r4 = r0 + (4 * row);
            var (row2, row3) = (2 * row, 3 * row);
            var t0 = Vector256.Create(Vector128.Load(r0), Vector128.Load(r4));
            var t1 = Vector256.Create(Vector128.Load(r0 + row), Vector128.Load(r4 + row));
            var t2 = Vector256.Create(Vector128.Load(r0 + row2), Vector128.Load(r4 + row2));
            var t3 = Vector256.Create(Vector128.Load(r0 + row3), Vector128.Load(r4 + row3));
            var (u0, u1) = (Avx.UnpackLow(t0, t1), Avx.UnpackHigh(t0, t1));
            var (u2, u3) = (Avx.UnpackLow(t2, t3), Avx.UnpackHigh(t2, t3));
            var s = Vector256.FusedMultiplyAdd(Avx.Shuffle(u0, u2, 0x44), y0.AsSingle(), sum.AsSingle());
            s = Vector256.FusedMultiplyAdd(Avx.Shuffle(u0, u2, 0xee), y1.AsSingle(), s);
            s = Vector256.FusedMultiplyAdd(Avx.Shuffle(u1, u3, 0x44), y2.AsSingle(), s);
            return Vector256.FusedMultiplyAdd(Avx.Shuffle(u1, u3, 0xee), y3.AsSingle(), s).As<float, T>();
        }
    }

    // The last one to three steps.
    [MethodImpl(Inline)]
    private static Vector256<T> Rest(nint k, T* a, nint row, T* b, nint bRow, Vector256<T> sum)
    {
        for (; k > 0; k--)
        {
            if (typeof(T) == typeof(double))
            {
                var x = (double*)a;
                var column = Vector256.Create(x[0], x[row], x[2 * row], x[3 * row]);
                sum = Vector256.FusedMultiplyAdd(column, Vector256.Create(*(double*)b), sum.AsDouble()).As<double, T>();
            }
            else
            {
                var x = (float*)a;
                var column = Vector256.Create(x[0], x[row], x[2 * row], x[3 * row], x[4 * row], x[5 * row], x[6 * row], x[7 * row]);
                sum = Vector256.FusedMultiplyAdd(column, Vector256.Create(*(float*)b), sum.AsSingle()).As<float, T>();
            }

            a++;
            b += bRow;
        }

        return sum;
    }

    [MethodImpl(Inline)]
    private static void Finish(Vector256<T> sum, T* c, nint cRow, bool accumulate)
    {
        for (var i = 0; i < Vector256<T>.Count; i++)
        {
            GemmKernels<T>.Finish(c + (i * cRow), sum[i], accumulate);
        }
    }
}
