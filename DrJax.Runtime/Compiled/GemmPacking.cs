using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>Copies of operands in the order in which the micro-kernels read them, and tiles back into strided results.</summary>
internal static unsafe class GemmPacking<T>
    where T : unmanaged
{
    /// <summary>
    /// destination[p * pitch + w] = source[w * across + p * along], for w below width and p below k. The destination has room for a vector
    /// beyond its last element; where pitch exceeds width, the rest of each row is zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel(T* source, nint across, nint along, nint width, nint pitch, nint k, T* destination)
    {
        if (across == 1)
        {
            Rows(source, along, width, pitch, k, destination);
            return;
        }

        if (pitch > width)
        {
            // The end of each row: what is of the source comes over it.
            for (nint p = 0; p < k; p++)
            {
                Vector512<T>.Zero.Store(destination + ((p + 1) * pitch) - Vector512<T>.Count);
            }
        }

        nint w = 0;
        if (along == 1 && Avx.IsSupported)
        {
            for (; w <= width - 4; w += 4)
            {
                Transposed(source + (w * across), across, pitch, k, destination + w);
            }
        }

        for (; w < width; w++)
        {
            var (from, to) = ((nint)(source + (w * across)), (nint)(destination + w));
            for (nint p = 0; p < k; p++)
            {
                *(T*)to = *(T*)from;
                from += along * sizeof(T);
                to += pitch * sizeof(T);
            }
        }
    }

    /// <summary>C = tile or C += tile, at any strides of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(T* tile, nint pitch, nint height, nint width, Strided<T> c, bool accumulate)
    {
        nint i = 0;
        for (; c.Row == 1 && Avx.IsSupported && i <= height - 4; i += 4)
        {
            nint j = 0;
            for (; j <= width - 4; j += 4)
            {
                Transpose4(tile + (i * pitch) + j, pitch, c.Start + i + (j * c.Col), c.Col, accumulate);
            }

            ScatterRest(tile, pitch, i, i + 4, j, width, c, accumulate);
        }

        ScatterRest(tile, pitch, i, height, 0, width, c, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ScatterRest(T* tile, nint pitch, nint top, nint bottom, nint left, nint right, Strided<T> c, bool accumulate)
    {
        for (var j = left; j < right; j++)
        {
            for (var i = top; i < bottom; i++)
            {
                GemmKernels<T>.Finish(c.Start + (i * c.Row) + (j * c.Col), tile[(i * pitch) + j], accumulate);
            }
        }
    }

    // Contiguous along the width: whole vectors, whose excess the next row overwrites.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows(T* source, nint along, nint width, nint pitch, nint k, T* destination)
    {
        var lanes = Vector512<T>.Count;
        for (nint p = 0; p < k; p++)
        {
            nint w = 0;
            for (; w <= width - lanes; w += lanes)
            {
                Vector512.Load(source + w).Store(destination + w);
            }

            if (w < width)
            {
                GemmKernels<T>.LoadPartial(source + w, width - w).Store(destination + w);
            }

            source += along;
            destination += pitch;
        }
    }

    // Four lines contiguous along k become four columns: 4 x 4 transposes in registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transposed(T* source, nint across, nint pitch, nint k, T* destination)
    {
        nint p = 0;
        for (; p <= k - 4; p += 4)
        {
            Transpose4(source + p, across, destination, pitch, false);
            destination += 4 * pitch;
        }

        for (; p < k; p++)
        {
            destination[0] = source[p];
            destination[1] = source[across + p];
            destination[2] = source[(2 * across) + p];
            destination[3] = source[(3 * across) + p];
            destination += pitch;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(T* source, nint across, T* destination, nint pitch, bool accumulate)
    {
        if (typeof(T) == typeof(double))
        {
            Transpose4((double*)source, across, (double*)destination, pitch, accumulate);
        }
        else
        {
            Transpose4((float*)source, across, (float*)destination, pitch, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(double* source, nint across, double* destination, nint pitch, bool accumulate)
    {
        var (r0, r1) = (Vector256.Load(source), Vector256.Load(source + across));
        var (r2, r3) = (Vector256.Load(source + (2 * across)), Vector256.Load(source + (3 * across)));
        var (t0, t1) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (t2, t3) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        Finish(destination, Avx.Permute2x128(t0, t2, 0x20), accumulate);
        Finish(destination + pitch, Avx.Permute2x128(t1, t3, 0x20), accumulate);
        Finish(destination + (2 * pitch), Avx.Permute2x128(t0, t2, 0x31), accumulate);
        Finish(destination + (3 * pitch), Avx.Permute2x128(t1, t3, 0x31), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* source, nint across, float* destination, nint pitch, bool accumulate)
    {
        var (r0, r1) = (Vector128.Load(source), Vector128.Load(source + across));
        var (r2, r3) = (Vector128.Load(source + (2 * across)), Vector128.Load(source + (3 * across)));
        var (t0, t1) = (Sse.UnpackLow(r0, r1), Sse.UnpackHigh(r0, r1));
        var (t2, t3) = (Sse.UnpackLow(r2, r3), Sse.UnpackHigh(r2, r3));
        Finish(destination, Sse.Shuffle(t0, t2, 0x44), accumulate);
        Finish(destination + pitch, Sse.Shuffle(t0, t2, 0xee), accumulate);
        Finish(destination + (2 * pitch), Sse.Shuffle(t1, t3, 0x44), accumulate);
        Finish(destination + (3 * pitch), Sse.Shuffle(t1, t3, 0xee), accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(double* destination, Vector256<double> value, bool accumulate) =>
        (accumulate ? Vector256.Load(destination) + value : value).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(float* destination, Vector128<float> value, bool accumulate) =>
        (accumulate ? Vector128.Load(destination) + value : value).Store(destination);
}
