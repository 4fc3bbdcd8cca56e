using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Products over named indices and convolutions in the IR: contractions.</summary>
public class ProductGraphTests
{
    private const string Source = """
        public static class Nets
        {
            [DrJaxProgram]
            public static Mat<double> Chain(Mat<double> a, Mat<double> b, Mat<double> c) => EinsumMat("ij,kl,jk->li", a, b, c);

            [DrJaxProgram]
            public static Tensor3<double> Layer(Tensor3<double> x, Tensor4<double> k) => Conv2D(x, k, padding: Padding.Same);
        }
        """;

    [Fact]
    public void Three_operands_are_contracted_where_fewest_axes_are_left() => Snapshot.Match(Printer.Print(Compile.Program("Chain", Source).Function));

    [Fact]
    public void A_convolution_contracts_the_kernel_with_windows() => Snapshot.Match(Printer.Print(Compile.Program("Layer", Source).Function));
}
