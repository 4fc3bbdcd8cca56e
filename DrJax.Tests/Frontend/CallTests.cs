using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Derivative calls outside of programs, and the derivative programs of companions.</summary>
public class CallTests
{
    [Theory]
    [InlineData("Grad(F, x, 2.0)", "v", "[4, 8, 12]")]
    [InlineData("Grad(static (s, v) => F(v, s), 2.0, x)", "s", "[14]")]
    [InlineData("Grad((p, q) => F(p.V, p.S) + q, (V: x, S: 2.0), 1.0)", "p", "[4, 8, 12] [14]")]
    [InlineData("ValueAndGrad(F, x, 2.0)", "v", "[28] [4, 8, 12]")]
    public void Gradients(string call, string first, string expected)
    {
        var program = Closed(call);
        Assert.Equal(first, program.Parameters[0].Name);
        var arguments = program.Function.Parameters.ToDictionary(p => p.Name, p => p.Type.Rank == 1 ? NdArray.Of(1, 2, 3) : NdArray.Scalar(2));
        Assert.Equal(expected, string.Join(" ", Evaluate.Run(program, arguments).Select(r => $"[{string.Join(", ", r.Data)}]")));
    }

    [Fact]
    public void Forward_reverse_and_second_derivatives()
    {
        var x = ("v", NdArray.Of(1, 2, 3));
        var tangent = ("vTangent", NdArray.Of(1, 0, -1));
        var s = ("s", NdArray.Scalar(2));
        Assert.Equal([28, -8], Evaluate.Run(Closed("Jvp(F, x, x, 2.0)"), x, tangent, s).Select(r => r.Value));
        Assert.Equal([4, 0, -4], Evaluate.Run(Closed("Hvp(F, x, x, 2.0)"), x, tangent, s)[0].Data);
        Assert.Equal([4, 0, 0, 0, 4, 0, 0, 0, 4], Evaluate.Run(Closed("Hessian(F, x, 2.0)"), x, s)[0].Data);
        Assert.Equal([2, 0, 0, 0, 4, 0, 0, 0, 6], Evaluate.Run(Closed("Jacobian(v => Square(v), x)"), x)[0].Data);
        Assert.Equal([3, 1, 1, 0, 3, 1], Evaluate.Run(Closed("Jacobian(v => Vec(v[0] * v[1] + v[0] + v[2], v[1] * v[2] - v[2]), x)"), x)[0].Data);
        var vjp = Evaluate.Run(Closed("Vjp(v => Square(v), x, r => 2 * r)"), x);
        Assert.Equal([1, 4, 9], vjp[0].Data);
        Assert.Equal([4, 32, 108], vjp[1].Data);
    }

    [Theory]
    [InlineData("Grad(v => Dot(v, v) * s + Sum(x), x)", "[4, 8, 12]")]                                             // captures are constants
    [InlineData("Build(3, i => Grad(v => v[i] * v[0], x)[0])", "[2, 2, 3]")]
    [InlineData("Grad((double t) => Sum(Map3(t, x)), s) * x", "[6, 12, 18]")]
    [InlineData("Rows((Mat<double>)[x, 2 * x], r => Grad(v => Dot(v, v), r))[1]", "[4, 8, 12]")]
    [InlineData("x[0] > 0 ? Grad(v => Dot(v, v), x) : x", "[2, 4, 6]")]
    [InlineData("Steps(x, s)", "[0.25, 0.5, 0.75]")]
    [InlineData("Grad(F, Grad(F, x, s), s)", "[16, 32, 48]")]
    [InlineData("ValueAndGrad(F, x, 1.0).Gradient", "[2, 4, 6]")]
    [InlineData("Hessian(v => v[0] * v[1] * v[2], x)[0]", "[0, 3, 2]")]
    [InlineData("Hvp(v => v[0] * v[1] * v[2], x, Vec(1.0, 0, 0))", "[0, 3, 2]")]
    public void Inside_programs_derivatives_take_captures_and_nest(string expression, string expected)
    {
        var program = Compile.Program("P", $$"""
            public static class Programs
            {
                [DrJaxProgram] public static Vec<double> P(Vec<double> x, double s) => {{expression}};
                static double F(Vec<double> v, double s) => s * Dot(v, v);
                static Vec<double> Map3(double t, Vec<double> x) => Build(3, i => t * x[i]);
                static Vec<double> Steps(Vec<double> x, double s)
                {
                    for (var i = 0; i < 2; i++) x -= 0.25 * Grad(v => F(v, s) / 2, x);
                    return x;
                }
            }
            """);
        Assert.Equal(expected, $"[{string.Join(", ", Evaluate.Run(program, ("x", NdArray.Of(1, 2, 3)), ("s", NdArray.Scalar(2)))[0].Data)}]");
    }

