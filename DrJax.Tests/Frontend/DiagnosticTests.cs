using DrJax.Generator;
using DrJax.Generator.Frontend;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Every diagnostic, at the exact place: <c>[| |]</c> marks it.</summary>
public class DiagnosticTests
{
    [Theory]
    [InlineData("DRJ004", "static double F(double x) => x > 0 ? [|F(x - 1)|] : 0; [DrJaxProgram] static double P(double x) => F(x);")]
    [InlineData("DRJ005", "[DrJaxProgram] static Vec<double> P(Vec<int> n) => Zeros<double>([|n[0]|]);")]
    [InlineData("DRJ005", "[DrJaxProgram] static Vec<double> P(Vec<double> x, Vec<int> n) => [|x[..n[0]]|];")]
    [InlineData("DRJ050", "[DrJaxProgram] static Mat<double> P(Mat<double> x, int k) => Reverse(x, [|k|]);")]
    [InlineData("DRJ050", "[DrJaxProgram] static Vec<double> P(Mat<double> x, int k) => Max(x, axis: [|k|]);")]
    [InlineData("DRJ051", "[DrJaxProgram] static Tensor3<double> P(Tensor3<double> x) => [|Permute(x, 0, 2, 2)|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Tensor3<double> P(Tensor3<double> x) => [|Permute(x, 0, 1, 3)|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Mat<double> P(Mat<double> x) => [|Concat(x, x, axis: 2)|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Vec<double> P(Tensor3<double> x) => [|Sum(x, 1, 1)|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Vec<double> P(Vec<double> x) => [|Pad(x, -1, 0)|];")]
    [InlineData("DRJ006", "[DrJaxProgram] static Mat<double> P([Shape(2, 3)] Mat<double> x, [Shape(3, 2)] Mat<double> y) => [|Concat(x, y)|];")]
    [InlineData("DRJ006", "[DrJaxProgram] static Mat<double> P([Shape(6)] Vec<double> x) => [|Reshape(x, 4, 2)|];")]
    [InlineData("DRJ006", "[DrJaxProgram] static Vec<double> P([Shape(4)] Vec<double> x, [Shape(3)] Vec<int> at, [Shape(2)] Vec<double> u) => [|ScatterAdd(x, at, u)|];")]
    [InlineData("DRJ005", "[DrJaxProgram] static Vec<double> P(Vec<double> x, Vec<int> n) => Repeat(x, [|n[0]|]);")]
    [InlineData("DRJ006", "[DrJaxProgram] static double P([Shape(3, 4)] Mat<double> x, [Shape(3)] Vec<double> w) => Sum([|MatMul(x, w)|]);")]
    [InlineData("DRJ006", "[DrJaxProgram] static Vec<double> P(Vec<double> x) => [|x + x[1..]|];")]
    [InlineData("DRJ007", "[DrJaxProgram] static double P(Vec<double> x, Vec<double> y) => [|Dot((Vec<double>)[.. x, .. x, 1], (Vec<double>)[.. y, .. y])|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static double P([Shape(3)] Vec<double> x) => [|x[3]|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Vec<double> P([Shape(3)] Vec<double> x) => [|x[1..5]|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Vec<double> P(Mat<double> x) => [|Sum(x, 2)|];")]
    [InlineData("DRJ054", "[DrJaxProgram] static Vec<double> P(Mat<double> t, Vec<double> b, bool u) => SolveTriangular(t, b, upper: [|u|]);")]
    [InlineData("DRJ054", "[DrJaxProgram] static Vec<double> P(Vec<double> x) => Sort(x, [|x[0] > 0|]);")]
    [InlineData("DRJ006", "[DrJaxProgram] static Mat<double> P([Shape(3, 4)] Mat<double> a) => [|Cholesky(a)|];")]
    [InlineData("DRJ006", "[DrJaxProgram] static Vec<double> P([Shape(3, 3)] Mat<double> a, [Shape(4)] Vec<double> b) => [|Solve(a, b)|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Vec<double> P([Shape(3)] Vec<double> x) => [|TopK(x, 4)|].Values;")]
    [InlineData("DRJ008", "[DrJaxProgram] static Mat<double> P(Mat<double> x) => [|Sort(x, 2)|];")]
    [InlineData("DRJ009", "[DrJaxProgram(\"c\")] static double P(Placed<double> x, Placed<double> y) => ReduceSum(Map(v => v + ReduceSum([|y|]), x));")]
    [InlineData("DRJ010", "[DrJaxProgram] static double P(double x) => ReduceSum([|Broadcast(x)|]);")]
    [InlineData("DRJ010", "[DrJaxProgram(\"c\")] static double P(Placed<double> x) => ReduceSum(Map(v => ReduceSum([|Broadcast(v)|]), x));")]
    [InlineData("DRJ011", "[DrJaxProgram(\"a\")] static double Q(double x) => x; [DrJaxProgram(\"b\")] static double P(double x) => [|Q(x)|];")]
    [InlineData("DRJ072", "[[|DrJaxProgram(\"c\")|]] static double P(Placed<double> x, int c) => ReduceSum(x) * c;")]
    [InlineData("DRJ072", "[[|DrJaxProgram(\"c\", \"c\")|]] static double P(Placed<Placed<double>> x) => ReduceSum(Map(r => ReduceSum(r), x));")]
    [InlineData("DRJ073", "[DrJaxProgram(\"c\")] static double P(Placed<double> x) => ReduceSum([|x.Take(0, 1)|]);")]
    [InlineData("DRJ074", "[DrJaxProgram(\"c\")] static Vec<double> P([Shape(2)] Placed<Vec<double>> x) => Reduce([|(a, b) => (Vec<double>)[.. a, 1]|], x);")]
    [InlineData("DRJ075", "[DrJaxProgram(\"c\", \"d\")] static Placed<double> P(Placed<Placed<double>> x) => [|Reduce((a, b) => a, x)|];")]
    [InlineData("DRJ013", "[DrJaxProgram(\"c\")] static double P(Placed<double> x) { var s = 0.0; [|foreach|] (var v in x) s += v; return s; }")]
    [InlineData("DRJ015", "[DrJaxProgram] static double P(double x) { [|goto|] end; end: return x; }")]
    [InlineData("DRJ015", "[DrJaxProgram] static double P(double x, int n) { switch (n) { case 1: [|goto|] case 2; case 2: return x; default: return 0; } }")]
    [InlineData("DRJ018", "[DrJaxProgram] static Vec<double> P(Vec<double> x) { while (x[0] < 3) [|x = [.. x, 1]|]; return x; }")]
    [InlineData("DRJ019", "[DrJaxProgram] static Vec<double> P(Vec<double> x) { for (var i = 0; i < 3; i++) { [|if (x[i] > 0) return x; else if (x[i] < -1) return x[1..];|] } return x; }")]
    [InlineData("DRJ021", "[CustomJvp(nameof(Rule))] static double F(double x) => x; static double Rule(double x, double dx) => x > 0 ? dx : [|throw|] new Exception(); [DrJaxProgram] static double P(double x) => Grad(F, x);")]
    [InlineData("DRJ021", "[DrJaxProgram] static double P([Shape(3)] Vec<double> x) { if (x.Length != 4) [|throw|] new Exception(); return x[0]; }")]
    [InlineData("DRJ021", "[DrJaxProgram] static double P(double x, Vec<int> n) { if (x > 0) [|throw|] new Exception(string.Concat(\"a\", \"b\")); return x; }")]
    [InlineData("DRJ021", "private sealed class E : Exception { } [DrJaxProgram] static double P(double x) => x > 0 ? x : [|throw|] new E();")]
    [InlineData("DRJ027", "static readonly double Rate = double.Parse(\"1\"); [DrJaxProgram] static double P(double x) => x * [|Rate|];")]
    [InlineData("DRJ027", "static readonly double Rate = 1; static Programs() { Rate = 2; } [DrJaxProgram] static double P(double x) => x * [|Rate|];")]
    [InlineData("DRJ027", "static readonly double First = Second; static readonly double Second = 1; [DrJaxProgram] static double P(double x) => x * [|First|];")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { var a = new double[3]; var b = [|a|]; b[0] = x; return a[0]; }")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { var a = new double[3]; var b = new double[3]; for (var i = 0; i < 3; i++) { a[i] = x; b = [|a|]; } return b[0]; }")]
    [InlineData("DRJ044", "static void F(double[] a) => [|a|][0] = 1; [DrJaxProgram] static double P(double x) { var a = new double[3]; F(a); return a[0] * x; }")]
    [InlineData("DRJ044", "static readonly double[] A = [1, 2]; static double[] F() => A; [DrJaxProgram] static double P(double x) { var a = [|F()|]; a[0] = x; return a[1]; }")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { var a = new double[3]; double[] F() => [|a|]; a[0] = x; return F()[0]; }")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { var a = new double[3]; foreach (var v in [|a|]) { a[2] = x; x += v; } return x; }")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { double[] a = [x], b = [1]; foreach (var row in new[] { a, b }) [|row|][0] = 3; return a[0]; }")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { double[] a = [x]; if (a is var b) [|b|][0] = 3; return a[0]; }")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { double[] a = [x, 1]; void Add() { a[1] += x; } foreach (var v in [|a|]) { Add(); x += v; } return x; }")]
    [InlineData("DRJ044", "[DrJaxProgram] static double P(double x) { var b = new double[1]; for (var (a, i) = (new double[1], 0); i < 3; a[0]++, i++) b = [|a|]; return b[0] * x; }")]
    [InlineData("DRJ033", "[DrJaxProgram(\"c\")] static double P(Placed<double> x) => ReduceSum(Map(a => a[0], Map([|v => { var a = new double[2]; a[0] = v; return a; }|], x)));")]
    [InlineData("DRJ040", "[DrJaxProgram] static double P(double x) { var (a, i) = (new double[3], 0); (a[[|i++|]], x) = (x, 1); return a[0]; }")]
    [InlineData("DRJ005", "[DrJaxProgram] static double P(Vec<int> n) { var a = new double[[|n[0]|]]; return a.Length; }")]
    [InlineData("DRJ033", "[DrJaxProgram] static double P(double x, Vec<int> n) { var a = new[] { x => x * 2, (Func<double, double>)Math.Sin }; return [|a[n[0]]|](x); }")]
    [InlineData("DRJ035", "[DrJaxProgram] static double P(Vec<double> x) => x is [|[0, ..]|] ? 1 : 2;")]
    [InlineData("DRJ039", "[DrJaxProgram] static double P(double x) { Func<double, double> f = Math.Sin; while (x < 3) { [|f = Math.Cos|]; x = f(x) + 2; } return x; }")]
    [InlineData("DRJ042", "[DrJaxProgram] static double P(int n, double x) => n [|switch|] { 0 => x, 1 => 2 * x };")]
    [InlineData("DRJ018", "[DrJaxProgram] static Vec<double> P(Vec<double> x) { for (var i = 0; i < 3; i++) [|x = [.. x, 1]|]; return x; }")]
    [InlineData("DRJ019", "[DrJaxProgram] static Vec<double> P(Vec<double> x) => [|x[0] > 0 ? x : x[1..]|];")]
    [InlineData("DRJ021", "[DrJaxProgram] static double P(double x) { [|try|] { x++; } finally { } return x; }")]
    [InlineData("DRJ021", "static readonly Exception E = new(); [DrJaxProgram] static double P(double x) { if (x > 0) [|throw|] E; return x; }")]
    [InlineData("DRJ022", "[DrJaxProgram] static double P(double x) { [|lock|] (typeof(int)) x++; return x; }")]
    [InlineData("DRJ022", "[DrJaxProgram] static double P(double x) { [|using|] (var s = new System.IO.MemoryStream()) x++; return x; }")]
    [InlineData("DRJ023", "static async System.Threading.Tasks.Task<double> F(double x) { await System.Threading.Tasks.Task.Yield(); return x; } [DrJaxProgram] static double P(double x) => [|F(x)|].Result;")]
    [InlineData("DRJ024", "record Box(double X) { public double F(ref double y) => X + y; } [DrJaxProgram] static double P(double x) => new Box(x).F([|ref|] x);")]
    [InlineData("DRJ024", "[DrJaxProgram] static int P(int x, int y) { Math.DivRem(x, y, [|out|] var rest); return rest; }")]
    [InlineData("DRJ024", "[DrJaxProgram] static unsafe double P(double x) { double y = [|*|](&x); return y; }")]
    [InlineData("DRJ025", "class Box { } [DrJaxProgram] static double P(double x) { var b = [|new Box()|]; return x; }")]
    [InlineData("DRJ026", "record Shape(double W) { public virtual double Area() => W; } [DrJaxProgram] static double P(double w) => [|new Shape(w).Area()|];")]
    [InlineData("DRJ040", "record struct Weight(double W) { public void Add(double x) { [|W += x|]; } } [DrJaxProgram] static double P(Weight w) { w.Add(1); return w.W; }")]
    [InlineData("DRJ040", "record struct Weight(double W) { public double Set(double x) { [|W = x|]; return W; } } [DrJaxProgram] static double P(Weight w) => w.Set(1);")]
    [InlineData("DRJ026", "record Shape(double W) { public virtual double Area => W; } [DrJaxProgram] static double P(double w) => [|new Shape(w).Area|];")]
    [InlineData("DRJ026", "[DrJaxProgram] static double P(Net n) => [|n.GetHashCode()|] * 1.0;")]
    [InlineData("DRJ027", "static double Rate = 1; [DrJaxProgram] static double P(double x) => x * [|Rate|];")]
    [InlineData("DRJ027", "static double Rate = 1; [DrJaxProgram] static double P(double x) { [|Rate|] = 2; return x; }")]
    [InlineData("DRJ027", "static double Rate { get; set; } [DrJaxProgram] static double P(double x) => x * [|Rate|];")]
    [InlineData("DRJ028", "[DrJaxProgram] static double P(double x) { var s = \"text\"; return [|s|].Length; }")]
    [InlineData("DRJ028", "[DrJaxProgram] static double P(double x) { var s = [|1.5m|]; return x; }")]
    [InlineData("DRJ028", "[DrJaxProgram] static double P(double x) { var s = [|$\"{x}\"|]; return x; }")]
    [InlineData("DRJ029", "[DrJaxProgram] static double P(double x) { [|Console.WriteLine(x)|]; return x; }")]
    [InlineData("DRJ029", "[DrJaxProgram] static double P(double x) => x + [|DateTime.Now|].Ticks;")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat(\"ij,jk->i[|l|]\", a, a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat(\"ij,[|jkl|]->ik\", a, a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat(\"[|ij,jk,kl|]->il\", a, a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Vec<double> P(Mat<double> a) => EinsumVec(\"ij,jk->[|ik|]\", a, a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat(\"[|.|]..ij->ji\", a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat(\"i[|1|]->i\", a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat(\"ij->i[|i|]\", a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat(\"[|ij,jk|]\", a, a);")]
    [InlineData("DRJ056", "[DrJaxProgram] static Mat<double> P(Mat<double> a) => EinsumMat([|string.Concat(\"ij->\", \"ji\")|], a);")]
    [InlineData("DRJ006", "[DrJaxProgram] static Mat<double> P([Shape(2, 3)] Mat<double> a) => [|EinsumMat(\"ij,jk->ik\", a, a)|];")]
    [InlineData("DRJ006", "[DrJaxProgram] static Mat<double> P([Shape(2, 9)] Mat<double> x, [Shape(4, 3, 3)] Tensor3<double> k) => [|Conv1D(x, k)|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static Mat<double> P([Shape(3, 2)] Mat<double> x, [Shape(4, 3, 3)] Tensor3<double> k) => [|Conv1D(x, k)|];")]
    [InlineData("DRJ057", "[DrJaxProgram] static Mat<double> P(Mat<double> x, Tensor3<double> k) => Conv1D(x, k, stride: [|0|]);")]
    [InlineData("DRJ057", "[DrJaxProgram] static Tensor3<double> P(Tensor3<double> x) => MaxPool2D(x, [|-1|]);")]
    [InlineData("DRJ057", "[DrJaxProgram] static Mat<double> P(Mat<double> x, Tensor3<double> k, int s) => Conv1D(x, k, stride: [|s|]);")]
    [InlineData("DRJ055", "[DrJaxProgram] static double P(double x) => x + [|Random.Shared|].NextDouble();")]
    [InlineData("DRJ055", "[DrJaxProgram] static double P(double x) { var r = [|new Random(1)|]; return x; }")]
    [InlineData("DRJ010", "[DrJaxProgram] static int P() => ReduceSum([|GroupIndex()|]);")]
    [InlineData("DRJ010", "[DrJaxProgram(\"c\")] static double P(Key key, Placed<double> x) => ReduceSum(Map(v => ReduceSum(Map(k => Rng.Uniform<double>(k), [|Rng.SplitGroups(key)|])), x));")]
    [InlineData("DRJ002", "[DrJaxProgram] static double P(double x) => [|System.Linq.Enumerable.Range(0, 3)|].GetHashCode() + x;")]
    [InlineData("DRJ002", "[DrJaxProgram] static double P(double x) => [|Math.Round(x, 2)|];")]
    [InlineData("DRJ008", "[DrJaxProgram] static int P(Vec<double> x) => [|x.Dimension(1)|];")]
    [InlineData("DRJ032", "[DrJaxProgram] static double P(Vec<double> x) { var s = 0.0; var y = Build(3, i => { [|s += x[i]|]; return s; }); return s; }")]
    [InlineData("DRJ032", "[DrJaxProgram(\"c\")] static double P(Placed<double> x) { var s = 0.0; void Add(double v) { [|s += v|]; } Map(v => { Add(v); return v; }, x); return s; }")]
    [InlineData("DRJ032", "[DrJaxProgram] static double P(double x) { Action<double> add = v => { [|x += v|]; }; for (var i = 0; i < 3; i++) add(1); return x; }")]
    [InlineData("DRJ033", "[DrJaxProgram] static double P(double x) { var a = [|new double[3][]|]; return x; }")]
    [InlineData("DRJ034", "[DrJaxProgram] static int P(int x) => checked([|x + 1|]);")]
    [InlineData("DRJ034", "[DrJaxProgram] static int P(int x) { [|checked|] { x += 1; } return x; }")]
    [InlineData("DRJ035", "[DrJaxProgram] static double P(double x) => [|(object)x is int|] ? 1 : 2;")]
    [InlineData("DRJ036", "static double F(int n, double x) => n * x; [DrJaxProgram] static int P(int n, double x) => Grad(F, [|n|], x);")]
    [InlineData("DRJ037", "[DrJaxProgram] static double P([[|Shape(3)|]] Mat<double> x) => x[0, 0];")]
    [InlineData("DRJ006", "[DrJaxProgram] [return: [|Shape(2)|]] static Vec<double> P([Shape(3)] Vec<double> x) => 2 * x;")]
    [InlineData("DRJ038", "[DrJaxProgram] static double P(double x) { dynamic d = [|x|]; return d; }")]
    [InlineData("DRJ039", "static (Func<double, double> F, double A) F(double a) => (x => a * x, a); [DrJaxProgram] static double P(double x) => [|F(x)|].A;")]
    [InlineData("DRJ035", "static double F(double x, double? y = null) => x + [|y.Value|]; [DrJaxProgram] static double P(double x) => F(x);")]
    [InlineData("DRJ035", "[DrJaxProgram] static double P(double x) { double? y = [|x > 0 ? x : null|]; return y ?? 1; }")]
    [InlineData("DRJ040", "[DrJaxProgram] static double P(double x) { var t = [|typeof(int)|]; return x; }")]
    [InlineData("DRJ041", "[DrJaxProgram(\"c\")] static (int, double) P(Placed<(int, double)> x) => [|ReduceMean(x)|];")]
    [InlineData("DRJ058", "[CustomVjp([|\"Rule\"|])] static double F(double x) => x; [DrJaxProgram] static double P(double x) => F(x);")]
    [InlineData("DRJ058", "[CustomVjp([|nameof(Rule)|])] static double F(double x, int n) => x; static double Rule(double x, double ct) => ct; [DrJaxProgram] static double P(double x) => F(x, 2);")]
    [InlineData("DRJ058", "[CustomJvp([|nameof(Rule)|])] static double F(double x, Vec<double> y) => x; static (double, double) Rule(double x, Vec<double> y, double dx) => (x, dx); [DrJaxProgram] static double P(double x) => F(x, Vec(x));")]
    [InlineData("DRJ058", "[CustomJvp([|nameof(Rule)|])] static int F(double x) => (int)x; static int Rule(double x, double dx) => 0; [DrJaxProgram] static double P(double x) => F(x);")]
    [InlineData("DRJ058", "[CustomJvp([|nameof(Rule)|])] static double F(Func<double, double> f, double x) => f(x); static double Rule(Func<double, double> f, double x, double dx) => dx; [DrJaxProgram] static double P(double x) => F(v => v, x);")]
    [InlineData("DRJ006", "[CustomJvp([|nameof(Rule)|])] static Vec<double> F(Vec<double> x) => x; static Vec<double> Rule(Vec<double> x, Vec<double> dx) => dx[1..]; [DrJaxProgram] static double P(Vec<double> x) => Sum(F(x));")]
    [InlineData("DRJ059", "[CustomVjp(nameof(Rule))] static double F(double x) => x; static double Rule(double x, double ct) => ct; [DrJaxProgram] static double P(double x) => [|Jvp(F, x, 1.0)|].Tangent;")]
    [InlineData("DRJ059", "[CustomVjp(nameof(Rule))] static double F(double x) => x; static double Rule(double x, double ct) => ct; [DrJaxProgram] static Vec<double> P(Vec<double> x) => [|JacFwd(v => Sum(Build(v.Length, i => F(v[i]))), x)|];")]
    [InlineData("DRJ071", "[CustomJvp(nameof(Rule))] static double F(double x) => x; static double Rule(double x, double dx) => dx * [|Grad(F, x)|]; [DrJaxProgram] static double P(double x) => F(x);")]
    [InlineData("DRJ040", "static double F(double x) => x; [DrJaxProgram] static double P(double x) => [|CheckGrad(F, x)|].ForwardError;")]
    [InlineData("DRJ060", "[DrJaxProgram] static double P(double x) => [|0.1f|] * x;")]
    [InlineData("DRJ060", "[DrJaxProgram] static Vec<double> P(Vec<double> x) => x - [|0.1f|];")]
    [InlineData("DRJ061", "[DrJaxProgram] static double P(Vec<double> x) => Sum(x) * ([|x.Length / 2|]);")]
    [InlineData("DRJ061", "[DrJaxProgram] static double P(double x) => [|1 / 2|] * x;")]
    [InlineData("DRJ076", "[DrJaxProgram(\"c\")] static Mat<double> P([Ragged] Placed<Mat<double>> x) => [|ReduceSum(x)|];")]
    [InlineData("DRJ076", "[DrJaxProgram(\"c\")] static Vec<double> P([Ragged] Placed<Mat<double>> x) => [|ReduceMean(Map(x => x[.., 0], x))|];")]
    [InlineData("DRJ076", "[DrJaxProgram(\"c\")] static Vec<double> P([Ragged] Placed<Vec<double>> x, Placed<double> w) => [|ReduceWeightedMean(x, w)|];")]
    [InlineData("DRJ077", "[DrJaxProgram(\"c\")] static Placed<Mat<double>> P([Ragged] Placed<Mat<double>> x) => [|Map(x => MatMul(x, Transpose(x)), x)|];")]
    [InlineData("DRJ078", "[DrJaxProgram(\"c\")] static double P([Ragged] Placed<Vec<double>> x) => ReduceSum(Map(x => Sum(Zeros<double>([|x.Length % 4|])), x));")]
    [InlineData("DRJ078", "[DrJaxProgram(\"c\")] static double P([Ragged] Placed<Vec<double>> x) => ReduceSum(Map(x => Sum(Build([|9 - x.Length|], i => x[i])), x));")]
    [InlineData("DRJ079", "[DrJaxProgram(\"c\")] static double P([[|Ragged|]] Vec<double> w, Placed<double> x) => ReduceSum(x) * w[0];")]
    [InlineData("DRJ079", "[DrJaxProgram(\"c\")] static double P([[|Ragged|]] Placed<double> x) => ReduceSum(x);")]
    [InlineData("DRJ003", "[DrJaxProgram] static double P([|long|] n, double x) => x;")]
    [InlineData("DRJ001", "[DrJaxProgram] double [|P|](double x) => x;")]
    [InlineData("DRJ001", "[DrJaxProgram] static void [|P|](double x) { }")]
    [InlineData("DRJ001", "[DrJaxProgram] static T [|P|]<T>(T x) => x;")]
    public void Located(string id, string members)
    {
        var (source, spans) = Marked(members);
        var result = Compile.Method(Compile.Compilation(source), "P");
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        var span = Assert.Single(spans);
        Assert.Equal(source[span], source.Substring(diagnostic.Location.Span.Start, diagnostic.Location.Span.Length));
        Assert.Equal(span.Start.Value, diagnostic.Location.Span.Start);
        Assert.Equal(diagnostic.Descriptor.DefaultSeverity != DiagnosticSeverity.Error, result.Program is not null);
        Assert.DoesNotContain("{", diagnostic.ToDiagnostic().GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[DrJaxProgram] static Vec<double> P([Shape(4, 2)] Mat<double> x, [Shape(3)] Vec<double> w) => MatMul(w, x);", "MatMul: w has length 3, x has 4 rows")]
    [InlineData("[DrJaxProgram] static Vec<double> P([Shape(4)] Vec<double> x, [Shape(3)] Vec<double> w) => x * w;", "*: x has length 4, w has length 3")]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x, Vec<double> y) => Dot((Vec<double>)[.. x, .. x, 1], (Vec<double>)[.. y, .. y]);",
        "Dot: (Vec<double>)[.. x, .. x, 1] has length 2*x.0 + 1, (Vec<double>)[.. y, .. y] has length 2*y.0: nothing says that 2*x.0 + 1 equals 2*y.0; state it with [Shape] on the parameters")]
    public void Shapes_are_told_in_the_user_s_names(string program, string message)
    {
        var result = Compile.Method(Compile.Compilation(Marked(program).Source), "P");
        Assert.Equal(message, Assert.Single(result.Diagnostics).ToDiagnostic().GetMessage(null));
    }

    [Theory]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x, Vec<double> y) => Dot(x, y);", "x.0 = y.0: Dot: x has length {0}, y has length {1}")]
    [InlineData("[DrJaxProgram] static Mat<double> P([Shape(\"n\", 3)] Mat<double> x, [Shape(\"n\")] Vec<double> y) => MatMul(Transpose(x), Outer(y, y));",
        "x.1 = 3: [Shape]: x has {0} columns, {1} is declared; y.0 = x.0: [Shape]: y has length {0}, 'n' is {1}")]
    [InlineData("record struct N([Shape(3)] Vec<double> A, [property: Shape(\"n\")] Vec<double> B); [DrJaxProgram] [return: Shape(\"n\")] static Vec<double> P(N net, Vec<double> y) => y + net.A[0];",
        "net.A.0 = 3: [Shape]: net.A has length {0}, {1} is declared; y.0 = net.B.0: [Shape]: the result has length {0}, 'n' is {1}")]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x) => x[2];", "3 <= x.0: x[2]: the axis has length {1}, at least {0} is needed")]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x) => x.Length > 2 ? x[2] : 0;", "")]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x, int n) { var s = 0.0; for (var i = 0; i < n; i++) s += x[2]; return s; }",
        "3*min(1, max(0, n)) <= min(1, max(0, n))*x.0: x[2]: the axis has length {1}, at least {0} is needed")]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x, int n) { var s = 0.0; for (var i = 0; i < n; i++) s += x[i]; return s; }",
        "max(0, n) <= x.0: x[i]: the index runs to {0}, the axis has length {1}")]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x) { var s = 0.0; for (var i = 0; i < 5; i++) s += x[2]; return s; }",
        "3 <= x.0: x[2]: the axis has length {1}, at least {0} is needed")]
    [InlineData("[DrJaxProgram] static double P(Vec<double> x) { var s = x[0]; for (var i = 0; i < 5; i++) { if (s > 3) break; s += x[2]; } return s; }",
        "1 <= x.0: x[0]: the axis has length {1}, at least {0} is needed")]
    public void What_only_a_call_can_tell_is_required(string program, string requirements)
    {
        var result = Compile.Program("P", Marked(program).Source);
        Assert.Equal(requirements, string.Join("; ", result.Requirements.Select(r =>
            $"{r.Left} {(r.Kind == DrJax.Generator.Ir.RequirementKind.Equal ? "=" : "<=")} {r.Right}: {r.Message}")));
    }

    [Fact]
    public void All_mistakes_of_a_program_are_told_at_once()
    {
        var (source, spans) = Marked("static double Rate = 1; [DrJaxProgram] static double P(double x) { var a = [|Rate|]; var b = a + 1; while (x < b) x++; [|goto|] on; on: var z = 1.0; for (var i = 0; i < 3; i++) { z += [|Rate|]; } return ([|\"s\"|]).Length; }");
        var result = Compile.Method(Compile.Compilation(source), "P");
        Assert.Equal(["DRJ027", "DRJ015", "DRJ027", "DRJ028"], result.Diagnostics.Select(d => d.Id));
        Assert.Equal(spans.Select(s => s.Start.Value), result.Diagnostics.Select(d => d.Location.Span.Start));
    }

    [Fact]
    public void What_csharp_refuses_is_left_to_csharp()
    {
        var compilation = Compile.Compilation("static class C { [DrJaxProgram] static double P(double x) => x + missing; }");
        var result = DrJax.Generator.Frontend.Frontend.CompileMethod(Compile.Find(compilation, "P"), compilation, CancellationToken.None);
        Assert.Equal(FrontendResult.Nothing, result);
    }

    [Theory]
    [InlineData("static Vec<double> C(Vec<double> x, double s) => Grad([|v => s * Dot(v, v)|], x);", "DRJ031")]
    [InlineData("static Vec<double> C(Vec<double> x, Func<Vec<double>, double> f) => Grad([|f|], x);", "DRJ030")]
    public void Calls_outside_of_programs_must_be_closed(string members, string id)
    {
        var (source, spans) = Marked(members);
        var diagnostic = Assert.Single(Compile.Call(source).Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(spans[0].Start.Value, diagnostic.Location.Span.Start);
    }

    [Fact]
    public void Equal_sources_give_equal_results()
    {
        FrontendResult Run() => Compile.Method(Compile.Compilation("static class C { [DrJaxProgram] static double P(double x) => 0.1f * x / 0; static double F; [DrJaxProgram] static double Q() => F; }"), "Q");
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Every_id_has_its_page_and_its_line_in_the_release_file()
    {
        var releases = File.ReadAllText(Compile.InTests("..", "DrJax.Generator", "AnalyzerReleases.Unshipped.md"));
        Assert.All(Diagnostics.All, d =>
        {
            Assert.Contains($"{d.Id} | DrJax | ", releases, StringComparison.Ordinal);
            Assert.StartsWith($"# {d.Id}", File.ReadAllText(Compile.InTests("..", "docs", "diagnostics", d.Id + ".md")), StringComparison.Ordinal);
        });
        Assert.Equal(Diagnostics.All.Length, Diagnostics.All.Select(d => d.Id).Distinct().Count());
    }

    internal static (string Source, List<Range> Spans) Marked(string members)
    {
        var source = $"public class Programs {{ {members} }} public readonly record struct Net(Vec<double> W) : IVectorSpace {{ public double Twice() => 2 * Sum(W); }}";
        var spans = new List<Range>();
        for (var start = source.IndexOf("[|", StringComparison.Ordinal); start >= 0; start = source.IndexOf("[|", StringComparison.Ordinal))
        {
            var end = source.IndexOf("|]", start, StringComparison.Ordinal);
            source = source.Remove(end, 2).Remove(start, 2);
            spans.Add(start..(end - 2));
        }
        return (source, spans);
    }
}
