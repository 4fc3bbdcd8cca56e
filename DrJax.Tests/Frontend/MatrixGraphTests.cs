using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Functions of matrices and sorting as printed IR: one factorisation serves a value and its derivatives.</summary>
public class MatrixGraphTests
{
    private const string Source = """
        public static class P
        {
            static double Likelihood(Mat<double> k, Vec<double> y)
            {
                var l = Cholesky(k);
                return Dot(y, CholeskySolve(l, y)) + Sum(Build(y.Length, i => Log(l[i, i])));
            }

            [DrJaxProgram]
            public static Mat<double> OfCovariance(Mat<double> k, Vec<double> y) => Grad(Likelihood, k, y);

            [DrJaxProgram]
            public static (double, Mat<double>) OfSystem(Mat<double> a, Vec<double> b) => ValueAndGrad((a, b) => Sum(Solve(a, b)) + LogDet(a), a, b);

            [DrJaxProgram]
            public static Vec<double> OfSorted(Vec<double> x, Vec<double> w) => Grad((x, w) => Dot(Sort(x, descending: true), w), x, w);
        }
        """;

    [Fact]
    public void Gradient_of_a_likelihood() => Snapshot.Match(Printer.Print(Compile.Program("OfCovariance", Source).Function));

    [Fact]
    public void Gradient_of_a_system() => Snapshot.Match(Printer.Print(Compile.Program("OfSystem", Source).Function));

    [Fact]
    public void Gradient_of_sorted_elements() => Snapshot.Match(Printer.Print(Compile.Program("OfSorted", Source).Function));
}
