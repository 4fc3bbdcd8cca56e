using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Tests.Ir;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Lowering;

using Leaf = DrJax.Generator.Ir.Leaf;

/// <summary>How functions of matrices become calls of the runtime.</summary>
public class KernelTests
{
    [Fact]
    public void Small_matrices_of_groups_in_lanes_are_computed_side_by_side()
    {
        var lab = new Lab();
        var kernels = Kernels(Catalogue.Cases["matricesInLanes"](lab));
        foreach (var kernel in kernels)
            Assert.Equal(kernel.Kernel is Kernel.Cholesky or Kernel.TriangularSolve or Kernel.Lu or Kernel.LuSolve, kernel.Lanes is not null);
        Assert.Contains(kernels, k => k.Lanes is not null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_matrix_of_all_groups_is_factored_once_and_solved_for_all_of_a_block(int rank)
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (a, x) = (lab.Real("a", N, N), lab.Real("x", [Clients], [.. Enumerable.Repeat(N, rank)]));
        var body = lab.Function("body", [RealType(N, N), x.Type with { Placements = [] }], p =>
        {
            var b = rank == 1 ? p[1] : g.Sum(p[1], [0]);
            return [g.SumAll(g.LuSolve(p[0], g.Lu(p[0]), g.Reshape(b, [N, 1])))];
        });
        var kernels = Kernels(lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, g.Map(Clients, body, [g.Broadcast(a, Clients), x])[0])));
        Assert.Equal([Kernel.Lu, Kernel.LuSolve], kernels.Select(k => k.Kernel));
        Assert.Empty(kernels[1].Outer);
        Assert.Equal(StageSizes.Block, kernels[1].Sizes[1]);
    }

    private static List<KernelStep> Kernels(Func func)
    {
        var program = new Program("f", [], new Leaf("", ElementType.Float64, 0), null, func, []);
        return [.. Of(Lower.Program(program).Body)];

        static IEnumerable<KernelStep> Of(Block block) => block.Steps.SelectMany(step => step switch
        {
            KernelStep kernel => [kernel],
            StageStep stage => Of(stage.Body),
            _ => Enumerable.Empty<KernelStep>(),
        });
    }
}
