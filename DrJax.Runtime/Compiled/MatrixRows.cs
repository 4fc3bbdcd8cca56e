using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>What the functions of matrices are made of: operations on contiguous rows, by vectors, each element one chain in a fixed order.</summary>
internal static unsafe class MatrixRows<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows that are worked on one by one; what lies before them is taken off by a product of matrices.</summary>
    public const nint Block = 64;

    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    private static nint Lanes => Vector512<T>.Count;

    /// <summary>y[c] -= sum over s of f[s] X[s, c], one term after the other; s below <paramref name="steps"/>, c below <paramref name="count"/>.</summary>
    [MethodImpl(Optimized)]
    public static void SubtractRows(T* y, nint count, T* f, nint fStride, T* x, nint xRow, nint steps)
    {
        nint c = 0;
        for (; c <= count - (4 * Lanes); c += 4 * Lanes)
        {
            var p = y + c;
            var (y0, y1) = (Vector512.Load(p), Vector512.Load(p + Lanes));
            var (y2, y3) = (Vector512.Load(p + (2 * Lanes)), Vector512.Load(p + (3 * Lanes)));
            for (nint s = 0; s < steps; s++)
            {
                var factor = Vector512.Create(f[s * fStride]);
                var q = x + (s * xRow) + c;
                y0 -= factor * Vector512.Load(q);
                y1 -= factor * Vector512.Load(q + Lanes);
                y2 -= factor * Vector512.Load(q + (2 * Lanes));
                y3 -= factor * Vector512.Load(q + (3 * Lanes));
            }

            Vector512.Store(y0, p);
            Vector512.Store(y1, p + Lanes);
            Vector512.Store(y2, p + (2 * Lanes));
            Vector512.Store(y3, p + (3 * Lanes));
        }

        for (; c <= count - Lanes; c += Lanes)
        {
            var sum = Vector512.Load(y + c);
            for (nint s = 0; s < steps; s++)
            {
                sum -= Vector512.Create(f[s * fStride]) * Vector512.Load(x + (s * xRow) + c);
            }

            Vector512.Store(sum, y + c);
        }

        for (; c < count; c++)
        {
            var sum = y[c];
            for (nint s = 0; s < steps; s++)
            {
                sum -= f[s * fStride] * x[(s * xRow) + c];
            }

            y[c] = sum;
        }
    }

    /// <summary>The sum of products, lanes apart and then together.</summary>
    [MethodImpl(Optimized)]
    public static T Dot(T* x, T* y, nint count)
    {
        nint i = 0;
        var total = T.Zero;
        if (count >= Lanes)
        {
            var (even, odd) = (Vector512<T>.Zero, Vector512<T>.Zero);
            for (; i <= count - (2 * Lanes); i += 2 * Lanes)
            {
                even += Vector512.Load(x + i) * Vector512.Load(y + i);
                odd += Vector512.Load(x + i + Lanes) * Vector512.Load(y + i + Lanes);
            }

            for (; i <= count - Lanes; i += Lanes)
            {
                even += Vector512.Load(x + i) * Vector512.Load(y + i);
            }

            even += odd;
            for (var lane = 0; lane < Lanes; lane++)
            {
                total += even[lane];
            }
        }

        for (; i < count; i++)
        {
            total += x[i] * y[i];
        }

        return total;
    }

    [MethodImpl(Optimized)]
    public static void Subtract(T* y, T* x, nint count)
    {
        nint i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            Vector512.Store(Vector512.Load(y + i) - Vector512.Load(x + i), y + i);
        }

        for (; i < count; i++)
        {
            y[i] -= x[i];
        }
    }

    [MethodImpl(Optimized)]
    public static void Divide(T* y, T divisor, nint count)
    {
        nint i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            Vector512.Store(Vector512.Load(y + i) / Vector512.Create(divisor), y + i);
        }

        for (; i < count; i++)
        {
            y[i] /= divisor;
        }
    }

    /// <summary>Y -= A B for contiguous rows of Y; A and B may be parts of the matrix that Y is in, apart from Y.</summary>
    public static void SubtractProduct(nint m, nint n, nint k, Strided<T> a, Strided<T> b, T* y, nint yRow)
    {
        if (m <= 0 || n <= 0 || k <= 0)
        {
            return;
        }

        var mark = Arena.Mark();
        var product = Arena.Rent<T>(m * n);
        GemmPaths<T>.Multiply(m, n, k, a, b, new(product, n, 1), accumulate: false);
        for (nint i = 0; i < m; i++)
        {
            Subtract(y + (i * yRow), product + (i * n), n);
        }

        Arena.Release(mark);
    }

    public static void Copy(nint rows, nint columns, Strided<T> from, Strided<T> to)
    {
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = 0; j < columns; j++)
            {
                to.Start[(i * to.Row) + (j * to.Col)] = from.Start[(i * from.Row) + (j * from.Col)];
            }
        }
    }
}
