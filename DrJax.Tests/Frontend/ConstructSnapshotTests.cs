using System.Runtime.CompilerServices;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Transforms;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>
/// What every construct of the array library, of the transformations and of MapReduce is in the IR: for each a tiny program, its source above the
/// graph as printed and, where that says something, its reverse derivative as lowering takes it. One file for each theme.
/// </summary>
public class ConstructSnapshotTests
{
    /// <param name="Method">The program, named P.</param>
    /// <param name="HasReverse">Whether the reverse derivative is printed too.</param>
    /// <param name="Placement">The attribute's arguments.</param>
    /// <param name="Members">Other members of its class.</param>
    private sealed record Row(string Method, bool HasReverse, string Placement = "", string Members = "");

    private static Row Value(string method) => new(method, false);

    private static Row Both(string method) => new(method, true);

    [Fact]
    public void Comprehensions() => Match([
        Both("Vec<double> P(Vec<double> x) => Build(x.Length, i => x[i] * x[x.Length - 1 - i]);"),
        Both("Vec<double> P(Vec<double> x, Vec<int> at) => Build(at.Length, i => 2 * x[at[i]]);"),
        Value("Mat<double> P(Vec<double> x, Vec<double> y) => Build(x.Length, y.Length, (i, j) => i < j ? x[i] * y[j] : 0.0);"),
        Value("Tensor3<double> P(Mat<double> m, Vec<double> x) => Build(m.Rows, m.Columns, x.Length, (i, j, k) => m[i, j] + x[k]);"),
        Value("Tensor4<double> P(Mat<double> m) => Build(2, 3, m.Rows, m.Columns, (i, j, k, l) => m[k, l] * (i + j));"),
        Both("double P(Vec<double> x) => Sum(x.Length, i => x[i] > 0 ? Sqrt(x[i]) : 0.0);"),
        Value("double P(Vec<double> x) => Max(x.Length, i => x[i] * i);"),
        Both("Mat<double> P(Mat<double> m) => Rows(m, Softmax);")]);

    [Fact]
    public void Indices_and_ranges() => Match([
        Both("double P(Vec<double> x, int i) => x[i] + x[^1];"),
        Value("Vec<double> P(Mat<double> m, Vec<int> i) => m[i[0]];"),
        Value("Mat<double> P(Tensor3<double> t, int i) => t[i, 1..^1];"),
        Both("Vec<double> P(Vec<double> x) => x[1..] - x[..^1];"),
        Both("Vec<double> P(Vec<double> x, Vec<int> at) => x[at];"),
        Both("Vec<double> P(Vec<double> x, int i, double v) => x.With(i, v);"),
        Both("Mat<double> P(Mat<double> m, Vec<double> column) => m.With(1..3, 0, column);"),
        Value("Tensor3<double> P(Tensor3<double> t, int i, Vec<double> row) => t.With(i, 0, row);"),
        Value("Vec<double> P(Tensor3<double> t, int i) => t[^1, .., i] * t[i, ^2, ^1];"),
        Value("Mat<double> P(Mat<double> m, double v) => m.With(^1, ^1, v);")]);

    [Fact]
    public void CSharp_arrays() => Match([
        Both("double P(Vec<double> x) { var y = new double[x.Length]; for (var i = 1; i < y.Length; i++) y[i] = y[i - 1] + x[i]; return y[^1]; }"),
        Value("Mat<double> P(double x) { var m = new double[2, 3]; m[1, 2] += x; return m; }"),
        Value("Vec<double> P(double x) { double[] a = [x, 1], b = [2, x]; (a, b) = (b, a); a[0] = 3; return [.. a, .. b]; }"),
        Value("double P(Vec<double> x) { double[][] t = [[], [1], [2, 3]]; var s = 0.0; for (var i = 0; i < 3; i++) for (var j = 0; j < i; j++) s += t[i][j] * x[j]; return s; }")]);

