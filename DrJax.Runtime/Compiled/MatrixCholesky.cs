using System.Numerics;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>Cholesky factors, computed as the rows of U = Lᵀ.</summary>
internal static unsafe class MatrixCholesky<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Optimized)]
    public static void Factor(nint n, Strided<T> a, Strided<T> l)
    {
        if (n > 0 && (l.Col == 1 || l.Row == 1 || n == 1))
        {
            // U's rows where they may be contiguous: L's columns, or (to be turned over in the end) its rows.
            var ok = Rows(n, a, l.Start, l.Col == 1 ? l.Row : l.Col);
            Finish(n, new(l.Start, l.Col == 1 ? l.Row : l.Col, 1), l, ok);
            return;
        }

        var mark = Arena.Mark();
        var u = Arena.Rent<T>(n * n);
        Finish(n, new(u, n, 1), l, Rows(n, a, u, n));
        Arena.Release(mark);
    }

    /// <summary>The upper triangle U; false if there is none.</summary>
    [MethodImpl(Optimized)]
    private static bool Rows(nint n, Strided<T> a, T* u, nint row)
    {
        var half = T.CreateChecked(0.5);
        for (nint i = 0; i < n; i++)
        {
            for (var j = i; j < n; j++)
            {
                u[(i * row) + j] = half * (a.Start[(i * a.Row) + (j * a.Col)] + a.Start[(j * a.Row) + (i * a.Col)]);
            }
        }

        for (nint first = 0; first < n; first += MatrixRows<T>.Block)
        {
            var end = Math.Min(n, first + MatrixRows<T>.Block);
            MatrixRows<T>.SubtractProduct(end - first, n - first, first, new(u + first, 1, row), new(u + first, row, 1), u + (first * row) + first, row);
            for (var j = first; j < end; j++)
            {
                var pivot = u + (j * row) + j;
                var above = u + (first * row) + j;
                MatrixRows<T>.SubtractRows(pivot, n - j, above, row, above, row, j - first);
                if (!(*pivot > T.Zero))
                {
                    return false;
                }

                *pivot = T.Sqrt(*pivot);
                MatrixRows<T>.Divide(pivot + 1, *pivot, n - j - 1);
            }
        }

        return true;
    }

    /// <summary>L from U, which may be the same memory in either layout.</summary>
    [MethodImpl(Optimized)]
    private static void Finish(nint n, Strided<T> u, Strided<T> l, bool ok)
    {
        for (nint i = 0; i < n; i++)
        {
            for (nint j = 0; j < i; j++)
            {
                var value = ok ? u.Start[(j * u.Row) + i] : T.NaN;
                l.Start[(j * l.Row) + (i * l.Col)] = T.Zero;
                l.Start[(i * l.Row) + (j * l.Col)] = value;
            }

            l.Start[i * (l.Row + l.Col)] = ok ? u.Start[(i * u.Row) + i] : T.NaN;
        }
    }
}
