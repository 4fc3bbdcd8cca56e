using DrJax.Generator;
using DrJax.Generator.Ir;
using DrJax.Generator.Reuse;
using DrJax.Tests.Frontend;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>A mistake of DrJax itself is told as one, and the program runs as it is written.</summary>
public class InternalErrorTests
{
    private const string Source = "public class Programs { [DrJaxProgram] public static double P(double x) => x * x; }";

    [Fact]
    public void A_graph_that_is_none_is_told_and_gives_no_code()
    {
        var compilation = Compile.Compilation(Source);
        var program = Compile.Method(compilation, "P").Program!;
        var stray = program.Graph.Param("stray", program.Function.Results[0].Type);
        var broken = program with { Function = new Func("P", program.Function.Parameters, [program.Function.Results[0] + stray]) };
        var code = ProgramCode.Of(new CompanionModel(ProgramModel.Of(Compile.Find(compilation, "P"), broken), HasDerivatives: false, Devices: false), CancellationToken.None);
        Assert.Equal("", code.Text);
        var told = code.Problem!;
        Assert.Equal(("DRJ099", DiagnosticSeverity.Error), (told.Id, told.Severity));
        Assert.StartsWith($"internal error while compiling '{code.Subject}': IrException: P: it uses stray, a parameter of another function at DrJax.Generator.Ir.Verifier.", told.GetMessage(null), StringComparison.Ordinal);
        Assert.EndsWith("; please report it", told.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_without_mistakes_has_nothing_to_tell() =>
        Assert.Null(ProgramCode.Of(new CompanionModel(ProgramModel.Of(Compile.Find(Compile.Compilation(Source), "P"), Compile.Program("P", Source)), false, false), CancellationToken.None).Problem);

    [Fact]
    public void A_mistake_while_reading_is_told_at_the_method()
    {
        var compilation = Compile.Compilation(Source);
        var at = Compile.Find(compilation, "P").Locations[0];
        var result = DrJax.Generator.Frontend.Frontend.Attempt("P", at, compilation, _ => throw new IrException("a node too many"), new Footprint(ProjectState.Of(compilation)), CancellationToken.None);
        var told = Assert.Single(result.Diagnostics);
        Assert.Equal(("DRJ099", at.SourceSpan, "internal error while compiling 'P': a node too many; please report it"), (told.Id, told.Location.Span, told.ToDiagnostic().GetMessage(null)));
        Assert.Null(result.Program);
    }
}
