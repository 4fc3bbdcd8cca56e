using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>C# of every kind in the subset means in the IR what it means when it runs.</summary>
public class LanguageTests
{
    private const string Vectors = "Vec<double> x, Vec<double> y";
    private const string TwoVectors = "(Vec<double>)[1.5, -2, 0.25], (Vec<double>)[0.5, 3, -1]";

    [Theory]
    [InlineData("2 * x + y / 4 - -x")]
    [InlineData("Where(x > y, x, 0.0)")]
    [InlineData("Where((x > 0.0) & !(y <= 1.0), x, y)")]
    [InlineData("(Sum(x), Mean(y), Max(x), Min(y), ArgMax(x), ArgMin(y))")]
    [InlineData("(Max(x, y), Min(x, 0.5), Clamp(x, -1, 1), Pow(Abs(x), 2.0), Atan2(x, y))")]
    [InlineData("(LogSumExp(x), Softmax(y), LogSoftmax(x), Norm(x))")]
    [InlineData("(Dot(x, y), Outer(x, y), MatMul(Outer(x, y), x), MatMul(x, Outer(x, y)), MatMul(Outer(x, y), Outer(y, x)), Transpose(Outer(x, y)))")]
    [InlineData("(x[0], x[^1], x[1..], x[..^1], x[1..2], Outer(x, y)[1], Outer(x, y)[1, 2], Outer(x, y)[.., 1], Outer(x, y)[1..])")]
    [InlineData("(x.With(1, 7.0), Outer(x, y).With(0, y), Outer(x, y).With(2, 1, 5.0))")]
    [InlineData("(x[Vec(2, 0, 2)], Outer(x, y)[Vec(1, 1)])")]
    [InlineData("(Zeros<double>(2), Ones<double>(2, 3), Full(2, 1.5), Iota(x.Length), Zeros<int>(x.Length))")]
    [InlineData("(Build(x.Length, i => x[i] * i), Build(2, x.Length, (i, j) => x[j] + i), Build(2, i => i * y), Build(2, 2, 2, (i, j, k) => i + 10.0 * j + 100 * k))")]
    [InlineData("(Sum(x.Length, i => x[i] * y[i]), Mean(3, i => x[i]), Max(3, i => x[i]), Min(x.Length - 1, i => y[i + 1]))")]
    [InlineData("(Rows(Outer(x, y), r => r - Mean(r)), Rows(Outer(x, y), Sum), Sum(Outer(x, y), 0), Mean(Outer(x, y), 1), Max(Outer(x, y), 0))")]
    [InlineData("((Vec<double>)[x[0], .. y, 3], Vec(x[1], 2.0), Vec(1, 2), (Mat<double>)[x, y])")]
    [InlineData("(Math.Sqrt(2), Math.Exp(x[0]), MathF.PI, Math.Max(x[0], y[0]), Math.Sin(Math.PI / 3), double.Log(3.0), Math.Abs(-3))")]
    [InlineData("(x == y, x != y, x == x, x[0] == y[0] || x[1] < y[1], x[0] > 0 && x[2] > 100)")]
    [InlineData("(Outer(x, y) + x, Outer(x, y) - y, 1 / Outer(x, y), Outer(x, y) * Outer(y, x))")]
    [InlineData("(Sigmoid(x), Softplus(y), Relu(x), Expm1(x), Log1p(Abs(x)), Tanh(x))")]
    [InlineData("(x.Dimension(0), Outer(x, x).Columns, Outer(x, y).Rows, x.Length % 2, -x.Length)")]
    [InlineData("x[0] > 0 ? Sqrt(x[0]) : 0")]
    [InlineData("(Math.Log2(8 + x[0]), Math.Log10(y[1]), double.IsNaN(x[0]), double.IsFinite(y[0]), Math.Sign(x[1]), Math.Clamp(x[0], 0, 1), Math.Pow(2, x[0]))")]
    [InlineData("x.Length > 2 ? x[2] : x[0]")]
    [InlineData("(x.Length & 6, 5 ^ -x.Length, ~x.Length << 2, -x.Length >>> 30, (Iota(4) | 9) >> 1, ~Iota(3) ^ Iota(3), (x > 0.0) ^ (y > 0.0), x[0] > 0 ^ true)")]
    public void Expressions(string expression) => Same($"=> {expression};", Vectors, TwoVectors, TypeOf(expression));