    [Fact]
    public void A_call_takes_the_placement_of_the_program_it_differentiates()
    {
        var result = Compile.Call("""
            public static class Programs
            {
                [DrJaxProgram("clients")]
                public static double Loss(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(v => Dot(w, v), x));
                static Vec<double> Direct(Vec<double> w, Placed<Vec<double>> x) => Grad(static (w, x) => 2 * Loss(w, x), w, x);
            }
            """);
        Assert.Empty(result.Diagnostics);
        Assert.Equal("clients", result.Program!.Placement!.Name);
        Assert.Equal([4, 6], Evaluate.Run(result.Program, ("w", NdArray.Of(1, 1)), ("x", new NdArray([2, 2], [1, 2, 3, 4])))[0].Data);
    }

    [Fact]
    public void Companions_differentiate_everything_floating()
    {
        var program = Compile.Program("P", """
            public readonly record struct Net(Vec<double> W, int Steps) : IVectorSpace;
            public static class Programs
            {
                [DrJaxProgram] public static (double, Net) P(Net net, int n, double s) => (n * s * Sum(net.W), net);
            }
            """);
        (string, NdArray)[] point = [("net.W", NdArray.Of(1, 2)), ("net.Steps", NdArray.Scalar(7)), ("n", NdArray.Scalar(3)), ("s", NdArray.Scalar(2))];
        var jvp = Frontend(program, DerivativeKind.Jvp);
        Assert.Equal(["net", "n", "s", "netTangent", "sTangent"], jvp.Parameters.Select(p => p.Name));
        Assert.Equal("((double, global::Net) Value, (double, global::Net) Tangent)", jvp.Result.CSharp);
        var pushed = Evaluate.Run(jvp, [.. point, ("netTangent.W", NdArray.Of(1, 1)), ("netTangent.Steps", NdArray.Scalar(0)), ("sTangent", NdArray.Scalar(1))]);
        Assert.Equal([18, 3 * 2 * 2 + 3 * 3], [pushed[0].Value, pushed[3].Value]);
        var vjp = Frontend(program, DerivativeKind.Vjp);
        Assert.Equal(["net", "n", "s", "cotangent"], vjp.Parameters.Select(p => p.Name));
        Assert.Contains("NetCotangent", vjp.Result.CSharp, StringComparison.Ordinal);
        var pulled = Evaluate.Run(vjp, [.. point, ("cotangent.Item1", NdArray.Scalar(1)), ("cotangent.Item2.W", NdArray.Of(10, 20)), ("cotangent.Item2.Steps", NdArray.Scalar(0))]);
        Assert.Equal([16, 26], pulled[3].Data);
        Assert.Equal([9], pulled[5].Data);
    }

    private static Program Frontend(Program program, DerivativeKind kind) => DrJax.Generator.Frontend.Frontend.CompileDerivative(program, kind)!;

    /// <summary>A call of F(v, s) = s v.v as a program of its own.</summary>
    private static Program Closed(string call)
    {
        var result = Compile.Call($$"""
            public static class Calls
            {
                static double F(Vec<double> v, double s) => s * Dot(v, v);
                static object Caller(Vec<double> x) => {{call}};
            }
            """);
        Assert.True(result.Diagnostics.Count == 0, string.Join("\n", result.Diagnostics.Select(d => d.ToDiagnostic())));
        return result.Program!;
    }
}
