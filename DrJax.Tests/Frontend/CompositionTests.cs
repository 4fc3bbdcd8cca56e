using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Constructs in each other: regions in regions, structures through regions, generics, tensors.</summary>
public class CompositionTests
{
    [Theory]
    [InlineData("Net", "n.K > 0 ? n with { Inner = n.Inner with { B = 1 } } : n")]
    [InlineData("double", "Choose(n, s)")]
    [InlineData("(Vec<double>, double)", "s > 1 ? (n.W, s) : s > 0 ? (2 * n.W, 1) : (n.W, n.Inner.B)")]
    [InlineData("Net", "Walk(n, s)")]
    [InlineData("Mat<double>", "Build(3, i => { var r = n.W; for (var j = 0; j < 2; j++) r = r.With(j, r[j] * i + (i > j ? s : -s)); return r; })")]
    [InlineData("Vec<double>", "Loops(t)")]
    [InlineData("double", "Sum(Rows(t[1], r => Max(r))) + t[1, 0][2] + t[0, 1, 1] + Sum(t[1..][0]) + t.Length")]
    [InlineData("Tensor3<double>", "t * 2 - t / (1 + Square(t))")]
    [InlineData("(int, bool, double)", "(flag ? k + 1 : k * 2, !flag, flag ? s : 0)")]
    [InlineData("double", "k == n.W.Length ? Sum(n.W) : n.W[k]")]
    [InlineData("double", "1.5")]
    [InlineData("double", "Generic(n) + GenericOf<double>(n.W)")]
    [InlineData("double", "Nested(((s, 2.0), 3))")]
    [InlineData("(double, double)", "(Max(3, s), Min(s, k))")]
    [InlineData("Vec<double>", "Twice(v => v * s, n.W)")]
    [InlineData("Vec<double>", "Build(t.Dimension(1), i => Sum(k, j => t[0, i, j] * j))")]
    [InlineData("double", "Early(n.W, k)")]
    [InlineData("(Vec<double>, double)", "Carried(n.W, flag)")]
    [InlineData("Vec<double>", "Max(0.5, n.W) + Pow(2.0, n.W)")]
    public void Same(string type, string expression) => Eager.SameAsCompiled($$"""
        public readonly record struct Inner(double B, Vec<double> C) : IVectorSpace;
        public readonly record struct Net(Vec<double> W, Inner Inner, int K) : IVectorSpace;
        public static class Programs
        {
            public static object[] Args() => [new Net([1.25, -2], new(3.5, [0.5]), 4), 0.75, (Tensor3<double>)[[[1, 2, 3], [4, 5, 6]], [[-1, 0.5, 2], [7, 8, -9]]], 2, true];

            [DrJaxProgram] public static {{type}} P(Net n, double s, Tensor3<double> t, int k, bool flag) => {{expression}};

            static double Choose(Net n, double s)
            {
                var scale = s;
                if (s > 0.5)
                {
                    var (w, inner, _) = n;
                    if (w[0] > 1) return scale * w[0];
                    scale += inner.B;
                }
                else if (s < -1) return -1;
                return scale * 2;
            }

            static Net Walk(Net n, double s)
            {
                var steps = 0;
                for (var i = 0; i < 3; i++)
                {
                    if (i % 2 == 0) { n -= s * n; steps++; }
                    n = n with { K = steps };
                }
                return n;
            }

            static Vec<double> Loops(Tensor3<double> t)
            {
                var total = Zeros<double>(3);
                for (var i = 0; i < t.Length; i++)
                    for (var j = t[i].Length - 1; j >= 0; j--)
                    {
                        var row = t[i, j];
                        total += Build(row.Length, c => row[c] * (i + 1) + j) / (1 + i);
                    }
                return total;
            }

            static double Generic(Net n) => Doubled(n).Inner.B;
            static S Doubled<S>(S x) where S : IVectorSpace => x + 1.0 * x;
            static T GenericOf<T>(Vec<T> x) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
            {
                var one = T.One;
                return Sum(x * x) + T.Sqrt(one + one) + Max(x[0], T.Zero) + T.CreateChecked(x.Length) * T.Pi;
            }

            static double Nested(((double, double), int) t)
            {
                var ((a, b), c) = t;
                return a * b + c;
            }

            static Vec<double> Twice(Func<Vec<double>, Vec<double>> f, Vec<double> x) => f(f(x));

            static double Early(Vec<double> x, int k)
            {
                if (k > 10) return 1;
                var s = 0.0;
                for (var i = 0; i < k; i++) s += x[i];
                if (s > 0) { s *= 2; if (s > 100) return s; } else return -s;
                return s + 1;
            }

            static (Vec<double> X, double Y) Carried(Vec<double> x, bool flag)
            {
                var state = (X: x, Y: 0.0);
                var history = Zeros<double>(4);
                for (var i = 0; i < 4; i++)
                {
                    state = flag ? (state.X * 0.5, state.Y + 1) : (state.X, state.Y - 1);
                    history = history.With(i, state.X[0]);
                }
                return (state.X, Sum(history) + state.Y);
            }
        }
        """, derivatives: true);
}