    [Theory]
    [InlineData("(ToDouble(ToInt(x)), (int)x[0], (float)x[1], ToFloat(y), (double)x.Length / 2)")]
    [InlineData("StopGradient(x) * 2")]
    [InlineData("(Floor(x), Ceiling(y), Round(x), Truncate(y), Sign(y), x[0] % 2.0)")]
    public void Expressions_that_steps_do_not_differentiate(string expression) =>
        Same($"=> {expression};", Vectors, TwoVectors, TypeOf(expression), derivatives: false);

    [Theory]
    [InlineData("var s = 0.0; for (var i = 0; i < x.Length; i++) s += x[i] * y[i]; return s;", "double")]
    [InlineData("var s = 0.0; for (var i = x.Length - 1; i >= 0; i--) s = s * 2 + x[i]; return s;", "double")]
    [InlineData("var s = 0.0; for (int i = 1; i <= 7; i += 2) { s += i; } return s;", "double")]
    [InlineData("var s = 0.0; for (int i = 0; 5 > i; ++i) for (var j = i; j < i + 2; j++) s += i * j; return s;", "double")]
    [InlineData("var (a, b) = (0, 1); for (var i = 0; i < 10; i++) (a, b) = (b, a + b); return a;", "int")]
    [InlineData("var s = 1.0; for (var i = 5; i < 3; i++) s = 0; return s;", "double")]
    [InlineData("var m = Zeros<double>(3); for (var i = 0; i < 3; i++) { var t = x[i]; m = m.With(i, t * t); } return m;", "Vec<double>")]
    [InlineData("var t = (A: 1.0, B: x); for (var i = 0; i < 3; i++) { t.A *= 2; t.B += y; } return t.A + Sum(t.B);", "double")]
    [InlineData("double a; if (x[0] > 0) a = 1; else { a = 2; } return a;", "double")]
    [InlineData("var a = x; var n = 0; if (x[0] > 100) { a = y; n++; } else if (y[0] > 0) a *= 3; return (a, n);", "(Vec<double>, int)")]
    [InlineData("if (x[0] > 5) return x; if (x[0] > 1) { var z = 2 * y; return z; } var w = x + y; return w;", "Vec<double>")]
    [InlineData("if (x.Length == 3) return 1; else return 2;", "int")]
    [InlineData("double F(double v) => v * x[0]; var g = (double v) => F(v) + 1; return g(3);", "double")]
    [InlineData("static double F(double v) { if (v > 0) return v; return -v; } return F(x[1]);", "double")]
    [InlineData("var i = 1; var a = x[i++]; var b = x[i--]; return (a, b, i);", "(double, double, int)")]
    [InlineData("const int n = 2; var (a, _) = (x, y); { var c = a[..n]; return c; }", "Vec<double>")]
    [InlineData("var s = 0.0; for (var i = 0; i < 2; i++) s += Sum(x[i..(i + 2)]); return s;", "double")]
    [InlineData("var n = 0; for (var i = 0; i < x.Length; i++) if (x[i] > 0) n++; return n;", "int")]
    [InlineData("var s = 0.0; for (var i = 0; i < x.Length; i++) { if (i > 0 && x[i - 1] > 0) s += x[i]; else s -= 1; } return s;", "double")]
    [InlineData("return x * Two * Three;", "Vec<double>")]
    [InlineData("return Generic(x, 3.0) + Apply(v => v * x[1], 2.0);", "double")]
    public void Statements(string body, string type) => Same($"{{ {body} }}", Vectors, TwoVectors, type, """
        static T Generic<T>(Vec<T> v, T s) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Sum(v) * (s + T.One) / T.CreateChecked(v.Length) + T.Exp(T.Zero);
        static double Two => 2;
        static double Three { get { return Two + 1; } }
        static double Apply(Func<double, double> f, double x) => f(f(x));
        """);

    [Theory]
    [InlineData("new Net(n.W + 1, n.B)", "Net")]
    [InlineData("n with { B = 3 }", "Net")]
    [InlineData("n - 0.5 * n / 2 + -n", "Net")]
    [InlineData("Second(n)", "double")]
    [InlineData("n.Step(0.5)", "Net", "static class Extensions { public static Net Step(this Net n, double s) => n - s * n; }")]
    public void Records(string expression, string type, string more = "") => Same($"=> {expression};", "Net n", "new Net([1, 2], 3, 4)", type,
        "static double Second(Net n) { var (w, b, _) = n; return Sum(w) * b; }",
        more + " public readonly record struct Net(Vec<double> W, double B, int Steps = 0) : IVectorSpace;");