    [Fact]
    public void Taking_and_scattering() => Match([
        Both("Mat<double> P(Mat<double> m, Vec<int> at) => Take(m, at, axis: 1);"),
        Value("Tensor3<double> P(Mat<double> m, Mat<int> at) => Take(m, at);"),
        Both("Vec<double> P(Mat<double> m, Vec<int> i, Vec<int> j) => Gather(m, i, j);"),
        Both("Vec<double> P(Vec<double> x, Vec<int> at, Vec<double> updates) => ScatterAdd(x, at, updates);"),
        Value("Mat<double> P(Mat<double> m, Vec<int> i, Vec<int> j, Vec<double> updates) => ScatterAdd(m, i, j, updates);")]);

    [Fact]
    public void Joining_and_shapes() => Match([
        Both("Vec<double> P(Vec<double> x, Vec<double> y) => Concat(x, y);"),
        Value("Mat<double> P(Mat<double> a, Mat<double> b) => Concat(a, b, axis: 1);"),
        Value("Vec<double> P(Vec<double> x, double a) => [.. x, a];"),
        Both("Mat<double> P(Vec<double> x, Vec<double> y) => Stack(x, y);"),
        Value("Mat<double> P(Vec<double> x, Vec<double> y) => Stack(x, y, axis: 1);"),
        Both("Vec<double> P(Vec<double> x) => Pad(x, 1, 2);"),
        Value("Mat<double> P(Mat<double> m, double value) => Pad(m, (1, 1), (0, 2), value);"),
        Both("Mat<double> P(Mat<double> m) => Repeat(m, 3, axis: 1);"),
        Value("Mat<double> P(Mat<double> m) => Tile(m, 2, 3);"),
        Both("Mat<double> P(Mat<double> m) => Reverse(m, 1);"),
        Both("Mat<double> P(Vec<double> x, int rows) => Reshape(x, rows, 2);"),
        Value("Vec<double> P(Tensor3<double> t) => Flatten(t);"),
        Both("Tensor3<double> P(Tensor3<double> t) => Permute(t, 2, 0, 1);"),
        Value("Tensor3<double> P(Tensor3<double> t) => Transpose(t);")]);

    [Fact]
    public void Diagonals_and_sequences() => Match([
        Both("Mat<double> P(Vec<double> x) => Diag(x);"),
        Both("Vec<double> P(Mat<double> m) => Diag(m);"),
        Value("double P(Mat<double> m) => Trace(m);"),
        Both("Mat<double> P(Mat<double> m) => Tril(m, -1);"),
        Value("Tensor3<double> P(Tensor3<double> t) => Triu(t);"),
        Value("Vec<int> P(Vec<double> x) => Iota(x.Length);"),
        Both("Vec<double> P(double a, double b) => Linspace(a, b, 9);"),
        Value("Mat<float> P(Vec<int> y) => OneHot<float>(y, 10);"),
        Value("(Mat<double>, Vec<double>, Vec<double>) P(double a, int n) => (Zeros<double>(n, 2), Ones<double>(n), Full(n, a));")]);

    [Fact]
    public void Running_totals_and_statistics() => Match([
        Both("Vec<double> P(Vec<double> x) => CumSum(x);"),
        Value("Mat<double> P(Mat<double> m) => CumSum(m, 1);"),
        Value("Vec<double> P(Vec<double> x) => CumProd(x);"),
        Both("double P(Vec<double> x) => Prod(x);"),
        Both("Vec<double> P(Vec<double> x) => Diff(x);"),
        Both("Vec<double> P(Mat<double> m) => Std(m, 0);"),
        Both("double P(Vec<double> x) => Norm(x);"),
        Value("(double, double) P(Vec<double> x) => (NormL1(x), NormMax(x));"),
        Value("(Mat<double>, double) P(Tensor4<double> u) => (Sum(u, 0, 2), Mean(u));"),
        Both("double P(Vec<double> x) => LogSumExp(x);")]);

