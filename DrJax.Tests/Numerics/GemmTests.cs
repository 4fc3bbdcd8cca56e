using System.Runtime.CompilerServices;
using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

public unsafe class GemmTests
{
    private enum Layout
    {
        Rows,
        Columns,
        Loose,
    }

    // The law leaves no tolerance: the reference is the chain it names, and every path must give its bits.
    [Fact]
    public void Odd_shapes_strides_and_accumulation_have_the_bits_of_the_chain()
    {
        nint[] sizes = [1, 2, 3, 5, 7, 8, 9, 12, 13, 16, 17, 25, 31, 33, 50, 65, 130];
        var random = new Random(3);
        for (var trial = 0; trial < 1500; trial++)
        {
            var (m, n, k) = (sizes[random.Next(sizes.Length)], sizes[random.Next(sizes.Length)], sizes[random.Next(sizes.Length)]);
            var (a, b, c) = ((Layout)random.Next(3), (Layout)random.Next(3), (Layout)random.Next(3));
            AssertLaw<double>(m, n, k, a, b, c, random.Next(2) == 1, random);
            AssertLaw<float>(m, n, k, a, b, c, random.Next(2) == 1, random);
        }
    }

    [Theory]
    [InlineData(1, 1, 1300)]
    [InlineData(1, 300, 1300)]
    [InlineData(300, 1, 1300)]
    [InlineData(7, 9, 1100)]
    [InlineData(61, 70, 700)]
    [InlineData(70, 512, 256)]
    [InlineData(300, 300, 300)]
    [InlineData(49, 2100, 70)]
    [InlineData(130, 10, 70)]
    [InlineData(75, 1, 301)]
    [InlineData(75, 2, 301)]
    public void Several_blocks_and_packed_panels_have_the_bits_of_the_chain(int m, int n, int k)
    {
        var random = new Random(5);
        foreach (var b in new[] { Layout.Rows, Layout.Columns })
        {
            AssertLaw<double>(m, n, k, Layout.Rows, b, Layout.Rows, false, random);
            AssertLaw<float>(m, n, k, Layout.Columns, b, Layout.Rows, true, random);
            AssertLaw<float>(m, n, k, Layout.Rows, b, Layout.Columns, false, random);
        }
    }

