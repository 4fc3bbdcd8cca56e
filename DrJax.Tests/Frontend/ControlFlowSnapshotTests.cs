using System.Runtime.CompilerServices;
using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>What the statements of control flow are in the IR.</summary>
public class ControlFlowSnapshotTests
{
    [Fact]
    public void A_while() => Match("double P(double x, double limit) { while (x < limit) x *= 1.5; return x; }");

    [Fact]
    public void A_do() => Match("double P(double x) { double step; do { step = x / 2; x -= step; } while (step > 0.1); return x; }");

    [Fact]
    public void A_bounded_while() => Match("double P(double x) { for (var k = 0; k < 50 && x > 1; k++) x = x / 2 + k; return x; }");

    [Fact]
    public void A_count_known_at_run_time() => Match("double P(Vec<double> x) { var s = 0.0; for (var i = 0; i < x.Length; i++) for (var j = 0; j < i; j++) s += x[i] * x[j]; return s; }");

    [Fact]
    public void A_stride_that_is_no_count() => Match("double P(double x, int n) { for (var i = 1; i < n; i *= 2) x += i; return x; }");

    [Fact]
    public void A_continue() => Match("double P(Vec<double> x) { var s = 0.0; for (var i = 0; i < x.Length; i++) { if (x[i] < 0) continue; s += Sqrt(x[i]); } return s; }");

    [Fact]
    public void A_break() => Match("double P(Vec<double> x) { var s = 0.0; for (var i = 0; i < x.Length; i++) { if (x[i] < 0) break; s += Sqrt(x[i]); } return s; }");

    [Fact]
    public void A_return_in_a_loop() => Match("double P(Vec<double> x) { for (var i = 0; i < x.Length; i++) if (x[i] < 0) return x[i]; return 1; }");

    [Fact]
    public void A_switch() => Match("double P(double x, Vec<int> n) { switch (n[0]) { case 0: x = 1; break; case 1 or 2 when x > 0: return Sqrt(x); default: x *= 2; break; } return x; }");

    [Fact]
    public void A_switch_expression() => Match("double P(double x) => x switch { < 0 => 0, < 1 => x * x, _ => 2 * x - 1 };");

    [Fact]
    public void A_foreach_of_rows() => Match("Vec<double> P(Mat<double> m, Vec<double> s) { foreach (var row in m) s = s * 0.5 + row; return s; }");

    [Fact]
    public void A_foreach_of_a_list() => Match("double P(double x) { foreach (var (a, b) in new[] { (2, 0.5), (3, x) }) x = a * x + b; return x; }");

    [Fact]
    public void A_chosen_delegate() => Match("double P(double x, Vec<int> n) { Func<double, double> f = n[0] switch { 0 => Math.Tanh, 1 => y => x * y, _ => y => y }; return f(2 * x); }");

    [Fact]
    public void Out_and_ref() => Match("double P(double x) { var calls = 0; if (Split(x, out var a, ref calls)) a += 1; return a * calls; }",
        "static bool Split(double x, out double a, ref int calls) { calls++; if (x > 0) { a = Sqrt(x); return true; } a = x; return false; }");

    [Fact]
    public void Nulls() => Match("double P(double x) => F(x) + F(x, 2);", "static double F(double x, double? scale = null) => scale is { } s ? s * x : x * x;");

    [Fact]
    public void Quotients_of_sizes() => Match("Mat<double> P(Mat<double> x, int heads) => Sum(Reshape(x, x.Rows, heads, x.Columns / heads), 1) + x[.., ..(x.Columns / heads)];");

    [Fact]
    public void Static_values() => Match("double P(Vec<double> x) { var s = 0.0; for (var i = 0; i < 4; i++) s += Dot(x, Nodes) * Rate; return s; }", "static readonly Vec<double> Nodes = [1, 2]; static readonly double Rate = Math.PI / 2;");

    [Fact]
    public void Throws() => Snapshot.Match(ProgramText.Of(Compile.Program("P", """
        public static class Programs
        {
            [DrJaxProgram]
            public static double P(Vec<double> x, Vec<double> y, double rate)
            {
                if (x.Length != y.Length) throw new ArgumentException($"{x.Length} and {y.Length}", nameof(y));
                if (x.Length < 2) throw new ArgumentException("short");
                if (rate <= 0) throw new ArgumentOutOfRangeException(nameof(rate), rate, "not positive");
                return rate * Dot(x, y);
            }
        }
        """)));

    private static void Match(string method, string members = "", [CallerMemberName] string test = "")
    {
        var program = Compile.Program("P", $"public static class Programs {{ {members} [DrJaxProgram] public static {method} }}");
        var requirements = program.Requirements.Select(r => $"// requires {r.Left} {(r.Kind == RequirementKind.Equal ? "=" : "<=")} {r.Right}: {r.Message}\n");
        Snapshot.Match(string.Concat(requirements) + Printer.Print(program.Function), method: test);
    }
}