    [Fact]
    public void Sorting_extrema_and_masks() => Match([
        Both("Vec<double> P(Vec<double> x) => Sort(x);"),
        Value("Mat<int> P(Mat<double> m) => ArgSort(m, axis: 0, descending: true);"),
        Both("(Vec<double>, Vec<int>) P(Vec<double> x) => TopK(x, 3);"),
        Value("double P(Vec<double> x, double q) => Quantile(x, q);"),
        Both("double P(Vec<double> x) => Max(x);"),
        Both("Vec<double> P(Mat<double> m) => Min(m, axis: 1);"),
        Value("(int, Vec<int>) P(Mat<double> m) => (ArgMax(m[0]), ArgMin(m, axis: 1));"),
        Both("Vec<double> P(Vec<double> x) => Where(x > 0.0, x, 0.0);"),
        Value("(bool, bool, int) P(Vec<double> x) => (Any(IsNaN(x)), All(IsFinite(x)), Count(x > 1.0));")]);

    [Fact]
    public void Scalar_functions() => Match([
        Both("double P(double x, double low, double high) => Clamp(x, low, high);"),
        Both("double P(double x) => Abs(x) + Relu(x);"),
        Value("double P(double x) => Gelu(x) + Elu(x) + LeakyRelu(x, 0.1) + Silu(x);"),
        Both("double P(double x, double y) => Hypot(x, y);"),
        Value("double P(double x) => Erf(x) + Digamma(x) + Log1p(x) + Expm1(x) + Cbrt(x);"),
        Value("double P(double x, double y) => Pow(x, y) + Atan2(x, y) + x % y;"),
        Value("double P(double x) => Floor(x) + Ceiling(x) + Round(x) + Truncate(x) + Sign(x);")]);

    [Fact]
    public void Products() => Match([
        Both("Mat<double> P(Mat<double> a, Mat<double> b) => EinsumMat(\"ij,jk->ik\", a, b);"),
        Both("double P(Vec<double> x, Mat<double> a) => EinsumScalar(\"i,ij,j->\", x, a, x);"),
        Value("Vec<double> P(Mat<double> a) => EinsumVec(\"ii->i\", a);"),
        Value("Tensor3<double> P(Tensor3<double> t, Mat<double> a) => EinsumTensor3(\"bij,jk->kbi\", t, a);"),
        Both("Tensor3<double> P(Tensor3<double> a, Tensor3<double> b) => MatMul(a, b);"),
        Value("Tensor3<double> P(Mat<double> a, Tensor3<double> t) => MatMul(a, t);"),
        Value("Mat<double> P(Tensor3<double> t, Vec<double> x) => MatMul(t, x);"),
        Both("Vec<double> P(Mat<double> a, Mat<double> b) => BatchDot(a, b);"),
        Both("Mat<double> P(Vec<double> x, Vec<double> y) => Outer(x, y);")]);

    [Fact]
    public void Convolutions_and_pooling() => Match([
        Both("Mat<double> P(Mat<double> x, Tensor3<double> kernel) => Conv1D(x, kernel, stride: 2);"),
        Both("Tensor3<double> P(Tensor3<double> x, [Shape(4, 2, 3, 3)] Tensor4<double> kernel) => Conv2D(x, kernel, padding: Padding.Same);"),
        Both("Mat<double> P(Mat<double> x) => MaxPool1D(x, 2);"),
        Both("Tensor3<double> P(Tensor3<double> x) => AvgPool2D(x, window: 3, stride: 2);")]);

    [Fact]
    public void Matrices() => Match([
        Both("Mat<double> P(Mat<double> a) => Cholesky(a);"),
        Both("Vec<double> P(Mat<double> l, Vec<double> y) => SolveTriangular(l, y);"),
        Value("Mat<double> P(Mat<double> u, Mat<double> y) => SolveTriangular(u, y, upper: true, transposed: true);"),
        Value("Vec<double> P(Mat<double> l, Vec<double> y) => CholeskySolve(l, y);"),
        Both("Vec<double> P(Mat<double> a, Vec<double> b) => Solve(a, b);"),
        Both("double P(Mat<double> a) => LogDet(a);"),
        Value("(Mat<double>, double) P(Mat<double> a) => (Inverse(a), Det(a));")]);

