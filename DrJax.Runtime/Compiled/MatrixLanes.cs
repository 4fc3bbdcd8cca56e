using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>
/// Functions of many small matrices side by side: element (i, j) of matrix g lies at start + i row + j col + g. A vector holds one element of
/// several matrices, so that each is computed by the same chain of operations wherever it stands.
/// </summary>
internal static unsafe class MatrixLanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private static nint Lanes => Vector512<T>.Count;

    [MethodImpl(Optimized)]
    public static void Cholesky(nint count, nint n, Strided<T> a, Strided<T> l)
    {
        for (nint g = 0; g < count; g += Lanes)
        {
            var (rest, half, proper) = (count - g, Vector512.Create(T.CreateChecked(0.5)), Vector512<T>.AllBitsSet);
            for (nint j = 0; j < n; j++)
            {
                var diagonal = Vector512<T>.Zero;
                for (var i = j; i < n; i++)
                {
                    var sum = half * (Load(a, i, j, g, rest) + Load(a, j, i, g, rest));
                    for (nint k = 0; k < j; k++)
                    {
                        sum -= Load(l, i, k, g, rest) * Load(l, j, k, g, rest);
                    }

                    if (i == j)
                    {
                        proper &= Vector512.GreaterThan(sum, Vector512<T>.Zero);
                        diagonal = Vector512.Sqrt(sum);
                    }
                    else
                    {
                        Store(l, j, i, g, rest, Vector512<T>.Zero);
                    }

                    Store(l, i, j, g, rest, i == j ? diagonal : sum / diagonal);
                }
            }

            var improper = Vector512.ExtractMostSignificantBits(~proper) & (rest >= Lanes ? ulong.MaxValue : (1UL << (int)rest) - 1);
            for (nint i = 0; i < n && improper != 0; i++)
            {
                for (nint j = 0; j <= i; j++)
                {
                    Store(l, i, j, g, rest, Vector512.ConditionalSelect(proper, Load(l, i, j, g, rest), Vector512.Create(T.NaN)));
                }
            }
        }
    }

    [MethodImpl(Optimized)]
    public static void TriangularSolve(nint count, nint n, nint k, Strided<T> t, Strided<T> b, Strided<T> x, bool upper, bool transposed)
    {
        if (transposed)
        {
            (t, upper) = (t.Transposed, !upper);
        }

        for (nint g = 0; g < count; g += Lanes)
        {
            for (nint c = 0; c < k; c++)
            {
                for (nint i = 0; i < n; i++)
                {
                    Store(x, i, c, g, count - g, Load(b, i, c, g, count - g));
                }

                Substitute(n, t, x.From(0, c), upper, unit: false, g, count - g);
            }
        }
    }

    /// <summary>One right-hand side becomes the solution.</summary>
    [MethodImpl(Inline)]
    private static void Substitute(nint n, Strided<T> t, Strided<T> x, bool upper, bool unit, nint g, nint rest)
    {
        for (nint step = 0; step < n; step++)
        {
            var i = upper ? n - 1 - step : step;
            var sum = Load(x, i, 0, g, rest);
            for (var j = upper ? i + 1 : 0; j < (upper ? n : i); j++)
            {
                sum -= Load(t, i, j, g, rest) * Load(x, j, 0, g, rest);
            }

            Store(x, i, 0, g, rest, unit ? sum : sum / Load(t, i, i, g, rest));
        }
    }

    /// <summary>Each matrix has pivots of its own: rows change places in the lanes whose pivot they hold.</summary>
    [MethodImpl(Optimized)]
    public static void Lu(nint count, nint n, Strided<T> a, Strided<T> lu)
    {
        for (nint g = 0; g < count; g += Lanes)
        {
            var rest = count - g;
            for (nint i = 0; i < n; i++)
            {
                Store(lu, n, i, g, rest, Vector512.Create(T.CreateChecked(i)));
                for (nint j = 0; j < n; j++)
                {
                    Store(lu, i, j, g, rest, Load(a, i, j, g, rest));
                }
            }

            for (nint k = 0; k < n; k++)
            {
                Pivot(n, k, lu, g, rest);
                var pivot = Load(lu, k, k, g, rest);
                var none = Vector512.Equals(pivot, Vector512<T>.Zero);
                for (var i = k + 1; i < n; i++)
                {
                    // Without a pivot all of the column is zero, and stays.
                    var factor = Vector512.ConditionalSelect(none, Vector512<T>.Zero, Load(lu, i, k, g, rest) / pivot);
                    Store(lu, i, k, g, rest, factor);
                    for (var j = k + 1; j < n; j++)
                    {
                        Store(lu, i, j, g, rest, Load(lu, i, j, g, rest) - (factor * Load(lu, k, j, g, rest)));
                    }
                }
            }
        }
    }

    [MethodImpl(Inline)]
    private static void Pivot(nint n, nint k, Strided<T> lu, nint g, nint rest)
    {
        var greatest = Vector512.Abs(Load(lu, k, k, g, rest));
        var row = Vector512.Create(T.CreateChecked(k));
        for (var i = k + 1; i < n; i++)
        {
            var size = Vector512.Abs(Load(lu, i, k, g, rest));
            var greater = Vector512.GreaterThan(size, greatest);
            greatest = Vector512.ConditionalSelect(greater, size, greatest);
            row = Vector512.ConditionalSelect(greater, Vector512.Create(T.CreateChecked(i)), row);
        }

        for (var i = k + 1; i < n; i++)
        {
            var here = Vector512.Equals(row, Vector512.Create(T.CreateChecked(i)));
            if (here == Vector512<T>.Zero)
            {
                continue;
            }

            for (nint j = 0; j < n; j++)
            {
                Exchange(here, lu, k, j, i, j, g, rest);
            }

            Exchange(here, lu, n, k, n, i, g, rest);
        }
    }

    [MethodImpl(Inline)]
    private static void Exchange(Vector512<T> where, Strided<T> m, nint i, nint j, nint p, nint q, nint g, nint rest)
    {
        var (x, y) = (Load(m, i, j, g, rest), Load(m, p, q, g, rest));
        Store(m, i, j, g, rest, Vector512.ConditionalSelect(where, y, x));
        Store(m, p, q, g, rest, Vector512.ConditionalSelect(where, x, y));
    }

    [MethodImpl(Optimized)]
    public static void LuSolve(nint count, nint n, nint k, Strided<T> lu, Strided<T> b, Strided<T> x, bool transposed)
    {
        var mark = Arena.Mark();
        var work = new Strided<T>(Arena.Rent<T>(n * Lanes), Lanes, 0);
        for (nint g = 0; g < count; g += Lanes)
        {
            var rest = count - g;
            // Scratch begins with the lanes of this vector.
            var column = new Strided<T>(work.Start - g, work.Row, 0);
            for (nint c = 0; c < k; c++)
            {
                if (transposed)
                {
                    for (nint i = 0; i < n; i++)
                    {
                        Store(column, i, 0, g, Lanes, Load(b, i, c, g, rest));
                    }

                    Substitute(n, lu.Transposed, column, upper: false, unit: false, g, rest);
                    Substitute(n, lu.Transposed, column, upper: true, unit: true, g, rest);
                    for (nint i = 0; i < n; i++)
                    {
                        Store(x, i, c, g, rest, Ordered(n, lu, column, 0, i, inverse: true, g, rest));
                    }
                }
                else
                {
                    for (nint i = 0; i < n; i++)
                    {
                        Store(column, i, 0, g, Lanes, Ordered(n, lu, b, c, i, inverse: false, g, rest));
                    }

                    Substitute(n, lu, column, upper: false, unit: true, g, rest);
                    Substitute(n, lu, column, upper: true, unit: false, g, rest);
                    for (nint i = 0; i < n; i++)
                    {
                        Store(x, i, c, g, rest, Load(column, i, 0, g, Lanes));
                    }
                }
            }
        }

        Arena.Release(mark);
    }

    /// <summary>Element order[i] of column c, or (inverse) the element whose order is i.</summary>
    [MethodImpl(Inline)]
    private static Vector512<T> Ordered(nint n, Strided<T> lu, Strided<T> b, nint c, nint i, bool inverse, nint g, nint rest)
    {
        var result = Vector512<T>.Zero;
        for (nint r = 0; r < n; r++)
        {
            var place = Load(lu, n, inverse ? r : i, g, rest);
            var here = Vector512.Equals(place, Vector512.Create(T.CreateChecked(inverse ? i : r)));
            result = Vector512.ConditionalSelect(here, Load(b, r, c, g, rest), result);
        }

        return result;
    }

    [MethodImpl(Inline)]
    private static Vector512<T> Load(Strided<T> m, nint i, nint j, nint g, nint rest)
    {
        var p = m.Start + (i * m.Row) + (j * m.Col) + g;
        return rest >= Lanes ? Vector512.Load(p)
            : sizeof(T) == 8 ? Simd.LoadPartial((double*)p, rest).As<double, T>() : Simd.LoadPartial((float*)p, rest).As<float, T>();
    }

    [MethodImpl(Inline)]
    private static void Store(Strided<T> m, nint i, nint j, nint g, nint rest, Vector512<T> value)
    {
        var p = m.Start + (i * m.Row) + (j * m.Col) + g;
        if (rest >= Lanes)
        {
            Vector512.Store(value, p);
        }
        else if (sizeof(T) == 8)
        {
            Simd.StorePartial((double*)p, value.As<T, double>(), rest);
        }
        else
        {
            Simd.StorePartial((float*)p, value.As<T, float>(), rest);
        }
    }
}
