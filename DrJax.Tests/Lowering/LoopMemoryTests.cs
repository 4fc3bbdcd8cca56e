using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Lowering;

/// <summary>T trips that touch s elements each of an array of m take O(T s + m): nothing in a loop runs over the whole array.</summary>
public class LoopMemoryTests
{
    [Theory]
    [InlineData("loopGather", "value")]
    [InlineData("loopGather", "jvp")]
    [InlineData("loopGather", "vjp")]
    [InlineData("loopGather", "jvp of vjp")]
    [InlineData("loopWith", "value")]
    [InlineData("loopWith", "vjp")]
    [InlineData("loopInLoopWith", "value")]
    [InlineData("loopInLoopWith", "jvp")]
    public void A_loop_that_touches_places_of_an_array_never_copies_it(string name, string transform)
    {
        var lab = new Lab();
        var func = LoweringTests.Transformed(lab, Catalogue.Cases[name](lab), transform);
        var program = Lower.Program(new Program("f", [], new DrJax.Generator.Ir.Leaf("", ElementType.Float64, 0), null, func, []));
        var whole = func.Parameters[0].Type.Shape[0];
        Assert.NotEmpty(program.Body.Steps.OfType<LoopStep>());
        Assert.DoesNotContain(Inside(program.Body, false), nest => nest.Parallel.Concat(nest.Reduced).Any(axis => axis.Extent == whole));
    }

    [Fact]
    public void Of_an_array_that_is_read_in_places_the_way_back_reads_those_only()
    {
        var lab = new Lab();
        var gradient = LoweringTests.Transformed(lab, Catalogue.Cases["loopWith"](lab), "vjp");
        var forward = gradient.Nodes.OfType<Loop>().First(n => !n.Reverse);
        Assert.All(forward.Types.Skip(forward.Carried), type => Assert.True(type.Size == Lab.M, $"{type} is stacked"));
    }

    private static IEnumerable<NestStep> Inside(Block block, bool inLoop) => block.Steps.SelectMany(step =>
        (step is NestStep nest && inLoop ? [nest] : Array.Empty<NestStep>()).Concat(step.Blocks.SelectMany(b => Inside(b, inLoop || step is LoopStep))));
}
