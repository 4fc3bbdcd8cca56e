using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>What of C# and .NET lies outside of programs is told at its place, <c>[| |]</c>, with what to write instead.</summary>
public class OutsideTests
{
    private const string Usings = "using System.Collections.Generic; using System.Diagnostics; using System.Linq; using System.Threading.Tasks; ";

    [Theory]
    // The world.
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) { [|Console.WriteLine(\"hello\")|]; return x; }")]
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) { [|Console.Write($\"{x}\")|]; return x; }")]
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) { [|Console.Out|].WriteLine(x); return x; }")]
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) { [|System.IO.File.WriteAllText(\"a\", \"b\")|]; return x; }")]
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) { var line = [|Console.ReadLine()|]; return x; }")]
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) { var now = [|DateTime.UtcNow|]; return x; }")]
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) { [|Parallel.For(0, 3, i => { })|]; return x; }")]
    [InlineData("DRJ029", "pass the value in, or return it", "[DrJaxProgram] static double P(double x) => x * [|Guid.NewGuid()|].GetHashCode();")]
    [InlineData("DRJ055", "take a Key", "[DrJaxProgram] static double P(double x) => x + [|new Random(3)|].NextDouble();")]
    // Members of .NET.
    [InlineData("DRJ002", "in place of LINQ", "[DrJaxProgram] static double P(Vec<double> x) => [|Enumerable.Range(0, 3).Select(i => x[i]).Sum()|];")]
    [InlineData("DRJ002", "use arrays as they are", "[DrJaxProgram] static int P(Vec<double> x) => [|x.GetHashCode()|];")]
    [InlineData("DRJ002", "texts stay outside", "[DrJaxProgram] static double P(double x) { var s = [|x.ToString()|]; return x; }")]
    [InlineData("DRJ002", "pass them in", "[DrJaxProgram] static double P(double x) => x * [|double.Parse(\"3\")|];")]
    [InlineData("DRJ002", "write x - y * Round(x / y)", "[DrJaxProgram] static double P(double x) => [|Math.IEEERemainder(x, 2)|];")]
    [InlineData("DRJ002", "compare by operators", "[DrJaxProgram] static double P(double x) => [|x.CompareTo(2)|];")]
    [InlineData("DRJ002", "in a method of this project", "[DrJaxProgram] static double P(double x) => [|BitConverter.DoubleToInt64Bits(x)|];")]
    [InlineData("DRJ024", "return a tuple", "[DrJaxProgram] static int P(int x) => Math.DivRem(x, 3, [|out|] var r) + r;")]
    // Types.
    [InlineData("DRJ003", "use Vec<float>", "[DrJaxProgram] static float P([|float[]|] x) => x[0];")]
    [InlineData("DRJ003", "use Mat<double>", "[DrJaxProgram] static double P([|double[,]|] x) => x[0, 0];")]
    [InlineData("DRJ003", "use Mat<double>", "[DrJaxProgram] static double P([|double[][]|] x) => x[0][0];")]
    [InlineData("DRJ003", "use Vec<double>", "[DrJaxProgram] static double P([|Span<double>|] x) => x[0];")]
    [InlineData("DRJ003", "use Vec<double>", "[DrJaxProgram] static double P([|List<double>|] x) => x[0];")]
    [InlineData("DRJ003", "use an enum", "[DrJaxProgram] static double P(double x, [|string|] mode) => x;")]
    [InlineData("DRJ003", "a helper", "[DrJaxProgram] static double P(double x, [|Func<double, double>|] f) => f(x);")]
    [InlineData("DRJ003", "pass a bool beside it", "[DrJaxProgram] static double P([|double?|] x) => 0;")]
    [InlineData("DRJ003", "elements are float, double, int or bool", "[DrJaxProgram] static double P([|Vec<long>|] x, double y) => y;")]
    [InlineData("DRJ003", "an enum of int", "public enum Wide : long { A } [DrJaxProgram] static double P([|Wide|] x, double y) => y;")]
    [InlineData("DRJ003", "use double", "[DrJaxProgram] static double P(double x) => (double)([|(decimal)x|] * 2);")]
    [InlineData("DRJ003", "use int", "[DrJaxProgram] static double P(double x) => [|(long)x|];")]
    [InlineData("DRJ003", "use float", "[DrJaxProgram] static double P(double x) => (double)[|(Half)x|];")]
    [InlineData("DRJ003", "write its type", "[DrJaxProgram] static double P(double x) { object o = [|x|]; return 1; }")]
    [InlineData("DRJ003", "record struct Model(double W, double B)", "public struct Model { public double W; public double B; } [DrJaxProgram] static double P([|Model|] m) => m.W;")]
    [InlineData("DRJ003", "its 'Name' is a 'string'", "public record struct Model(double W, string Name); [DrJaxProgram] static double P([|Model|] m) => m.W;")]
    [InlineData("DRJ003", "its 'Next' is a 'Chain', which cannot be compiled either", "public sealed record Chain(double W, Chain Next); [DrJaxProgram] static double P([|Chain|] c) => c.W;")]
    [InlineData("DRJ003", "'Derived' inherits from 'Base'", "public record Base(double A); public record Derived(double A, double B) : Base(A); [DrJaxProgram] static double P([|Derived|] m) => m.B;")]
    [InlineData("DRJ025", "sealed record Model(double W)", "public class Model { public double W; } [DrJaxProgram] static double P(double x) { var m = [|new Model()|]; return x; }")]
    [InlineData("DRJ025", "use Vec<double>", "[DrJaxProgram] static double P(double x) { var l = [|new List<double>()|]; return x; }")]
    [InlineData("DRJ025", "write a tuple", "[DrJaxProgram] static double P(double x) { var a = [|new|] { X = x }; return a.X; }")]
    [InlineData("DRJ025", "positional constructor", "public record struct Box(double W) { public Box(double w, double h) : this(w) { W *= h; } } [DrJaxProgram] static double P(double x) => [|new Box(x, 2)|].W;")]
    [InlineData("DRJ033", "Zeros<double>(n)", "[DrJaxProgram] static double P(double x) { List<double> l = [x]; [|l.Add(2)|]; return x; }")]
    [InlineData("DRJ043", "double H => ..", "public record struct Box(double W) { public double H { get; init; } } [DrJaxProgram] static double P(Box b) => b.W * [|b.H|];")]
    [InlineData("DRJ043", "double H => ..", "public record struct Box(double W) { public double H { get; set; } } [DrJaxProgram] static double P(Box b) { [|b.H|] = 2; return b.W; }")]
    [InlineData("DRJ043", "double H => ..", "public sealed record Box(double W) { public double H { get; init; } } [DrJaxProgram] static double P(double x) => new Box(x) { [|H = 2|] }.W;")]
    [InlineData("DRJ043", "double H => ..", "public record struct Box(double W) { public double H = 2; } [DrJaxProgram] static double P(Box b) => [|b.H|];")]
    // Statements.
    [InlineData("DRJ022", "outside of the program", "[DrJaxProgram] static double P(double x) { [|lock|] (\"a\") { return x; } }")]
    [InlineData("DRJ023", "await or enumerate outside", "static IEnumerable<double> F(double x) { yield return x; } [DrJaxProgram] static double P(double x) { foreach (var v in [|F(x)|]) x += v; return x; }")]
    [InlineData("DRJ024", "passes values", "[DrJaxProgram] static double P(double x) { Span<double> a = [|stackalloc|] double[3]; return x; }")]
    public void Is_told_with_a_cure(string id, string cure, string members)
    {
        var (source, spans) = DiagnosticTests.Marked(members);
        var diagnostic = Assert.Single(Compile.Method(Compile.Compilation(Usings + source), "P").Diagnostics);
        Assert.Equal((id, source[Assert.Single(spans)]), (diagnostic.Id, (Usings + source).Substring(diagnostic.Location.Span.Start, diagnostic.Location.Span.Length)));
        Assert.Contains(cure, diagnostic.ToDiagnostic().GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[DrJaxProgram] static double P(double x) { Debug.Assert(x > 0, $\"{x}\"); return x; }")]
    [InlineData("[DrJaxProgram] static double P(Net net) { ArgumentNullException.ThrowIfNull(net); return net.Twice(); }")]
    public void What_a_release_build_leaves_out_is_left_out(string members) => Compile.Program("P", Usings + DiagnosticTests.Marked(members).Source);
}