    [Fact]
    public void Random_numbers() => Match([
        Value("(Key, Key) P(Key key) => Rng.Split(key);"),
        Value("Key P(Key key, int step) => Rng.FoldIn(key, step);"),
        Value("Mat<int> P(Key key) => Rng.Bits(key, 2, 3);"),
        Value("double P(Key key) => Rng.Uniform<double>(key);"),
        Value("Vec<float> P(Key key, int n) => Rng.Uniform<float>(key, n);"),
        Both("Vec<double> P(Key key, Vec<double> mean, double deviation) => mean + deviation * Rng.Normal<double>(key, mean.Length);"),
        Value("(Vec<double>, Vec<double>) P(Key key) => (Rng.Exponential<double>(key, 4), Rng.Gumbel<double>(key, 4));"),
        Both("Vec<double> P(Key key, Vec<double> x) => Where(Rng.Bernoulli(key, 0.5, x.Length), x, 0.0);"),
        Value("Vec<int> P(Key key) => Rng.Randint(key, 0, 10, 4);"),
        Value("Vec<int> P(Key key, int n) => Rng.Permutation(key, n);"),
        Value("int P(Key key, Vec<double> logits) => Rng.Categorical(key, logits);"),
        new("Placed<double> P(Key key, Placed<double> x) => Map((k, x) => x * Rng.Uniform<double>(k), Rng.SplitGroups(key, x), x);", true, "\"clients\"")]);

    [Fact]
    public void Transformations() => Match([
        Value("Vec<double> P(Mat<double> xs, Vec<double> w) => Vmap((x, w) => Dot(x, w), xs, w);"),
        Value("Vec<double> P(Mat<double> xs, Vec<double> ys) => Vmap((x, y) => x[0] > y ? Log(x[0]) : y, (xs, ys));"),
        Value("Vec<double> P(Vec<double> x) => Grad(x => Sum(Sin(x)), x);"),
        Value("Mat<double> P(Vec<double> x) => JacFwd(x => Sin(x) * x[0], x);"),
        Value("Mat<double> P(Vec<double> x) => JacRev(x => Sin(x) * x[0], x);"),
        Value("Vec<double> P(Vec<double> x, Vec<double> v) => Hvp(x => Sum(Exp(x)), x, v);"),
        Value("Mat<double> P(Vec<double> x) => Hessian(x => Prod(x), x);"),
        Value("double P(double x, double dx) => Jvp(x => x > 0 ? Log(x) : x, x, dx).Tangent;"),
        new("double P(double x) => Soft(x) * x;", true, Members:
            "[CustomJvp(nameof(SoftJvp))] static double Soft(double x) => Log(1 + Exp(x)); static (double, double) SoftJvp(double x, double dx) => (Soft(x), dx / (1 + Exp(-x)));"),
        new("double P(Vec<double> x) => Sum(Straight(x));", true, Members:
            "[CustomVjp(nameof(StraightVjp))] static Vec<double> Straight(Vec<double> x) => Round(x); static Vec<double> StraightVjp(Vec<double> x, Vec<double> ct) => ct;"),
        Both("double P(double x) => Checkpoint(v => Sin(Sin(v)), x);"),
        new("double P(double x, Vec<double> w) => Run(x, w);", true, Members:
            "[Checkpoint] static double Run(double x, Vec<double> w) { for (var i = 0; i < w.Length; i++) x = Sin(x * w[i]); return x; }"),
        Both("double P(Vec<double> x) => Sum(x * StopGradient(x));")]);

