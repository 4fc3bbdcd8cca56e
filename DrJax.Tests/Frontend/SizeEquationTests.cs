using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Which sizes follow from others: equations of products and of quotients.</summary>
public class SizeEquationTests
{
    [Theory]
    // Heads: as many columns as heads times the columns of one.
    [InlineData("Tensor3<double> P(Mat<double> x, int heads) => Reshape(x, x.Rows, heads, x.Columns / heads);", "x.1", "(x.1 / heads)*heads")]
    [InlineData("Tensor3<double> P(Mat<double> x) => Reshape(x, x.Rows, 4, x.Columns / 4);", "x.1", "4*(x.1 / 4)")]
    // Patches: a product of two quotients, both exact.
    [InlineData("Tensor4<double> P(Mat<double> x) => Reshape(x, x.Rows / 2, 2, x.Columns / 3, 3);", "x.0", "2*(x.0 / 2)")]
    [InlineData("Tensor4<double> P(Mat<double> x) => Reshape(x, x.Rows / 2, 2, x.Columns / 3, 3);", "x.1", "3*(x.1 / 3)")]
    // Halves.
    [InlineData("double P(Vec<double> x) => Dot(x[..(x.Length / 2)], x[(x.Length / 2)..]);", "x.0", "2*(x.0 / 2)")]
    // A common factor, and a common sum.
    [InlineData("Mat<double> P(Mat<double> x, Mat<double> y) => Reshape(x, y.Rows, x.Columns) + y;", "y.0", "x.0")]
    [InlineData("Mat<double> P(Mat<double> x, Vec<double> y) => Reshape(y, x.Rows + 1, x.Columns) + Reshape(Concat(y, y), 2 * x.Rows + 2, x.Columns)[..(x.Rows + 1)];", "y.0", "x.0*x.1 + x.1")]
    public void A_size_is_learnt(string method, string size, string value)
    {
        var program = Compile.Program("P", $"public static class Programs {{ [DrJaxProgram] public static {method} }}");
        var (parameter, axis) = (size[..size.IndexOf('.')], int.Parse(size[(size.IndexOf('.') + 1)..], null));
        Assert.Equal(value, $"{program.Function.Parameters.Single(p => p.Name == parameter).Type.Shape[axis]}");
    }

    [Theory]
    [InlineData("a*b + b", "b", "a + 1")]
    [InlineData("a*a - b*b", "a - b", "a + b")]
    [InlineData("2*a", "3", null)]
    [InlineData("a*b + 1", "b", null)]
    public void Division_of_polynomials(string dividend, string divisor, string? quotient)
    {
        static Dim Of(string text) => text.Replace(" - ", " + -", StringComparison.Ordinal).Split(" + ").Select(term => term.Split('*')
            .Select(f => f[0] == '-' ? -1 * Atom(f[1..]) : Atom(f)).Aggregate((x, y) => x * y)).Aggregate((x, y) => x + y);
        static Dim Atom(string text) => int.TryParse(text, out var n) ? n : Dim.Symbol(text);
        Assert.Equal(quotient is null ? null : Of(quotient), Dim.Exact(Of(dividend), Of(divisor)));
    }
}
