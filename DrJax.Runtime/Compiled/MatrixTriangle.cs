using System.Numerics;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>Solutions of triangular systems by substitution.</summary>
internal static unsafe class MatrixTriangle<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Optimized)]
    public static void Solve(nint n, nint k, Strided<T> t, Strided<T> b, Strided<T> x, bool upper, bool transposed)
    {
        if (transposed)
        {
            (t, upper) = (t.Transposed, !upper);
        }

        if (IsContiguous(k, x))
        {
            MatrixRows<T>.Copy(n, k, b, x);
            InPlace(n, k, t, x.Start, x.Row, upper, unit: false);
            return;
        }

        var mark = Arena.Mark();
        var work = new Strided<T>(Arena.Rent<T>(n * k), k, 1);
        MatrixRows<T>.Copy(n, k, b, work);
        InPlace(n, k, t, work.Start, k, upper, unit: false);
        MatrixRows<T>.Copy(n, k, work, x);
        Arena.Release(mark);
    }

    /// <summary>Whether right-hand sides lie as <see cref="InPlace"/> wants them: rows contiguous, a single column too.</summary>
    public static bool IsContiguous(nint k, Strided<T> x) => k == 1 ? x.Row == 1 : x.Col == 1;

    /// <summary>Right-hand sides become solutions. With <paramref name="unit"/> the diagonal is 1 and not read.</summary>
    [MethodImpl(Optimized)]
    public static void InPlace(nint n, nint k, Strided<T> t, T* x, nint row, bool upper, bool unit)
    {
        if (k == 1 && row == 1)
        {
            Column(n, t, x, upper, unit);
            return;
        }

        var blocks = (n + MatrixRows<T>.Block - 1) / MatrixRows<T>.Block;
        for (nint block = 0; block < blocks; block++)
        {
            var first = (upper ? blocks - 1 - block : block) * MatrixRows<T>.Block;
            var end = Math.Min(n, first + MatrixRows<T>.Block);
            if (upper)
            {
                MatrixRows<T>.SubtractProduct(end - first, k, n - end, t.From(first, end), new(x + (end * row), row, 1), x + (first * row), row);
                for (var i = end - 1; i >= first; i--)
                {
                    MatrixRows<T>.SubtractRows(x + (i * row), k, t.From(i, i + 1).Start, t.Col, x + ((i + 1) * row), row, end - 1 - i);
                    Divide(t, i, x + (i * row), k, unit);
                }
            }
            else
            {
                MatrixRows<T>.SubtractProduct(end - first, k, first, t.From(first, 0), new(x, row, 1), x + (first * row), row);
                for (var i = first; i < end; i++)
                {
                    MatrixRows<T>.SubtractRows(x + (i * row), k, t.From(i, first).Start, t.Col, x + (first * row), row, i - first);
                    Divide(t, i, x + (i * row), k, unit);
                }
            }
        }
    }

    /// <summary>One right-hand side: by dot products with rows of T, or (where its columns are contiguous) by taking columns off.</summary>
    [MethodImpl(Optimized)]
    private static void Column(nint n, Strided<T> t, T* x, bool upper, bool unit)
    {
        var byColumns = t.Row == 1 && t.Col != 1;
        for (nint step = 0; step < n; step++)
        {
            var i = upper ? n - 1 - step : step;
            var from = upper ? i + 1 : 0;
            var before = upper ? n - 1 - i : i;
            if (!byColumns && t.Col == 1)
            {
                x[i] -= MatrixRows<T>.Dot(t.From(i, from).Start, x + from, before);
            }
            else if (!byColumns)
            {
                MatrixRows<T>.SubtractRows(x + i, 1, t.From(i, from).Start, t.Col, x + from, 1, before);
            }

            Divide(t, i, x + i, 1, unit);
            if (byColumns)
            {
                var to = upper ? 0 : i + 1;
                MatrixRows<T>.SubtractRows(x + to, upper ? i : n - 1 - i, x + i, 0, t.From(to, i).Start, 0, 1);
            }
        }
    }

    private static void Divide(Strided<T> t, nint i, T* x, nint count, bool unit)
    {
        if (!unit)
        {
            MatrixRows<T>.Divide(x, *t.From(i, i).Start, count);
        }
    }
}
