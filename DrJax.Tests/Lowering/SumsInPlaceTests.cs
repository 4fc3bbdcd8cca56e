using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using DrJax.Tests.Frontend;
using Xunit;

namespace DrJax.Tests.Lowering;

/// <summary>Cotangents of what a program reads in places are added there, and nested loops do not run again for the way back.</summary>
public class SumsInPlaceTests
{
    [Fact]
    public void A_recurrent_network_runs_forward_once_and_adds_to_its_parameters_in_place()
    {
        var nodes = Prepared("Lstm.Loss");
        Assert.Equal(4, nodes.OfType<Loop>().Count());
        Assert.Empty(nodes.OfType<Pad>());
        // Eight rows of a layer's weights and biases in the inner backward loop, three of the output's rows in the outer one.
        Assert.Equal(8 + 3, nodes.OfType<Update>().Count(n => n.Mode == UpdateMode.Add));
        // A layer's state on the way forward, and its cotangents on the way back.
        Assert.Equal(2 + 2, nodes.OfType<Update>().Count(n => n.Mode == UpdateMode.Set));
    }

    /// <summary>The nodes of a golden program's reverse derivative in its parameters, as lowering takes it, with those of its regions.</summary>
    private static List<Node> Prepared(string program)
    {
        var compiled = Compile.Program(program, Compile.GoldenPrograms);
        var reverse = DrJax.Generator.Frontend.Frontend.CompileDerivative(compiled, DerivativeKind.Vjp)!.Function;
        var graph = reverse.Results[0].Graph;
        // The loss, and the cotangents of the two arrays of parameters.
        var own = new Func(program, reverse.Parameters, [.. reverse.Results.Take(3)]);
        var all = new List<Node>();
        var seen = new HashSet<Func>();
        Visit(new Passes(graph).Prepare(new Inline(graph).Run(own)));
        return all;

        void Visit(Func f)
        {
            if (!seen.Add(f)) return;
            all.AddRange(f.Nodes);
            foreach (var node in f.Nodes)
                foreach (var inner in Verifier.Functions(node)) Visit(inner);
        }
    }
}
