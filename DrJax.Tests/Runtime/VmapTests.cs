using Xunit;
using static DrJax.Autodiff;

namespace DrJax.Tests.Runtime;

/// <summary>Vmap as plain C#: a loop over the first axis.</summary>
public class VmapTests
{
    private static readonly Mat<double> M = new double[,] { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void Items_are_scalars_rows_matrices()
    {
        Assert.Equal<Vec<double>>([1, 4, 9], Vmap(v => v * v, M[0] + 0.0));
        Assert.Equal<Vec<double>>([6, 15], Vmap(r => Ops.Sum(r), M));
        Assert.Equal<Mat<double>>(new double[,] { { 2, 4, 6 }, { 8, 10, 12 } }, Vmap(r => 2 * r, M));
        Assert.Equal<Vec<double>>([21], Vmap(m => Ops.Sum(m), Ops.Build(1, i => M)));
        Assert.Equal(Ops.Build(2, i => Ops.Outer(M[i], M[i])), Vmap(r => Ops.Outer(r, r), M));
    }

    [Fact]
    public void Other_arguments_are_shared_and_tuples_are_mapped_item_by_item()
    {
        Assert.Equal<Vec<double>>([16, 25], Vmap((r, a, b) => Ops.Sum(r) + a * b, M, 5.0, 2.0));
        Assert.Equal<Mat<double>>(new double[,] { { 1, 2, 3 }, { 8, 10, 12 } }, Vmap((r, k) => k * r, (M, Ops.Vec(1.0, 2))));
        var (sums, firsts) = Vmap(r => (Ops.Sum(r), r[..1]), M);
        Assert.Equal<Vec<double>>([6, 15], sums);
        Assert.Equal<Mat<double>>(new double[,] { { 1 }, { 4 } }, firsts);
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        Assert.Equal("f", Assert.Throws<ArgumentNullException>(() => Vmap((Func<double, double>)null!, M[0])).ParamName);
        Assert.Equal("Vmap: the first array has 2 items, the second has 3",
            Assert.Throws<ArgumentException>(() => Vmap((r, k) => k * r, (M, M[0]))).Message);
    }
}
