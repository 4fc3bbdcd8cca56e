using System.Numerics;
using DrJax.Compiled;
using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Numerics;

/// <summary>The runtime's factorisations and solutions, in every layout, around the sizes at which they change their way.</summary>
public unsafe class MatrixTests
{
    /// <summary>How a matrix lies in memory.</summary>
    public enum Layout
    {
        Rows,
        Columns,
        Loose,
    }

    public static TheoryData<int, Layout, Layout> Cases
    {
        get
        {
            var data = new TheoryData<int, Layout, Layout>();
            foreach (var n in (int[])[0, 1, 2, 3, 5, 8, 17, 63, 64, 65, 130])
                foreach (var from in Enum.GetValues<Layout>())
                    foreach (var to in Enum.GetValues<Layout>()) data.Add(n, from, to);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Factors_and_solutions_satisfy_their_equations(int n, Layout from, Layout to)
    {
        Check<double>(n, from, to);
        Check<float>(n, from, to);
    }

    private static void Check<T>(int n, Layout from, Layout to) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(n);
        // Backward errors of these algorithms are a few units of the last place times n, for matrices of this condition.
        var tolerance = (n + 1) * (typeof(T) == typeof(double) ? 1e-14 : 1e-5);
        var a = new Strided<T>(n, n, from, (i, j) => random.NextDouble() - 0.5 + (i == j ? n : 0));

        var l = new Strided<T>(n, n, to, (_, _) => double.NaN);
        Kernels<T>.Cholesky(n, a, l);
        Near(n, n, tolerance, (i, j) => Sum(n, k => l[i, k] * l[j, k]), (i, j) => (a[i, j] + a[j, i]) / 2);
        for (var i = 0; i < n; i++) for (var j = i + 1; j < n; j++) Assert.Equal(0, l[i, j]);

        // Rows turned round, so that every pivot is found elsewhere.
        var m = new Strided<T>(n, n, from, (i, j) => a[n - 1 - i, j]);
        var lu = new Strided<T>(n + 1, n, to, (_, _) => double.NaN);
        Kernels<T>.Lu(n, m, lu);
        double Lower(int i, int j) => i == j ? 1 : i > j ? lu[i, j] : 0;
        double Upper(int i, int j) => i <= j ? lu[i, j] : 0;
        Near(n, n, tolerance, (i, j) => Sum(n, k => Lower(i, k) * Upper(k, j)), (i, j) => m[(int)lu[n, i], j]);

        foreach (var k in (int[])[1, 3, 40])
        {
            var b = new Strided<T>(n, k, from, (_, _) => random.NextDouble() - 0.5);
            var x = new Strided<T>(n, k, to, (_, _) => double.NaN);
            foreach (var upper in (bool[])[false, true])
                foreach (var transposed in (bool[])[false, true])
                {
                    double Op(int i, int j) => (transposed ? j : i) is var r && (transposed ? i : j) is var c && (upper ? r <= c : r >= c) ? a[r, c] : 0;
                    Kernels<T>.TriangularSolve(n, k, a, b, x, upper, transposed);
                    Near(n, k, tolerance, (i, j) => Sum(n, p => Op(i, p) * x[p, j]), (i, j) => b[i, j]);
                    Kernels<T>.LuSolve(n, k, lu, b, x, transposed);
                    Near(n, k, tolerance, (i, j) => Sum(n, p => (transposed ? m[p, i] : m[i, p]) * x[p, j]), (i, j) => b[i, j]);
                }
        }
    }

    /// <summary>Pivots are not where the largest element of a neighbour is; what lies behind the last matrix stays.</summary>
    [Fact]
    public void Matrices_side_by_side_are_what_they_are_alone()
    {
        foreach (var count in (int[])[1, 7, 8, 19, 33])
            foreach (var n in (int[])[1, 2, 3, 6])
            {
                Lanes<double>(count, n, 1e-13);
                Lanes<float>(count, n, 1e-4);
            }
    }

    private static void Lanes<T>(int count, int n, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int k = 2;
        var random = new Random(count + n);
        var stride = count + 3;
        var each = Enumerable.Range(0, count).Select(g => new Strided<T>(n, n, Layout.Rows, (i, j) => random.NextDouble() - 0.5 + (i == (j + g) % n ? 2 * n : 0))).ToArray();
        var positive = Enumerable.Range(0, count).Select(g => new Strided<T>(n, n, Layout.Rows, (i, j) => random.NextDouble() - 0.5 + (i == j ? g == 5 ? -n : n : 0))).ToArray();
        var sides = Enumerable.Range(0, count).Select(_ => new Strided<T>(n, k, Layout.Rows, (_, _) => random.NextDouble())).ToArray();
        T[] a = Beside(each, n, n), p = Beside(positive, n, n), b = Beside(sides, n, k);
        var (l, lu) = (Poison(n * n), Poison((n + 1) * n));
        Kernels<T>.Lanes(count, n, stride, a, p, l, lu);
        for (var g = 0; g < count; g++)
        {
            var (one, factors) = (new Strided<T>(n, n, Layout.Rows, (_, _) => 0), new Strided<T>(n + 1, n, Layout.Rows, (_, _) => 0));
            Kernels<T>.Cholesky(n, positive[g], one);
            Same(one, l, n, n, g);
            Kernels<T>.Lu(n, each[g], factors);
            Same(factors, lu, n + 1, n, g);
        }
        foreach (var flags in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
            foreach (var isLu in (bool[])[false, true])
            {
                var x = Poison(n * k);
                Kernels<T>.LanesSolve(count, n, k, stride, isLu ? lu : p, b, x, flags, isLu);
                for (var g = 0; g < count; g++)
                {
                    var (one, factors) = (new Strided<T>(n, k, Layout.Rows, (_, _) => 0), new Strided<T>(n + 1, n, Layout.Rows, (_, _) => 0));
                    Kernels<T>.Lu(n, each[g], factors);
                    if (isLu) Kernels<T>.LuSolve(n, k, factors, sides[g], one, flags.Item2);
                    else Kernels<T>.TriangularSolve(n, k, positive[g], sides[g], one, flags.Item1, flags.Item2);
                    Same(one, x, n, k, g);
                }
            }

        T[] Poison(int elements) => [.. Enumerable.Repeat(T.CreateChecked(7), elements * stride)];

        T[] Beside(Strided<T>[] matrices, int rows, int columns)
        {
            var to = Poison(rows * columns);
            for (var g = 0; g < count; g++) for (var at = 0; at < rows * columns; at++) to[at * stride + g] = matrices[g].Data[at];
            return to;
        }

        void Same(Strided<T> expected, T[] actual, int rows, int columns, int g)
        {
            for (var at = 0; at < rows * columns; at++)
            {
                var (e, y) = (double.CreateChecked(expected.Data[at]), double.CreateChecked(actual[at * stride + g]));
                Assert.True(e.Equals(y) || Math.Abs(e - y) <= tolerance * (1 + Math.Abs(e)), $"matrix {g} of {count}, element {at}: {y}, expected {e}");
                for (var after = count; after < stride; after++) Assert.Equal(T.CreateChecked(7), actual[at * stride + after]);
            }
        }
    }

    [Fact]
    public void What_is_not_positive_definite_has_a_factor_of_nans()
    {
        foreach (var n in (int[])[1, 2, 17, 70])
        {
            foreach (var bad in (double[])[-1, 0, double.NaN])
            {
                var a = new Strided<double>(n, n, Layout.Rows, (i, j) => i != j ? 0 : i == n - 1 ? bad : 1);
                var l = new Strided<double>(n, n, Layout.Rows, (_, _) => 7);
                Kernels<double>.Cholesky(n, a, l);
                for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) Assert.Equal(j > i ? 0 : double.NaN, l[i, j]);
            }
        }
    }

    [Fact]
    public void Determinants_know_the_sign_of_the_order()
    {
        foreach (var n in (int[])[1, 2, 3, 4, 5, 6, 9])
        {
            var shift = new Strided<double>(n, n, Layout.Rows, (i, j) => j == (i + 1) % n ? 2 : 0);
            var lu = new Strided<double>(n + 1, n, Layout.Rows, (_, _) => 0);
            Kernels<double>.Lu(n, shift, lu);
            double det, log;
            fixed (double* p = lu.Data)
            {
                Matrices.Det(n, p, n, 1, &det);
                Matrices.LogAbsDet(n, p, n, 1, &log);
            }
            // A cycle of n is n - 1 exchanges.
            Assert.Equal((n % 2 == 1 ? 1 : -1) * Math.Pow(2, n), det);
            Assert.Equal(n * Math.Log(2), log, 1e-14);
        }
    }

    [Fact]
    public void Orders_are_stable_with_nan_last()
    {
        var random = new Random(1);
        foreach (var n in (int[])[0, 1, 2, 15, 16, 17, 33, 100, 1000])
            foreach (var descending in (bool[])[false, true])
            {
                var x = Build(n, i => random.Next(9) == 0 ? double.NaN : random.Next(n / 2 + 1) - 3.0);
                var order = new int[2 * n];
                var strided = new double[3 * n];
                for (var i = 0; i < n; i++) strided[3 * i] = x[i];
                fixed (double* p = strided)
                fixed (int* q = order) DrJax.Compiled.Sorting.ArgSort(n, p, 3, q, 2, descending);
                Assert.Equal(ArgSort(x, descending).ToArray(), Enumerable.Range(0, n).Select(i => order[2 * i]));
            }
    }

    private static double Sum(int n, Func<int, double> f) => Enumerable.Range(0, n).Sum(f);

    private static void Near(int rows, int columns, double tolerance, Func<int, int, double> actual, Func<int, int, double> expected)
    {
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) Assert.Equal(expected(i, j), actual(i, j), tolerance * (1 + Math.Abs(expected(i, j))));
    }