    [Fact]
    public void A_row_has_the_same_bits_for_1_to_40_rows_and_a_column_for_1_to_40_columns()
    {
        const int k = 600;
        var random = new Random(9);
        var a = new Matrix<double>(40, k, Layout.Rows, random);
        var b = new Matrix<double>(k, 40, Layout.Rows, random);
        var whole = new Matrix<double>(40, 40, Layout.Rows, random);
        Multiply(40, 40, k, a, b, whole, false);
        for (var size = 1; size <= 40; size++)
        {
            var rows = new Matrix<double>(size, 40, Layout.Rows, random);
            Multiply(size, 40, k, a, b, rows, false);
            var columns = new Matrix<double>(40, size, Layout.Rows, random);
            Multiply(40, size, k, a, b, columns, false);
            for (var i = 0; i < 40; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    Assert.Equal(whole[j, i], rows[j, i]);
                    Assert.Equal(whole[i, j], columns[i, j]);
                }
            }
        }
    }

    // What bounds leave has the bits of the whole product: they say where A or B is zero, or what nobody reads of C.
    [Fact]
    public void Bounds_leave_the_bits_of_what_counts()
    {
        nint[] sizes = [1, 2, 3, 5, 8, 9, 12, 17, 25, 33, 50, 70, 130, 300, 600];
        var random = new Random(11);
        for (var trial = 0; trial < 600; trial++)
        {
            var (m, n, k) = (sizes[random.Next(sizes.Length)], sizes[random.Next(sizes.Length)], sizes[random.Next(sizes.Length)]);
            if (m * n * k > 4_000_000) continue;
            AssertBounds<double>(m, n, k, (GemmBounds)random.Next(64), random);
            AssertBounds<float>(m, n, k, (GemmBounds)random.Next(64), random);
        }
    }

    private static void AssertBounds<T>(nint m, nint n, nint k, GemmBounds bounds, Random random)
        where T : unmanaged
    {
        // Both triangles at once leave a diagonal: one of a pair is enough here.
        if ((bounds & GemmBounds.InnerToRow) != 0) bounds &= ~GemmBounds.InnerFromRow;
        if ((bounds & GemmBounds.InnerToColumn) != 0) bounds &= ~GemmBounds.InnerFromColumn;
        if ((bounds & GemmBounds.ColumnsToRow) != 0) bounds &= ~GemmBounds.ColumnsFromRow;
        bool Is(GemmBounds bound) => (bounds & bound) != 0;
        var a = new Matrix<T>((int)m, (int)k, (Layout)random.Next(3), random);
        var b = new Matrix<T>((int)k, (int)n, (Layout)random.Next(3), random);
        var c = new Matrix<T>((int)m, (int)n, (Layout)random.Next(3), random);
        for (var p = 0; p < k; p++)
        {
            for (var i = 0; i < m; i++)
                if ((Is(GemmBounds.InnerToRow) && p > i) || (Is(GemmBounds.InnerFromRow) && p < i)) a[i, p] = default;
            for (var j = 0; j < n; j++)
                if ((Is(GemmBounds.InnerToColumn) && p > j) || (Is(GemmBounds.InnerFromColumn) && p < j)) b[p, j] = default;
        }

        var accumulate = random.Next(2) == 1;
        var (want, before) = (new Matrix<T>(c), new Matrix<T>(c));
        Chain(m, n, k, a, b, want, accumulate);
        Multiply(m, n, k, a, b, c, accumulate, bounds);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var counts = !(Is(GemmBounds.ColumnsToRow) && j > i) && !(Is(GemmBounds.ColumnsFromRow) && j < i);
                Assert.True(!counts || want[i, j].Equals(c[i, j]), $"{typeof(T).Name} {m}x{n}x{k} {bounds} at {i}, {j}: {want[i, j]} is {c[i, j]}");
                c[i, j] = before[i, j];
            }

        // What lies between the elements must be untouched.
        Assert.True(c.Data.AsSpan().SequenceEqual(before.Data));
    }

    [Fact]
    public void No_terms_give_zero_or_leave_what_accumulates()
    {
        var random = new Random(1);
        var empty = new Matrix<float>(5, 0, Layout.Rows, random);
        var c = new Matrix<float>(5, 20, Layout.Rows, random);
        var before = (float[])c.Data.Clone();
        Multiply(5, 20, 0, empty, empty, c, true);
        Assert.Equal(before, c.Data);
        Multiply(0, 20, 3, empty, empty, c, false);
        Multiply(5, 0, 3, empty, empty, c, false);
        Assert.Equal(before, c.Data);
        Multiply(5, 20, 0, empty, empty, c, false);
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 20; j++)
            {
                Assert.Equal(0, c[i, j]);
            }
        }
    }

    [Fact]
    public void A_steady_product_allocates_nothing()
    {
        var random = new Random(2);
        var (a, b, c) = (
            new Matrix<double>(100, 300, Layout.Rows, random), new Matrix<double>(300, 90, Layout.Columns, random), new Matrix<double>(100, 90, Layout.Loose, random));
        Multiply(100, 90, 300, a, b, c, false);
        Assert.Equal(0, Allocation.Bytes(() => Multiply(100, 90, 300, a, b, c, true)));
    }

    private static void AssertLaw<T>(nint m, nint n, nint k, Layout aLayout, Layout bLayout, Layout cLayout, bool accumulate, Random random)
        where T : unmanaged
    {
        var a = new Matrix<T>((int)m, (int)k, aLayout, random);
        var b = new Matrix<T>((int)k, (int)n, bLayout, random);
        var c = new Matrix<T>((int)m, (int)n, cLayout, random);
        var want = new Matrix<T>(c);
        Chain(m, n, k, a, b, want, accumulate);
        Multiply(m, n, k, a, b, c, accumulate);

        // The whole storage: what lies between the elements must be untouched too.
        Assert.True(
            c.Data.AsSpan().SequenceEqual(want.Data),
            $"{typeof(T).Name} {m}x{n}x{k} a {aLayout} b {bLayout} c {cLayout} accumulate {accumulate}");
    }

    private static void Chain<T>(nint m, nint n, nint k, Matrix<T> a, Matrix<T> b, Matrix<T> c, bool accumulate)
        where T : unmanaged
    {
        var block = typeof(T) == typeof(double) ? 256 : 512;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var start = 0; start < Math.Max(k, 1); start += block)
                {
                    double sum = 0;
                    float single = 0;
                    for (var p = start; p < Math.Min(k, start + block); p++)
                    {
                        if (typeof(T) == typeof(double))
                        {
                            sum = Math.FusedMultiplyAdd((double)(object)a[i, p], (double)(object)b[p, j], sum);
                        }
                        else
                        {
                            single = MathF.FusedMultiplyAdd((float)(object)a[i, p], (float)(object)b[p, j], single);
                        }
                    }

                    var adds = accumulate || start > 0;
                    c[i, j] = typeof(T) == typeof(double)
                        ? (T)(object)(adds ? (double)(object)c[i, j] + sum : sum)
                        : (T)(object)(adds ? (float)(object)c[i, j] + single : single);
                }
            }
        }
    }

    private static void Multiply<T>(nint m, nint n, nint k, Matrix<T> a, Matrix<T> b, Matrix<T> c, bool accumulate, GemmBounds bounds = GemmBounds.None)
        where T : unmanaged
    {
        fixed (T* x = a.Data, y = b.Data, z = c.Data)
        {
            if (typeof(T) == typeof(double))
            {
                Gemm.Multiply(m, n, k, (double*)x, a.Row, a.Col, (double*)y, b.Row, b.Col, (double*)z, c.Row, c.Col, accumulate, bounds);
            }
            else
            {
                Gemm.Multiply(m, n, k, (float*)x, a.Row, a.Col, (float*)y, b.Row, b.Col, (float*)z, c.Row, c.Col, accumulate, bounds);
            }
        }
    }

    private sealed class Matrix<T>
        where T : unmanaged
    {
        public readonly T[] Data;
        public readonly nint Row;
        public readonly nint Col;

        public Matrix(int rows, int columns, Layout layout, Random random)
        {
            (Row, Col) = layout switch
            {
                Layout.Rows => (columns + (random.Next(2) * 3), 1),
                Layout.Columns => (1, rows + (random.Next(2) * 5)),
                _ => ((3 * columns) + 1, (nint)3),
            };
            Data = new T[1 + ((rows - 1) * Row) + (Math.Max(columns - 1, 0) * Col) + 8];
            foreach (ref var x in Data.AsSpan())
            {
                var value = random.NextDouble() - 0.5;
                x = typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value) : Unsafe.BitCast<float, T>((float)value);
            }
        }

        public Matrix(Matrix<T> other) => (Data, Row, Col) = ((T[])other.Data.Clone(), other.Row, other.Col);

        public T this[int i, int j]
        {
            get => Data[(i * Row) + (j * Col)];
            set => Data[(i * Row) + (j * Col)] = value;
        }
    }
}
