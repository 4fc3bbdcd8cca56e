using System.Reflection;
using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class OperatorTests
{
    private static readonly double[] Left = [1, -2, 3, 4, 0.5, 6], Right = [4, -2, 2, 8, 0.5, -1];
    private static readonly Dictionary<Type, Type> Classes = new()
    {
        [typeof(Vec<>)] = typeof(VecOperators), [typeof(Mat<>)] = typeof(MatOperators),
        [typeof(Tensor3<>)] = typeof(Tensor3Operators), [typeof(Tensor4<>)] = typeof(Tensor4Operators),
    };

    private static readonly Dictionary<string, Func<double, double, double>> Arithmetic = new()
    {
        ["op_Addition"] = (x, y) => x + y, ["op_Subtraction"] = (x, y) => x - y,
        ["op_Multiply"] = (x, y) => x * y, ["op_Division"] = (x, y) => x / y,
    };

    private static readonly Dictionary<string, Func<double, double, bool>> Comparisons = new()
    {
        ["op_GreaterThan"] = (x, y) => x > y, ["op_LessThan"] = (x, y) => x < y,
        ["op_GreaterThanOrEqual"] = (x, y) => x >= y, ["op_LessThanOrEqual"] = (x, y) => x <= y,
    };

    public static TheoryData<Type> Ranks => [.. Classes.Keys];

    [Theory, MemberData(nameof(Ranks))]
    public void Arithmetic_and_comparison_are_elementwise_in_every_rank(Type rank)
    {
        foreach (var (name, f) in Arithmetic) Check(rank, name, f);
        foreach (var (name, f) in Comparisons) Check(rank, name, f);
    }

    private static void Check<R>(Type rank, string name, Func<double, double, R> f) where R : unmanaged
    {
        var array = rank.MakeGenericType(typeof(double));
        R[] Run(object x, object y) => Elements<R>(Find(Classes[rank], name, x.GetType(), y.GetType()).Invoke(null, [x, y])!);
        var (a, b) = (ElementwiseTests.Array(rank, Left), ElementwiseTests.Array(rank, Right));
        Assert.Equal(Left.Zip(Right, f), Run(a, b));
        Assert.Equal(Left.Select(x => f(x, 0.5)), Run(a, 0.5));
        Assert.Equal(Left.Select(x => f(0.5, x)), Run(0.5, a));
        Assert.Equal(array, a.GetType());
    }

    private static MethodInfo Find(Type owner, string name, Type x, Type y) => owner.GetMethods()
        .Where(m => m.Name == name && m.GetParameters().Length == 2 && m.IsGenericMethod).Select(m => m.MakeGenericMethod(typeof(double)))
        .Single(m => m.GetParameters()[0].ParameterType == x && m.GetParameters()[1].ParameterType == y);

    private static R[] Elements<R>(object array) => (R[])array.GetType().GetMethod("ToArray")!.Invoke(array, null)!;

    [Fact]
    public void Operators_bind_with_literals_and_compound_assignment()
    {
        Vec<float> x = [1, 2];
        x += x;
        x -= 1;
        x *= 2f;
        Assert.Equal([2, 6], x);
        Assert.Equal([-2, -6], -x);
        Assert.Equal([1.5f, 1 + 1f / 6], 1 + 1 / x);
        Mat<double> m = [[1, 2], [3, 4]];
        Assert.Equal([[2, 4], [6, 8]], m + m);
        Assert.Equal([[-1, -2], [-3, -4]], -m);
        Tensor3<double> t = [m, m];
        Assert.Equal(m - 1, (t - 1)[1]);
        Assert.Equal(-m, (-t)[0]);
        Tensor4<double> q = [t];
        Assert.Equal(2 * t, (q + q)[0]);
        Assert.Equal(-t, (-q)[0]);
    }

    [Fact]
    public void A_row_meets_every_row_of_a_matrix()
    {
        Mat<double> m = [[1, 2], [3, 4], [5, 6]];
        Vec<double> row = [10, 2];
        Assert.Equal([[11, 4], [13, 6], [15, 8]], m + row);
        Assert.Equal([[-9, 0], [-7, 2], [-5, 4]], m - row);
        Assert.Equal([[10, 4], [30, 8], [50, 12]], m * row);
        Assert.Equal([[0.1, 1], [0.3, 2], [0.5, 3]], m / row);
        Assert.Equal("operator +: shapes [3, 2] and [3] differ in the number of columns",
            Assert.Throws<ArgumentException>(() => m + Vec(1.0, 2, 3)).Message);
    }

    [Fact]
    public void Different_shapes_are_named()
    {
        Vec<int> x = [1, 2, 3], y = [1, 2, 3, 4];
        Assert.Equal("operator +: shapes [3] and [4] differ", Assert.Throws<ArgumentException>(() => x + y).Message);
        Assert.Equal("operator >=: shapes [3] and [4] differ", Assert.Throws<ArgumentException>(() => x >= y).Message);
        Assert.Equal("operator %: shapes [3] and [4] differ", Assert.Throws<ArgumentException>(() => x % y).Message);
        Assert.Equal("operator *: shapes [1, 3] and [3, 1] differ",
            Assert.Throws<ArgumentException>(() => Zeros<int>(1, 3) * Zeros<int>(3, 1)).Message);
    }

    [Fact]
    public void Remainders_of_ints_have_the_sign_of_the_left_operand()
    {
        Vec<int> x = [7, -7, 6];
        Assert.Equal([1, -1, 0], x % 3);
        Assert.Equal([1, 1, 2], 8 % x);
        Assert.Equal([7 % 2, -7 % 5, 0], x % Vec(2, 5, 6));
        Mat<int> m = [x, x];
        Assert.Equal(x % 3, (m % 3)[1]);
        Assert.Equal(x % 3, (((Tensor3<int>)[m]) % 3)[0, 1]);
        Assert.Equal(x % 3, (((Tensor4<int>)[[m]]) % 3)[0, 0, 1]);
    }

    [Fact]
    public void Masks_combine()
    {
        Vec<bool> x = [true, true, false, false], y = [true, false, true, false];
        Assert.Equal([false, false, true, true], !x);
        Assert.Equal([true, false, false, false], x & y);
        Assert.Equal([true, true, true, false], x | y);
        Mat<bool> m = [x, y];
        Tensor3<bool> t = [m];
        Tensor4<bool> q = [t];
        Assert.Equal(!x, (!m)[0]);
        Assert.Equal(m, (t & t)[0]);
        Assert.Equal(!m, (!q | !q)[0, 0]);
    }
}