    [Fact]
    public void Placements() => Match([
        new("double P(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Sin(Dot(w, x)), x));", true, "\"clients\""),
        new("Vec<double> P(Placed<Vec<double>> x, Placed<double> n) => ReduceWeightedMean(x, n);", true, "\"clients\""),
        new("(double, double) P(Placed<double> x) => (ReduceMax(x), ReduceMin(x));", true, "\"clients\""),
        new("double P(Placed<double> x, Placed<bool> on) => ReduceMean(Map(x => Sqrt(x), x), on);", true, "\"clients\""),
        new("double P(Placed<double> x, Placed<bool> on) => ReduceMax(x, on);", true, "\"clients\""),
        new("Mat<double> P(Placed<Vec<double>> x) => Collect(x);", true, "\"clients\""),
        new("Placed<Vec<double>> P(Mat<double> x) => Placed.Rows(x);", true, "\"clients\""),
        new("double P(Placed<double> x) => Reduce((a, b) => a * b, x);", true, "\"clients\""),
        new("Placed<double> P(Placed<double> x) => Map((x, g) => x * g, x, GroupIndex(x));", false, "\"clients\""),
        new("double P(Placed<Placed<double>> x, double a) => ReduceMax(Map(region => ReduceSum(Map(x => Sin(a * x), region)), x));", true, "\"regions\", \"clients\""),
        new("double P(Vec<double> w, [Ragged] Placed<Vec<double>> x) => ReduceMean(Map(x => Mean(x) * Sum(w), x));", true, "\"clients\"")]);

    [Fact]
    public void Programs_of_other_assemblies()
    {
        var library = Pipeline.Harness.Build(Pipeline.Harness.Compilation("""
            namespace Lib
            {
                public static class Fit
                {
                    [DrJaxProgram]
                    public static double Error(double slope, Vec<double> x, Vec<double> y) => Mean(Square(slope * x - y));

                    [DrJaxProgram("clients")]
                    public static double Loss(double slope, Placed<(Vec<double> X, Vec<double> Y)> data) => ReduceMean(Map(d => Error(slope, d.X, d.Y), data));
                }
            }
            """)).Image;
        Match([
            Both("double P(double a, Vec<double> x) => Lib.Fit.Error(a, x, Sin(x));"),
            new("double P(double a, Placed<(Vec<double> X, Vec<double> Y)> data) => a - 0.1 * Grad(Lib.Fit.Loss, a, data);", false, "\"clients\"")],
            MetadataReference.CreateFromImage(library));
    }

    private static void Match(Row[] rows, MetadataReference? library = null, [CallerMemberName] string theme = "") =>
        Snapshot.Match(string.Join("\n", rows.Select(row => Text(row, library))), method: theme);

    private static string Text(Row row, MetadataReference? library)
    {
        var attribute = row.Placement.Length > 0 ? $"[DrJaxProgram({row.Placement})]" : "[DrJaxProgram]";
        var compilation = Compile.Compilation($"public static class Programs {{ {row.Members} {attribute} public static {row.Method} }}");
        var result = Compile.Method(library is null ? compilation : compilation.AddReferences(library), "P");
        Assert.True(result.Diagnostics.Count == 0, row.Method + "\n" + string.Join("\n", result.Diagnostics.Select(d => d.ToDiagnostic())));
        var program = result.Program!;
        var requirements = program.Requirements.Select(r => $"// requires {r.Left} {(r.Kind == RequirementKind.Equal ? "=" : "<=")} {r.Right}: {r.Message}\n");
        var lines = new[] { row.Members, row.Method }.Where(line => line.Length > 0).Select(line => $"// {line}\n");
        return string.Concat(lines.Concat(requirements)) + Printer.Print(program.Function) + (row.HasReverse ? $"\n{Reverse(program)}" : "");
    }

    /// <summary>The cotangents of the arguments alone.</summary>
    private static string Reverse(Program program)
    {
        var reverse = RowCounts.Open(DrJax.Generator.Frontend.Frontend.CompileDerivative(program, DerivativeKind.Vjp)!).Function;
        var graph = reverse.Results[0].Graph;
        var cotangents = new Func(reverse.Name, reverse.Parameters, reverse.Results.RemoveRange(0, program.Function.Results.Length));
        return Printer.Print(Ragged.Run(graph, Prepare.Func(graph, cotangents)));
    }
}