    private sealed class Strided<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Strided(int rows, int columns, Layout layout, Func<int, int, double> element)
        {
            (Row, Col) = layout switch { Layout.Rows => (columns, 1), Layout.Columns => (1, rows), _ => (3 * columns + 1, 3) };
            Data = new T[1 + rows * Row + columns * Col];
            for (var i = 0; i < rows; i++)
                for (var j = 0; j < columns; j++) Data[i * Row + j * Col] = T.CreateChecked(element(i, j));
        }

        public T[] Data { get; }

        public int Row { get; }

        public int Col { get; }

        public double this[int i, int j] => double.CreateChecked(Data[i * Row + j * Col]);
    }

    /// <summary>The overloads by element type.</summary>
    private static class Kernels<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static void Lanes(int count, int n, int stride, T[] a, T[] positive, T[] l, T[] lu)
        {
            var row = n * stride;
            fixed (T* p = a, q = positive, r = l, s = lu)
                if (sizeof(T) == 8)
                {
                    Matrices.CholeskyLanes(count, n, (double*)q, row, stride, (double*)r, row, stride);
                    Matrices.LuLanes(count, n, (double*)p, row, stride, (double*)s, row, stride);
                }
                else
                {
                    Matrices.CholeskyLanes(count, n, (float*)q, row, stride, (float*)r, row, stride);
                    Matrices.LuLanes(count, n, (float*)p, row, stride, (float*)s, row, stride);
                }
        }

        public static void LanesSolve(int count, int n, int k, int stride, T[] m, T[] b, T[] x, (bool Upper, bool Transposed) flags, bool isLu)
        {
            var (row, side) = (n * stride, k * stride);
            fixed (T* p = m, q = b, r = x)
                switch (sizeof(T), isLu)
                {
                    case (8, true): Matrices.LuSolveLanes(count, n, k, (double*)p, row, stride, (double*)q, side, stride, (double*)r, side, stride, flags.Transposed); break;
                    case (_, true): Matrices.LuSolveLanes(count, n, k, (float*)p, row, stride, (float*)q, side, stride, (float*)r, side, stride, flags.Transposed); break;
                    case (8, _): Matrices.TriangularSolveLanes(count, n, k, (double*)p, row, stride, (double*)q, side, stride, (double*)r, side, stride, flags.Upper, flags.Transposed); break;
                    default: Matrices.TriangularSolveLanes(count, n, k, (float*)p, row, stride, (float*)q, side, stride, (float*)r, side, stride, flags.Upper, flags.Transposed); break;
                }
        }

        public static void Cholesky(int n, Strided<T> a, Strided<T> l)
        {
            fixed (T* p = a.Data, q = l.Data)
                if (sizeof(T) == 8) Matrices.Cholesky(n, (double*)p, a.Row, a.Col, (double*)q, l.Row, l.Col);
                else Matrices.Cholesky(n, (float*)p, a.Row, a.Col, (float*)q, l.Row, l.Col);
        }

        public static void Lu(int n, Strided<T> a, Strided<T> lu)
        {
            fixed (T* p = a.Data, q = lu.Data)
                if (sizeof(T) == 8) Matrices.Lu(n, (double*)p, a.Row, a.Col, (double*)q, lu.Row, lu.Col);
                else Matrices.Lu(n, (float*)p, a.Row, a.Col, (float*)q, lu.Row, lu.Col);
        }

        public static void TriangularSolve(int n, int k, Strided<T> t, Strided<T> b, Strided<T> x, bool upper, bool transposed)
        {
            fixed (T* p = t.Data, q = b.Data, r = x.Data)
                if (sizeof(T) == 8) Matrices.TriangularSolve(n, k, (double*)p, t.Row, t.Col, (double*)q, b.Row, b.Col, (double*)r, x.Row, x.Col, upper, transposed);
                else Matrices.TriangularSolve(n, k, (float*)p, t.Row, t.Col, (float*)q, b.Row, b.Col, (float*)r, x.Row, x.Col, upper, transposed);
        }

        public static void LuSolve(int n, int k, Strided<T> lu, Strided<T> b, Strided<T> x, bool transposed)
        {
            fixed (T* p = lu.Data, q = b.Data, r = x.Data)
                if (sizeof(T) == 8) Matrices.LuSolve(n, k, (double*)p, lu.Row, lu.Col, (double*)q, b.Row, b.Col, (double*)r, x.Row, x.Col, transposed);
                else Matrices.LuSolve(n, k, (float*)p, lu.Row, lu.Col, (float*)q, b.Row, b.Col, (float*)r, x.Row, x.Col, transposed);
        }
    }
}
