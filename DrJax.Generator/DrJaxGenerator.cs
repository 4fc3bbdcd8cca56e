using DrJax.Generator.Backends;
using DrJax.Generator.Frontend;
using DrJax.Generator.Interception;
using DrJax.Generator.Ir;
using DrJax.Generator.Reuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DrJax.Generator;

/// <summary>
/// Compiles the methods marked <c>[DrJaxProgram]</c> and the calls to them. Mistakes in programs are the analyzer's to report; a method that does
/// not compile gets no companion, and its calls run as written.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DrJaxGenerator : IIncrementalGenerator
{
    /// <summary>The metadata name of the attribute that marks programs.</summary>
    internal const string Mark = "DrJax.DrJaxProgramAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // C# → IR. Asked for every program on every edit, and made anew where something was edited that it depends on; what is equal afterwards
        // stops here.
        var programs = Found(context.SyntaxProvider.ForAttributeWithMetadataName(Mark, static (node, _) => node is MethodDeclarationSyntax, Program), "Programs");
        var calls = Found(context.SyntaxProvider.CreateSyntaxProvider(Calls.IsCandidate, Calls.Of), "Calls");
        var spaces = Found(context.SyntaxProvider.CreateSyntaxProvider(VectorSpaces.IsCandidate, VectorSpaces.Of), "VectorSpaces");
        var asked = context.SyntaxProvider.CreateSyntaxProvider(CompanionModel.IsMention, CompanionModel.Mention).Collect()
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (x, _) => CompanionModel.Asked(x.Left, x.Right.GlobalOptions)).WithTrackingName("Asked");
        var isOn = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Is(options.GlobalOptions, "DrJaxInterception", otherwise: true));
        var devices = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => Is(options.GlobalOptions, "DrJaxDevices", otherwise: false));
        var all = calls.Collect();

        // IR → C#.
        var companions = programs.Collect().Combine(asked).Combine(devices).SelectMany(static (x, _) => x.Left.Left.Select(p => CompanionModel.Of(p, x.Left.Right, x.Right)));
        var taken = all.SelectMany(static (calls, _) => calls.Select(c => c.Derivative).OfType<DerivativeModel>().Distinct())
            .Combine(devices).Select(static (x, _) => x.Left.On(x.Right));
        var ahead = companions.Collect().Combine(taken.Collect()).Select(Ahead.Of);
        var code = companions.Combine(ahead).Select(static (x, cancellation) => x.Left.Code(cancellation)).WithTrackingName("ProgramCode");
        var derivatives = taken.Combine(ahead).Select(static (x, cancellation) => x.Left.Code(cancellation)).WithTrackingName("DerivativeCode");
        var graphs = all.SelectMany(static (calls, _) => calls.Select(c => c.Graph?.Code).OfType<ProgramCode>().Distinct()).WithTrackingName("Graphs");
        var interceptors = all.Combine(code.Collect()).Combine(derivatives.Collect()).Combine(graphs.Collect()).Combine(isOn)
            .Select(static (x, _) => InterceptorCode.Of(x.Left.Left.Left.Left, [.. x.Left.Left.Left.Right, .. x.Left.Left.Right, .. x.Left.Right], areProgramsOn: x.Right))
            .WithTrackingName("Interceptors");
        var registrations = programs.Collect().Combine(all).Combine(spaces.Collect())
            .Select(static (x, _) => Registration.Of(x.Left.Left, x.Left.Right, x.Right)).WithTrackingName("Registrations")
            .Select(static (registration, _) => registration.Code);

        context.RegisterSourceOutput(code, Add);
        context.RegisterSourceOutput(derivatives, Add);
        context.RegisterSourceOutput(graphs, Add);
        context.RegisterSourceOutput(interceptors, Add);
        context.RegisterSourceOutput(registrations, Add);
    }

    private static ProgramModel? Program(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var compilation = context.SemanticModel.Compilation;
        return ProjectState.Of(compilation).Get(context.TargetNode, nameof(Program), footprint =>
        {
            var method = (IMethodSymbol)context.TargetSymbol;
            return Reach.Of(Reach.Signature(method)) != Accessibility.Private
                && Frontend.Frontend.CompileMethod(method, compilation, cancellation, footprint).Program is { } program
                ? ProgramModel.Of(method, program)
                : null;
        });
    }

    private static IncrementalValuesProvider<T> Found<T>(IncrementalValuesProvider<T?> values, string name) where T : class =>
        values.Where(static value => value is not null).Select(static (value, _) => value!).WithTrackingName(name);

    /// <summary>A switch that the project sets to true or false.</summary>
    private static bool Is(Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions options, string property, bool otherwise) =>
        options.TryGetValue("build_property." + property, out var value) && bool.TryParse(value, out var isSet) ? isSet : otherwise;

    private static void Add(SourceProductionContext output, ProgramCode code)
    {
        if (code.Problem is { } problem) output.ReportDiagnostic(problem);
        else if (code.Text.Length > 0) output.AddSource(code.FileName, code.Text);
    }
}
