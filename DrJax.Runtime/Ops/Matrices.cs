using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The lower triangular l with l lᵀ = (a + aᵀ) / 2: the symmetric part of a is factored, so every element of a has a derivative.
    /// Where that is not positive definite there is no such l, and all of its lower triangle is NaN.</summary>
    /// <exception cref="ArgumentException">a is not square.</exception>
    public static Mat<T> Cholesky<T>(Mat<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = Square("Cholesky", a);
        var l = new T[n, n];
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var rest = (a[i, j] + a[j, i]) / T.CreateChecked(2);
                for (var k = 0; k < j; k++) rest -= l[i, k] * l[j, k];
                if (i == j && !(rest > T.Zero)) return Build(n, n, (r, c) => r < c ? T.Zero : T.NaN);
                l[i, j] = i == j ? T.Sqrt(rest) : rest / l[j, j];
            }
        }
        return l;
    }

    /// <summary>The x with t x = b, or tᵀ x = b, for a triangular t.</summary>
    /// <param name="t">A square matrix, of which only the lower (or upper) triangle is read. A zero on its diagonal gives infinities or NaN.</param>
    /// <param name="b">The right-hand side; the columns of a matrix are several of them.</param>
    /// <param name="upper">Whether the upper triangle is meant, a constant.</param>
    /// <param name="transposed">Whether the system is tᵀ x = b, a constant.</param>
    /// <exception cref="ArgumentException">t is not square, or has another number of rows than b.</exception>
    public static Mat<T> SolveTriangular<T>(Mat<T> t, Mat<T> b, bool upper = false, bool transposed = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = Sides("SolveTriangular", t, b.Rows);
        var x = new T[n, b.Columns];
        for (var step = 0; step < n; step++)
        {
            var (i, forward) = upper == transposed ? (step, true) : (n - 1 - step, false);
            for (var c = 0; c < b.Columns; c++)
            {
                var rest = b[i, c];
                for (var j = forward ? 0 : i + 1; j < (forward ? i : n); j++) rest -= (transposed ? t[j, i] : t[i, j]) * x[j, c];
                x[i, c] = rest / t[i, i];
            }
        }
        return x;
    }

    /// <inheritdoc cref="SolveTriangular{T}(Mat{T}, Mat{T}, bool, bool)"/>
    public static Vec<T> SolveTriangular<T>(Mat<T> t, Vec<T> b, bool upper = false, bool transposed = false)
        where T : unmanaged, IFloatingPointIeee754<T> => SolveTriangular(t, AsColumn(b), upper, transposed)[.., 0];

    /// <summary>The x with l lᵀ x = b: with l = Cholesky(a), the solution of a x = b.</summary>
    /// <exception cref="ArgumentException">l is not square, or has another number of rows than b.</exception>
    public static Mat<T> CholeskySolve<T>(Mat<T> l, Mat<T> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Sides("CholeskySolve", l, b.Rows);
        return SolveTriangular(l, SolveTriangular(l, b), transposed: true);
    }

    /// <inheritdoc cref="CholeskySolve{T}(Mat{T}, Mat{T})"/>
    public static Vec<T> CholeskySolve<T>(Mat<T> l, Vec<T> b) where T : unmanaged, IFloatingPointIeee754<T> => CholeskySolve(l, AsColumn(b))[.., 0];

    /// <summary>The x with a x = b, by elimination with partial pivoting. A singular a gives infinities or NaN.</summary>
    /// <exception cref="ArgumentException">a is not square, or has another number of rows than b.</exception>
    public static Mat<T> Solve<T>(Mat<T> a, Mat<T> b) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = Sides("Solve", a, b.Rows);
        var (lu, order, _) = Eliminate(a);
        var x = new T[n, b.Columns];
        for (var c = 0; c < b.Columns; c++)
        {
            for (var i = 0; i < n; i++)
            {
                x[i, c] = b[order[i], c];
                for (var j = 0; j < i; j++) x[i, c] -= lu[i, j] * x[j, c];
            }
            for (var i = n - 1; i >= 0; i--)
            {
                for (var j = i + 1; j < n; j++) x[i, c] -= lu[i, j] * x[j, c];
                x[i, c] /= lu[i, i];
            }
        }
        return x;
    }

    /// <inheritdoc cref="Solve{T}(Mat{T}, Mat{T})"/>
    public static Vec<T> Solve<T>(Mat<T> a, Vec<T> b) where T : unmanaged, IFloatingPointIeee754<T> => Solve(a, AsColumn(b))[.., 0];

    /// <summary>The inverse of a, by elimination with partial pivoting; infinities or NaN where a is singular. To solve a x = b, <c>Solve(a, b)</c>
    /// is cheaper and more exact.</summary>
    /// <exception cref="ArgumentException">a is not square.</exception>
    public static Mat<T> Inverse<T>(Mat<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = Square("Inverse", a);
        return Solve(a, Build(n, n, (i, j) => i == j ? T.One : T.Zero));
    }

    /// <summary>ln |det a|: of any magnitude without overflow; -∞ where a is singular. Its gradient is the transposed inverse.</summary>
    /// <exception cref="ArgumentException">a is not square.</exception>
    public static T LogDet<T>(Mat<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = Square("LogDet", a);
        var lu = Eliminate(a).Lu;
        return Sum(n, i => T.Log(T.Abs(lu[i, i])));
    }

    /// <summary>The determinant. Its gradient is det(a) times the transposed inverse, which a singular a has not: it is NaN there.</summary>
    /// <exception cref="ArgumentException">a is not square.</exception>
    public static T Det<T>(Mat<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = Square("Det", a);
        var (lu, _, product) = Eliminate(a);
        for (var i = 0; i < n; i++) product *= lu[i, i];
        return product;
    }

    /// <summary>a's rows in pivoted order as l (below the diagonal) times u, the order, and its sign.</summary>
    private static (T[,] Lu, int[] Order, T Sign) Eliminate<T>(Mat<T> a) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var n = a.Rows;
        var lu = new T[n, n];
        for (var at = 0; at < n * n; at++) lu[at / n, at % n] = a[at / n, at % n];
        int[] order = [.. Enumerable.Range(0, n)];
        var sign = T.One;
        for (var k = 0; k < n; k++)
        {
            var best = k;
            for (var i = k + 1; i < n; i++)
                if (T.Abs(lu[i, k]) > T.Abs(lu[best, k])) best = i;
            if (best != k)
            {
                for (var j = 0; j < n; j++) (lu[k, j], lu[best, j]) = (lu[best, j], lu[k, j]);
                (order[k], order[best]) = (order[best], order[k]);
                sign = -sign;
            }
            if (lu[k, k] == T.Zero) continue;
            for (var i = k + 1; i < n; i++)
            {
                lu[i, k] /= lu[k, k];
                for (var j = k + 1; j < n; j++) lu[i, j] -= lu[i, k] * lu[k, j];
            }
        }
        return (lu, order, sign);
    }

    private static Mat<T> AsColumn<T>(Vec<T> x) where T : unmanaged => Mat<T>.UnsafeWrap(x.ToArray(), x.Length, 1);

    private static int Square<T>(string operation, Mat<T> a) where T : unmanaged => a.Rows == a.Columns
        ? a.Rows
        : throw new ArgumentException($"{operation}: a matrix of {a.Rows} rows and {a.Columns} columns is not square");

    private static int Sides<T>(string operation, Mat<T> a, int rows) where T : unmanaged => Square(operation, a) == rows
        ? rows
        : throw new ArgumentException($"{operation}: the matrix has {a.Rows} rows, the right-hand side has {rows}");
}