    [Theory]
    [InlineData("ReduceMean(Map(d => Dot(d.X, w) * d.N.B + d.Y, x))", "double")]
    [InlineData("ReduceMean(Map(d => d.N * d.X[0], x))", "Net", "")]
    public void Placed_structures(string expression, string type, string more = "") => Same($"=> {expression};", "Vec<double> w, Placed<(Vec<double> X, Net N, double Y)> x",
        "(Vec<double>)[0.5, 2], (Placed<(Vec<double> X, Net N, double Y)>)[([1, 2], new([3], 1), 4), ([-1, 0.5], new([2], 7), 2)]", type, more,
        "public readonly record struct Net(Vec<double> W, double B) : IVectorSpace;", "[DrJaxProgram(\"clients\")]");

    [Theory]
    [InlineData("ReduceSum(Map(v => v * 2, x))", "Vec<double>")]
    [InlineData("Map((v, s) => Sum(v) + s, x, s)", "Placed<double>")]
    [InlineData("(ReduceMean(s), ReduceMax(x), ReduceMin(s), ReduceWeightedMean(x, Map(v => v * v, s)))", "(double, Vec<double>, double, Vec<double>)")]
    [InlineData("ReduceMean(Map(v => ArgMax(v), x))", "double")]
    [InlineData("ReduceSum(Map((w, v) => Dot(w, v), Broadcast(w), x))", "double")]
    [InlineData("(Map(v => Outer(v, w), x), x.Count)", "(Placed<Mat<double>>, int)")]
    [InlineData("Two(x, w)", "double")]
    [InlineData("Rounds(w, x)", "Vec<double>")]
    [InlineData("ReduceSum(Map((v, s) => Inner(v) * s, x, s))", "double")]
    [InlineData("ReduceSum(Map(v => v[0] > 2 ? Sum(v) * w[0] : v[1] > 0 ? Sqrt(v[1]) : 0, x))", "double")]
    [InlineData("ReduceMean(Map(v => { var t = w; for (var i = 0; i < 2; i++) { if (v[i] > 0) t += v[i] * w; else t -= v; } return t; }, x))", "Vec<double>")]
    [InlineData("w[0] > 0 ? ReduceMean(Map(v => v * w, x)) : w", "Vec<double>")]
    public void Placements(string expression, string type) => Same($"=> {expression};", "Vec<double> w, Placed<Vec<double>> x, Placed<double> s",
        "(Vec<double>)[0.5, 2], Placed.Rows((Mat<double>)[[1, 2], [3, -4], [-7, 6]]), Placed.Rows((Vec<double>)[1, -2, 3])", type, """
        static double Two(Placed<Vec<double>> x, Vec<double> w)
        {
            var (a, b) = Map(v => (v, Dot(v, w)), x);
            var inner = ReduceMean(a);
            return Sum(inner) + ReduceMax(b);
        }
        [DrJaxProgram("parts", 2)]
        public static double Inner(Vec<double> v) => ReduceMean(Map(p => Sum(p) * p[0], Broadcast(2 * v)));
        static Vec<double> Rounds(Vec<double> w, Placed<Vec<double>> x)
        {
            for (var r = 0; r < 3; r++)
            {
                var step = ReduceMean(Map(v => v - w, x));
                w += 0.1 * step;
            }
            return w;
        }
        """, attribute: "[DrJaxProgram(\"clients\")]");

    [Fact]
    public void Whole_programs_may_span_files_and_name_arguments_in_any_order()
    {
        var program = Compile.Program("P", "public static class Programs { [DrJaxProgram] public static double P(double a, double b) => Helpers.Less(y: a, x: b) + Helpers.Offset; }",
            "static class Helpers { public static readonly double Offset = 2 * Math.PI; public static double Less(double x, double y = 3) => x - y; }");
        Assert.Equal(5 - 3 + 2 * Math.PI, Evaluate.Run(program, ("a", Ir.NdArray.Scalar(3)), ("b", Ir.NdArray.Scalar(5)))[0].Value);
    }

    private static void Same(string body, string parameters, string arguments, string type, string members = "", string types = "", string attribute = "[DrJaxProgram]",
        bool derivatives = true) =>
        Eager.SameAsCompiled($$"""
            public static class Programs
            {
                public static object[] Args() => [{{arguments}}];
                {{attribute}} public static {{type}} P({{parameters}}) {{body}}
                {{members}}
            }
            {{types}}
            """, derivatives);

    /// <summary>The C# type of an expression of x and y.</summary>
    private static string TypeOf(string expression)
    {
        var compilation = Compile.Compilation($"class C {{ void M({Vectors}) {{ var r = {expression}; }} }}");
        var tree = compilation.SyntaxTrees[1];
        var declarator = tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>().Single();
        return ((ILocalSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(declarator)!).Type.ToDisplayString();
    }
}
