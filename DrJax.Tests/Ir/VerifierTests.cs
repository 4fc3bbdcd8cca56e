using DrJax.Generator.Ir;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>The verifier names what is ill-formed.</summary>
public class VerifierTests
{
    [Fact]
    public void A_parameter_of_another_function() => Rejects("a parameter of another function", lab =>
        new("f", [], [Catalogue.Sin(lab.Real("x"))]));

    [Fact]
    public void A_parameter_twice() => Rejects("twice", lab =>
    {
        var x = lab.Real("x");
        return new("f", [x, x], [x]);
    });

    [Fact]
    public void Arithmetic_of_placed_values() => Rejects("Apply of a placed value", lab => lab.Entry(Catalogue.Sin(lab.Real("x", [Clients]))));

    [Fact]
    public void A_scatter_whose_updates_do_not_fit() => Rejects("scatterAdd of f64[n]", lab =>
        lab.Entry(lab.Graph.ScatterAdd(lab.Real("x", N), [lab.Int("i", 1, K)], [0], [M])));

    [Fact]
    public void A_breach_in_the_body_of_a_region() => Rejects("body: Apply of a placed value", lab =>
    {
        var type = RealType(N) with { Placements = [Clients] };
        var body = lab.Function("body", [IntType, type], p => [Catalogue.Sin(p[1])]);
        return lab.Entry(lab.Graph.Loop(M, false, body, [lab.Real("x", [Clients], N)], [])[0]);
    });

    [Fact]
    public void An_update_of_another_rank() => Assert.Throws<IrException>(() =>
    {
        var lab = new Lab();
        return lab.Graph.Update(lab.Real("x", N), lab.Real("y"), [lab.Zero], UpdateMode.Set);
    });

    private static void Rejects(string message, Func<Lab, Func> make)
    {
        var f = make(new Lab());
        Assert.Contains(message, Assert.Throws<IrException>(() => Verifier.Verify(f)).Message, StringComparison.Ordinal);
    }
}
