using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class ArraysTests
{
    private static readonly Mat<int> M = new([1, 2, 3, 4, 5, 6], 2, 3);
    private static readonly Tensor3<int> T = new(Enumerable.Range(0, 24).ToArray(), 2, 3, 4);
    private static readonly Tensor4<int> Q = new(Enumerable.Range(0, 120).ToArray(), 2, 3, 4, 5);

    [Fact]
    public void Elements_and_items_are_read_by_index_from_either_end()
    {
        Vec<double> x = [1, 2, 3];
        Assert.Equal((1, 3), (x[0], x[^1]));
        Assert.Equal([4, 5, 6], M[1]);
        Assert.Equal(M[1], M[^1]);
        Assert.Equal((6, M[1, 2]), (M[^1][^1], 6));
        Assert.Equal([12 + 8, 12 + 9, 12 + 10, 12 + 11], T[1, 2]);
        Assert.Equal((23, 119), (T[1, 2, 3], Q[1, 2, 3, 4]));
        Assert.Equal(Q[1, 2, 3], Q[1][2][3]);
        Assert.Equal(Q[1, 2], Q[1][2]);
    }

    [Fact]
    public void Ranges_are_views_of_the_first_axis_and_columns_are_copies()
    {
        Assert.Equal([2, 3], M[0][1..]);
        Assert.Equal(new Mat<int>([4, 5, 6], 1, 3), M[1..]);
        Assert.Equal([2, 5], M[.., 1]);
        Assert.Equal([5], M[1.., 1]);
        Assert.Equal(T[1], T[1..][0]);
        Assert.Equal(Q[1], Q[^1..][0]);
        Assert.True(System.Runtime.CompilerServices.Unsafe.AreSame(in M.AsSpan()[3], in M[1].AsSpan()[0]));
    }

    [Fact]
    public void An_int_array_gathers_along_the_first_axis()
    {
        Vec<int> at = [1, 1, 0];
        Assert.Equal([3, 3, 1], ((Vec<int>)[1, 3])[at]);
        Assert.Equal((Mat<int>)[M[1], M[1], M[0]], M[at]);
        Assert.Equal((Tensor3<int>)[T[1], T[1], T[0]], T[at]);
        Assert.Equal((Tensor4<int>)[Q[1], Q[1], Q[0]], Q[at]);
        Assert.Equal(M[0], M[0][0..3]);
    }

    [Fact]
    public void With_replaces_one_item_of_a_copy()
    {
        var row = M[1];
        Assert.Equal([4, 9, 6], row.With(1, 9));
        Assert.Equal([4, 5, 6], M[1]);
        Assert.Equal([[1, 2, 3], [7, 8, 9]], M.With(1, [7, 8, 9]));
        Assert.Equal(9, M.With(1, 2, 9)[1, 2]);
        Assert.Equal(T[0], T.With(1, T[0])[1]);
        Assert.Equal(T[0, 0], T.With(1, 2, T[0, 0])[1, 2]);
        Assert.Equal(-1, T.With(1, 2, 3, -1)[1, 2, 3]);
        Assert.Equal(Q[0], Q.With(1, Q[0])[1]);
        Assert.Equal(-1, Q.With(1, 2, 3, 4, -1)[1, 2, 3, 4]);
        Assert.Equal(T[1..].With(0, T[0]), T[..1]);
    }

    [Fact]
    public void Collection_expressions_make_every_rank_and_spread()
    {
        Vec<double> a = [1, 2];
        Vec<double> b = [.. a, 3, .. a];
        Mat<double> m = [[1, 2], a];
        Tensor3<double> t = [[[1, 2], [3, 4]], m];
        Tensor4<double> q = [t, t];
        Assert.Equal([1, 2, 3, 1, 2], b);
        Assert.Equal((2, 2), (m.Rows, m.Columns));
        Assert.Equal(m, t[1]);
        Assert.Equal(t, q[1]);
        Assert.Equal(a, Vec(1.0, 2.0));
        Assert.Equal("collection expression: item 1 has shape [1], item 0 has [2]",
            Assert.Throws<ArgumentException>(() => { Mat<double> ragged = [[1, 2], [3]]; }).Message);
    }

    [Fact]
    public void Arrays_convert_and_are_copied()
    {
        double[] source = [1, 2];
        Vec<double> x = source;
        Mat<double> m = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };
        source[0] = 9;
        Assert.Equal(1, x[0]);
        Assert.Equal([[1, 2, 3], [4, 5, 6]], m);
        Assert.NotSame(x.ToArray(), x.ToArray());
        Assert.Equal(x, x.ToArray());
        Assert.Throws<ArgumentNullException>(() => (Vec<double>)(double[])null!);
    }

    [Fact]
    public void Default_is_an_empty_array()
    {
        Vec<float> x = default;
        Assert.Equal((0, 0, 0), (x.Length, default(Mat<float>).Columns, default(Tensor4<int>).Dimension(3)));
        Assert.Equal([], x);
        Assert.True(default(Mat<float>).AsSpan().IsEmpty);
        Assert.Equal("[]", x.ToString());
        Assert.Equal(x, x[..]);
        Assert.Equal(0, Sum(x));
        foreach (var element in x) Assert.Fail($"an element {element}");
    }

    [Fact]
    public void Pointers_pin_the_first_element_of_a_view()
    {
        unsafe
        {
            fixed (int* p = M[1]) Assert.Equal((4, 6), (p[0], p[2]));
            fixed (int* p = default(Vec<int>)) Assert.True(p is null);
        }
    }

    [Fact]
    public void Enumerating_a_vector_allocates_nothing()
    {
        Vec<int> x = [1, 2, 3];
        var total = 0;
        foreach (var element in x) total += element;
        Assert.Equal(6, total);
        Assert.Equal(0, Allocation.Bytes(() =>
        {
            foreach (var element in x) total += element;
        }));
    }

    [Fact]
    public void Enumeration_goes_along_the_first_axis()
    {
        var (rows, matrices, tensors) = (new List<Vec<int>>(), new List<Mat<int>>(), new List<Tensor3<int>>());
        foreach (var row in M) rows.Add(row);
        foreach (var matrix in T) matrices.Add(matrix);
        foreach (var tensor in Q) tensors.Add(tensor);
        Assert.Equal([M[0], M[1]], rows);
        Assert.Equal([T[0], T[1]], matrices);
        Assert.Equal([Q[0], Q[1]], tensors);
    }

    [Fact]
    public void Equality_is_of_shape_and_contents()
    {
        Vec<double> x = [1, double.NaN, 0], same = [1, double.NaN, -0.0];
        Assert.True(x == same && x.Equals((object)same) && x.GetHashCode() == same.GetHashCode());
        Assert.True(x != same.With(0, 2) && x != same[..2]);
        Assert.False(new Mat<int>([1, 2], 1, 2) == new Mat<int>([1, 2], 2, 1));
        Assert.True(M[1..][0] == M[1] && M[1].GetHashCode() == new Vec<int>([4, 5, 6]).GetHashCode());
        Assert.False(T == T[1..]);
        Assert.True(Q != Q.With(0, 0, 0, 0, 5));
    }

    [Fact]
    public void An_index_outside_names_itself_and_the_axis()
    {
        static string Text(Func<object> read) => Assert.Throws<IndexOutOfRangeException>(read).Message;
        Assert.Equal("index 3 is outside an axis of length 3", Text(() => M[0][3]));
        Assert.Equal("index -1 is outside an axis of length 2", Text(() => M[-1, 0]));
        Assert.Equal("index 3 is outside an axis of length 3", Text(() => M[0, 3]));
        Assert.Equal("index 2 is outside an axis of length 2", Text(() => M[[0, 2]]));
        Assert.Equal("index 4 is outside an axis of length 4", Text(() => T[0, 0, 4]));
        Assert.Equal("index 5 is outside an axis of length 5", Text(() => Q[0, 0, 0, 5]));
        Assert.Equal("index 7 is outside an axis of length 2", Text(() => M.With(7, M[0])));
        Assert.StartsWith("range 1..4 is outside an axis of length 2", Assert.Throws<ArgumentOutOfRangeException>(() => M.Slice(1, 3)).Message);
        Assert.StartsWith("axis 2 of an array of rank 2", Assert.Throws<ArgumentOutOfRangeException>(() => M.Dimension(2)).Message);
    }

    [Fact]
    public void Wrong_shapes_name_both()
    {
        Assert.Equal("With: shapes [3] and [2] differ", Assert.Throws<ArgumentException>(() => M.With(0, [1, 2])).Message);
        Assert.Equal("With: shapes [3, 4] and [2, 3] differ", Assert.Throws<ArgumentException>(() => T.With(0, M)).Message);
        Assert.StartsWith("shape [2, 2] has 4 elements, got 3",
            Assert.Throws<ArgumentException>(() => new Mat<int>([1, 2, 3], 2, 2)).Message);
        Assert.StartsWith("shape [3, 1] has 3 elements, got 2",
            Assert.Throws<ArgumentException>(() => Mat<int>.UnsafeWrap([1, 2], 3, 1)).Message);
        Assert.StartsWith("a shape has no negative axis", Assert.Throws<ArgumentException>(() => new Mat<int>([1, 2], -1, -2)).Message);
    }

    [Fact]
    public void UnsafeWrap_does_not_copy()
    {
        int[] elements = [1, 2, 3, 4];
        var (x, m, t, q) = (DrJax.Vec<int>.UnsafeWrap(elements), Mat<int>.UnsafeWrap(elements, 2, 2),
            Tensor3<int>.UnsafeWrap(elements, 1, 2, 2), Tensor4<int>.UnsafeWrap(elements, 1, 1, 2, 2));
        elements[3] = 9;
        Assert.Equal((9, 9, 9, 9), (x[3], m[1, 1], t[0, 1, 1], q[0, 0, 1, 1]));
    }
}
