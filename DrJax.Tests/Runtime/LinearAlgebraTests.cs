using Xunit;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

public class LinearAlgebraTests
{
    private static readonly Mat<double> A = [[1, 2, 3], [4, 5, 6]], B = [[1, -1], [0, 2], [3, 0.5]];

    [Fact]
    public void Products_of_matrices_and_vectors()
    {
        Assert.Equal([[10, 4.5], [22, 9]], MatMul(A, B));
        Assert.Equal([14, 32], MatMul(A, Vec(1.0, 2, 3)));
        Assert.Equal([9, 12, 15], MatMul(Vec(1.0, 2), A));
        Assert.Equal(32, Dot(Vec(1, 2, 3), Vec(4, 5, 6)));
        Assert.Equal([[3, 4], [6, 8]], Outer(Vec(1, 2), Vec(3, 4)));
        Assert.Equal([[1, 4], [2, 5], [3, 6]], Transpose(A));
        Assert.Equal((5, 5), (Norm(Vec(3.0, -4)), Norm((Mat<double>)[[3, 0], [0, 4]])));
    }

    [Fact]
    public void Shapes_that_do_not_meet_are_named()
    {
        Assert.Equal("MatMul: shapes [2, 3] and [2, 3] differ in the summed axis (3 and 2)",
            Assert.Throws<ArgumentException>(() => MatMul(A, A)).Message);
        Assert.Equal("MatMul: shapes [2, 3] and [2] differ in the summed axis (3 and 2)",
            Assert.Throws<ArgumentException>(() => MatMul(A, A[0][..2])).Message);
        Assert.Equal("MatMul: shapes [3] and [2, 3] differ in the summed axis (3 and 2)",
            Assert.Throws<ArgumentException>(() => MatMul(A[0], A)).Message);
        Assert.Equal("Dot: shapes [3] and [2] differ", Assert.Throws<ArgumentException>(() => Dot(A[0], B[0])).Message);
    }

    [Fact]
    public void Softmax_family_is_shifted()
    {
        var x = Vec(1000.0, 1001, 1002);
        // exp of at most three rounded numbers: a few units in the last place.
        Assert.Equal(1002 + Math.Log(1 + Math.Exp(-1) + Math.Exp(-2)), LogSumExp(x), 1e-12);
        Assert.Equal(1, Sum(Softmax(x)), 1e-15);
        Assert.Equal(Math.Exp(-1), Softmax(x)[1] / Softmax(x)[2], 1e-15);
        Assert.Equal(Log(Softmax(x))[0], LogSoftmax(x)[0], 1e-12);
        Assert.Equal(double.NegativeInfinity, LogSumExp(Vec(double.NegativeInfinity, double.NegativeInfinity)));
        Assert.Equal(0, LogSumExp(Vec(double.NegativeInfinity, 0)));
        Assert.Equal(double.PositiveInfinity, LogSumExp(Vec(double.PositiveInfinity, 0)));
    }
}
