using System.Numerics;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>Gaussian elimination with partial pivoting, and what its factors give.</summary>
internal static unsafe class MatrixLu<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Optimized)]
    public static void Factor(nint n, Strided<T> a, Strided<T> lu)
    {
        var order = lu.From(n, 0);
        for (nint i = 0; i < n; i++)
        {
            order.Start[i * lu.Col] = T.CreateChecked(i);
        }

        if (lu.Col == 1)
        {
            MatrixRows<T>.Copy(n, n, a, lu);
            InPlace(n, lu.Start, lu.Row, order);
            return;
        }

        var mark = Arena.Mark();
        var work = new Strided<T>(Arena.Rent<T>(n * n), n, 1);
        MatrixRows<T>.Copy(n, n, a, work);
        InPlace(n, work.Start, n, order);
        MatrixRows<T>.Copy(n, n, work, lu);
        Arena.Release(mark);
    }

    [MethodImpl(Optimized)]
    private static void InPlace(nint n, T* a, nint row, Strided<T> order)
    {
        for (nint first = 0; first < n; first += MatrixRows<T>.Block)
        {
            var end = Math.Min(n, first + MatrixRows<T>.Block);
            Panel(n, first, end, a, row, order);
            // The rows of U beside the panel, then what lies below them.
            var right = a + (first * row) + end;
            MatrixTriangle<T>.InPlace(end - first, n - end, new(a + (first * row) + first, row, 1), right, row, upper: false, unit: true);
            MatrixRows<T>.SubtractProduct(n - end, n - end, end - first, new(a + (end * row) + first, row, 1), new(right, row, 1), a + (end * row) + end, row);
        }
    }

    /// <summary>Columns first .. end - 1: rows change places whole, elimination stays inside.</summary>
    [MethodImpl(Optimized)]
    private static void Panel(nint n, nint first, nint end, T* a, nint row, Strided<T> order)
    {
        for (var k = first; k < end; k++)
        {
            var best = k;
            for (var i = k + 1; i < n; i++)
            {
                if (T.Abs(a[(i * row) + k]) > T.Abs(a[(best * row) + k]))
                {
                    best = i;
                }
            }

            if (best != k)
            {
                Swap(a + (k * row), a + (best * row), 1, n);
                Swap(order.Start + (k * order.Col), order.Start + (best * order.Col), 1, 1);
            }

            var pivot = a[(k * row) + k];
            if (pivot == T.Zero)
            {
                continue;
            }

            for (var i = k + 1; i < n; i++)
            {
                var factor = a + (i * row) + k;
                *factor /= pivot;
                MatrixRows<T>.SubtractRows(factor + 1, end - k - 1, factor, 0, a + (k * row) + k + 1, 0, 1);
            }
        }
    }

    private static void Swap(T* x, T* y, nint stride, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            (x[i * stride], y[i * stride]) = (y[i * stride], x[i * stride]);
        }
    }

    [MethodImpl(Optimized)]
    public static void Solve(nint n, nint k, Strided<T> lu, Strided<T> b, Strided<T> x, bool transposed)
    {
        var order = lu.From(n, 0);
        var direct = !transposed && MatrixTriangle<T>.IsContiguous(k, x);
        var mark = Arena.Mark();
        var work = direct ? x : new Strided<T>(Arena.Rent<T>(n * k), k, 1);
        for (nint i = 0; i < n; i++)
        {
            var from = transposed ? i : nint.CreateTruncating(order.Start[i * order.Col]);
            MatrixRows<T>.Copy(1, k, b.From(from, 0), work.From(i, 0));
        }

        // P A = L U: first L then U, or Uᵀ then Lᵀ.
        var t = transposed ? lu.Transposed : lu;
        MatrixTriangle<T>.InPlace(n, k, t, work.Start, work.Row, upper: false, unit: !transposed);
        MatrixTriangle<T>.InPlace(n, k, t, work.Start, work.Row, upper: true, unit: transposed);
        if (!direct)
        {
            for (nint i = 0; i < n; i++)
            {
                var to = transposed ? nint.CreateTruncating(order.Start[i * order.Col]) : i;
                MatrixRows<T>.Copy(1, k, work.From(i, 0), x.From(to, 0));
            }
        }

        Arena.Release(mark);
    }

    public static T LogAbsDet(nint n, Strided<T> lu)
    {
        var sum = T.Zero;
        for (nint i = 0; i < n; i++)
        {
            sum += T.Log(T.Abs(*lu.From(i, i).Start));
        }

        return sum;
    }

    public static T Det(nint n, Strided<T> lu)
    {
        var product = IsOdd(n, lu.From(n, 0)) ? -T.One : T.One;
        for (nint i = 0; i < n; i++)
        {
            product *= *lu.From(i, i).Start;
        }

        return product;
    }

    /// <summary>Whether the order is an odd permutation: a cycle of even length changes its sign.</summary>
    private static bool IsOdd(nint n, Strided<T> order)
    {
        var mark = Arena.Mark();
        var seen = Arena.Rent<bool>(n);
        Layout.Fill(seen, n, false);
        var odd = false;
        for (nint i = 0; i < n; i++)
        {
            if (seen[i])
            {
                continue;
            }

            // A cycle of length m is m - 1 exchanges.
            odd = !odd;
            for (var at = i; !seen[at]; at = nint.CreateTruncating(order.Start[at * order.Col]))
            {
                seen[at] = true;
                odd = !odd;
            }
        }

        Arena.Release(mark);
        return odd;
    }
}
