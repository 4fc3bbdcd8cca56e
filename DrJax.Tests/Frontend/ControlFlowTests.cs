using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Statements of C#'s control flow: the IR means what the statements do when they run, and its derivatives are theirs.</summary>
public class ControlFlowTests
{
    [Theory]
    // while and do
    [InlineData("var a = x[0]; while (a < 10) a *= 2; return a;", "double")]
    [InlineData("var (a, n) = (x, 0); while (Sum(a) < 20 && n < 7) { a = a * 1.5 + y; n++; } return (a, n);", "(Vec<double>, int)")]
    [InlineData("var a = 1.0; do a = a * x[0] + y[1]; while (a < 20); return a;", "double")]
    [InlineData("double step; var a = x[0]; do { step = a * 0.5; a -= step; } while (Abs(step) > 0.1); return a + step;", "double")]
    [InlineData("var (a, n) = (x[0], 0); while (n++ < 5) a = Sin(a) * n; return a;", "double")]
    [InlineData("var (a, n) = (x[0], 0); do a = Sin(a) + n; while (++n < 4); return (a, n);", "(double, int)")]
    [InlineData("var a = x[0]; while (true) { a *= 2; if (a > 10) break; a += y[1]; } return a;", "double")]
    [InlineData("var a = x[0]; while (true) { if (a > 10) return a * y[0]; a = a * 2 + 1; }", "double")]
    [InlineData("var a = x[0]; for (;;) { a *= 1.5; if (a < 4) continue; if (a > 10) break; a += 1; } return a;", "double")]
    [InlineData("var (u, v) = (7, 5); while (v != 0) (u, v) = (v, u % v); return u * x[0];", "double")]
    [InlineData("var (a, n) = (x[0], 0); while (a < 9 && n++ < 5) a = a * 1.25 + n; return (a, n);", "(double, int)")]
    // for: conditions, strides, variables
    [InlineData("var a = x[0]; int k; for (k = 0; k < 50 && a < 30; k++) a += a * 0.5; return (a, k);", "(double, int)")]
    [InlineData("var a = x[0]; for (var k = 0; k < 3 && x[k] > 0; k++) a += x[k] * a; return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 1; i < 100; i *= 3) a += i * x[0]; return a;", "double")]
    [InlineData("var a = 0.0; for (int i = 0, j = 2; i < j; i++, j--) a += x[i] * y[j]; return a;", "double")]
    [InlineData("var a = 0.0; for (int i = 0, j = 0; i < 3; i++, j += 2) a += x[i] * j; return a;", "double")]
    [InlineData("var a = 0.0; for (int i = 0, j = 0; i < 3; i++, j += i) a += x[i] * j; return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 3; i++) for (var j = 0; j <= i; j++) a = a * 0.5 + x[i] * y[j]; return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 3; i++) for (var j = 2; j > i; j--) a = a * 0.5 + x[i] * y[j]; return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 3; i++) for (var j = i; j < 9; j += 2) a = Sin(a) + x[i] * j; return a;", "double")]
    [InlineData("var (n, a) = (0, x[0]); for (var i = 0; i < 3; i++) if (x[i] > 0) n++; for (var i = 0; i < n; i++) a = a * y[1] / 2; return a;", "double")]
    [InlineData("var (n, a) = (6, x[0]); for (var i = 0; i < n; i++) { n--; a = a * 0.5 + 1; } return a;", "double")]
    [InlineData("var a = x[0]; for (var i = 0; i < 9; i++) { if (i == 3) i += 2; a = a * 0.5 + i; } return a;", "double")]
    [InlineData("var i = 1; var a = x[0]; for (; i < 3; i++) a *= x[i]; return a * i;", "double")]
    [InlineData("var a = 0.0; for (var t = 0.0; t < 1; t += 0.25) a += Exp(-t * x[0]); return a;", "double")]
    [InlineData("var t = (N: 4, A: x[0]); for (var i = 0; i < t.N; i++) { t.N = 2; t.A *= 2; } return t.A;", "double")]
    [InlineData("var a = x[0]; for (var i = 5; i != 0; i--) a = a / 2 + i; return a;", "double")]
    // break, continue, return
    [InlineData("var a = 0.0; for (var i = 0; i < 3; i++) { if (x[i] < 0) continue; a += x[i] * y[i]; } return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 3; i++) { if (x[i] < 0) break; a += x[i] * y[i]; } return a;", "double")]
    [InlineData("for (var i = 0; i < 3; i++) if (x[i] < 0) return x[i] * y[i]; return 0;", "double")]
    [InlineData("for (var i = 0; i < 3; i++) if (x[i] < -100) return i; return -1;", "int")]
    [InlineData("for (var i = 0; i < 3; i++) if (y[i] > 1) return (x * y[i], i); return (x, -1);", "(Vec<double>, int)")]
    [InlineData("var a = 1.0; for (var i = 0; i < 3; i++) { for (var j = 0; j < 3; j++) { if (x[j] < 0) continue; if (a > 8) return a * y[i]; if (i + j > 3) break; a += a * x[j]; } a += 0.5; } return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 3; i++) { if (x[i] > 0) { a += 1; if (y[i] > 1) break; a *= x[i]; } a += y[i]; } return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 3; i++) { double b; if (x[i] < 0) continue; else b = x[i]; a += Sqrt(b); } return a;", "double")]
    [InlineData("var a = x[0]; if (a > 0) { a *= 2; if (y[0] > 10) return -a; a += 1; } a *= y[1]; return a;", "double")]
    [InlineData("var a = x; if (Sum(a) > 100) { a = [.. a, 1]; return Sum(a); } return a[0];", "double")]
    [InlineData("var i = 0; while (i < 2 && x[i] > 0) i++; return x[i] * y[i];", "double")]
    [InlineData("var (low, high) = (0.0, 2.0); for (var k = 0; k < 40; k++) { var m = (low + high) / 2; if (m * m > x[0]) high = m; else low = m; if (high - low < 1e-9) break; } return low;", "double", false)]
    // switch
    [InlineData("switch (x.Length) { case 1: return x[0]; case 3: return x[1]; default: return 0; }", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 5; i++) switch (i) { case 0: case 3: a += x[0]; break; case 1: a *= y[1]; break; default: a -= x[2]; break; } return a;", "double")]
    [InlineData("var a = 0.0; for (var i = 0; i < 9; i++) { switch (i % 4) { case 0: continue; case 1 when a > 3: a -= 2; break; case > 1 and not 3: a += x[0]; break; case 3: if (a > 4) break; a += 1; break; } a += 0.5; } return a;", "double")]
    [InlineData("for (var i = 0; i < 9; i++) switch (i * x[0]) { case > 4: return i * y[1]; case < 0: return 0; } return -1;", "double")]
    [InlineData("return x[0] switch { < 0 => 0, < 1 => Square(x[0]), >= 1 and < 2 => y[1] * x[0], _ => 7.0 };", "double")]
    [InlineData("var s = 0.0; for (var i = 0; i < 5; i++) s += i switch { 0 or 4 => x[0], 1 => y[1] * s, var k when k % 2 == 0 => x[2] / k, _ => 1.5 }; return s;", "double")]
    [InlineData("return (x[0] > 0, y[0] > 100) switch { (true, true) => x, (false, _) => y, (_, false) => x * y };", "Vec<double>")]
    [InlineData("return (x[0] is > 1 and < 2, x.Length is 3 or 4, y[0] is not 0.5, x is { Length: > 2 }, (x[0], y[0]) is (> 0, var v) && v > 0, double.NaN * x[0] is double.NaN);", "(bool, bool, bool, bool, bool, bool)")]
    [InlineData("var a = x[0]; switch (a > 0, y[2]) { case (true, < 0): a *= 2; break; case (false, _): a = 0; break; } return a;", "double")]
    // foreach
    [InlineData("var s = 0.0; foreach (var v in x) s = s * 0.5 + Sin(v); return s;", "double")]
    [InlineData("var s = x; foreach (var row in Outer(x, y)) { if (row[0] < 0) continue; s += row * s; } return s;", "Vec<double>")]
    [InlineData("foreach (var v in x) if (v < 0) return v * y[0]; return 1;", "double")]
    [InlineData("var s = 0.0; foreach (var i in System.Linq.Enumerable.Range(1, x.Length - 1)) s += x[i] * i; return s;", "double")]
    [InlineData("var s = 0.0; foreach (var n in new[] { 1, 2, 3 }) s += Sum(x[..n]); return s;", "double")]
    [InlineData("var s = x[0]; foreach (var f in new Func<double, double>[] { Math.Sin, v => v * y[0], Ops.Tanh }) s = f(s); return s;", "double")]
    [InlineData("var s = x[0]; foreach (var (a, b) in new[] { (1.0, x[1]), (0.5, y[1]), (y[2], 2) }) s = s * a + b; return s;", "double")]
    [InlineData("var s = x[0]; foreach (var w in new[] { 1.0, -2, 3 }) { if (s * w < -3) break; s = s * w + y[0]; } return s;", "double")]
    [InlineData("var s = x[0]; foreach (var w in Weights) s = s * w + 1; return s + Weights[1] + Weights.Length;", "double")]
    [InlineData("var s = x[0]; for (var i = 0; i < Weights.Length; i++) s += Weights[i] * s; return s;", "double")]
    [InlineData("var s = 0.0; foreach (var v in Long) s = s * x[0] / 2 + v; return s;", "double")]
    [InlineData("var s = x[0]; foreach (var f in Activations) s = f(s) + y[0]; return s;", "double")]
    [InlineData("foreach (int n in (System.Collections.Generic.IReadOnlyList<int>)[2, 3]) if (x[n - 1] < 0) return x[n - 1]; return 0;", "double")]
    // static values
    [InlineData("return Nodes * x + Table[1] * Rate + Setup.A * Setup.B[0] + Derived;", "Vec<double>")]
    [InlineData("var s = x; for (var i = 0; i < 3; i++) s = s * Nodes + Table[1, i]; return s;", "Vec<double>")]
    [InlineData("return x[Count - 1] * Size;", "double")]
    [InlineData("return Mode(Kind.Fast, x) + (Kind)(x.Length - 2) switch { Kind.Fast => 10, Kind.Slow => 20, _ => 30 };", "double")]
    [InlineData("return Generic(x, 0.125);", "double")]
    [InlineData("var t = (A: x[0], B: (C: 1, D: y)); t.A *= 2; t.B.C++; ++t.B.C; t.B.D += x; _ = t.A; t.B.C -= 5; return t.A * t.B.C + t.B.D[1];", "double")]
    public void Statements(string body, string type, bool derivatives = true) => Eager.SameAsCompiled($$"""
            public static class Programs
            {
                public static object[] Args() => [(Vec<double>)[1.5, -2, 0.25], (Vec<double>)[0.5, 3, -1]];
                [DrJaxProgram] public static {{type}} P(Vec<double> x, Vec<double> y) { {{body}} }

                enum Kind { Slow, Fast }
                readonly record struct Options(double A, Vec<double> B);
                const int Count = 2;
                static readonly int Size = Count * 3;
                static readonly double Rate = 0.1 * Math.PI;
                static readonly Vec<double> Nodes = [0.25, 0.5, 0.75];
                static double Derived { get; } = Rate + Sum(Nodes);
                static readonly Mat<double> Table = [[1, 2, 3], [4, 5, 6]];
                static readonly Options Setup = new(3, [2, 1]);
                static readonly double[] Weights = [0.5, -1, 2];
                static readonly double[] Long = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];
                static readonly Func<double, double>[] Activations = [Math.Sin, v => v * v, Ops.Tanh];
                static double Mode(Kind kind, Vec<double> x) => kind == Kind.Fast ? x[0] : x[1];
                static T Generic<T>(Vec<T> x, T tolerance) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
                {
                    var a = x[0];
                    while (T.Abs(a) > tolerance) { a /= T.CreateChecked(2); if (a < T.Zero) return a; }
                    foreach (var v in x) { if (v > T.One) continue; a += v switch { _ when v < T.Zero => v * v, _ => v }; }
                    return a;
                }
            }
            """, derivatives);

    [Fact]
    public void Enums_of_other_integers_are_no_parameters() => Assert.Equal("DRJ003",
        Assert.Single(Compile.Method(Compile.Compilation("public enum M : byte { A } public static class C { [DrJaxProgram] public static double P(M m, double x) => (int)m * x; }"), "P").Diagnostics).Id);
}
