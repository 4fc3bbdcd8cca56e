using System.Collections.Immutable;
using System.Runtime.Loader;
using System.Text;
using DrJax.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DrJax.Tests.Pipeline;

/// <summary>Compiles C# in memory with the generator and the analyzer, loads the result and runs it.</summary>
internal static class Harness
{
    public const string Usings = """
        using System;
        using DrJax;
        using static DrJax.MapReduce;
        using static DrJax.Autodiff;
        using static DrJax.Ops;

        """;

    private static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Vec<>).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(ILGPU.Context).Assembly.Location),
    ];

    public static CSharpParseOptions ParseOptions { get; } = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.CSharp14)
        .WithFeatures([new("InterceptorsNamespaces", "DrJax.Generated")]);

    public static SyntaxTree Tree(string source, string path = "/src/Program.cs") => CSharpSyntaxTree.ParseText(source, ParseOptions, path, Encoding.UTF8);

    // Tests run side by side: a compilation that takes several threads itself costs a fifth more of the processor's time.
    public static CSharpCompilation Compilation(params IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(
        "Sample" + Guid.NewGuid().ToString("N"), trees, Framework,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false));

    /// <summary>A compilation against everything that this process may load, Roslyn too.</summary>
    public static CSharpCompilation Platform(params IEnumerable<SyntaxTree> trees) => Compilation(trees).WithReferences(
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("DrJax.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)));

    /// <summary>A compilation of one file that begins with <see cref="Usings"/>.</summary>
    public static CSharpCompilation Compilation(string source) => Compilation(Tree(Usings + source));

    /// <param name="companions">Whether all companions have their derivatives.</param>
    /// <param name="devices">Whether programs have device code.</param>
    /// <param name="steps">Whether the run's steps can be asked for, which takes a while where programs are many.</param>
    public static GeneratorDriver Driver(bool interception = true, bool companions = false, bool devices = false, bool steps = true) => CSharpGeneratorDriver.Create(
        [new DrJaxGenerator().AsSourceGenerator()],
        optionsProvider: new Options(new()
        {
            ["build_property.DrJaxInterception"] = interception ? "" : "false",
            ["build_property.DrJaxCompanionDerivatives"] = companions ? "true" : "",
            ["build_property.DrJaxDevices"] = devices ? "true" : "",
        }),
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: steps));

    public static GeneratorDriverRunResult Generate(Compilation compilation, bool interception = true, bool companions = false, bool devices = false) =>
        Driver(interception, companions, devices).RunGenerators(compilation).GetRunResult();

    /// <summary>The generated text, file by file.</summary>
    public static string Generated(string source, bool companions = false, bool devices = false) =>
        string.Join("\n", Generate(Compilation(source), companions: companions, devices: devices).GeneratedTrees.Select(t => $"// ---- {Path.GetFileName(t.FilePath)}\n{t}"));

    /// <summary>Compiles with the generator and emits, because a wrong interceptor shows in nothing less; fails on any error or warning of generated code.</summary>
    public static (Compilation Compilation, byte[] Image) Build(Compilation compilation, bool interception = true, bool companions = false, bool devices = false)
    {
        Driver(interception, companions, devices, steps: false).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        using var image = new MemoryStream();
        var emitted = output.Emit(image);
        var faults = diagnostics.Concat(emitted.Diagnostics)
            .Where(d => d.Severity == DiagnosticSeverity.Error || d.Severity == DiagnosticSeverity.Warning && d.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true)
            .ToArray();
        if (faults.Length == 0) return (output, image.ToArray());
        var generated = string.Join("\n", output.SyntaxTrees.Where(t => faults.Any(f => f.Location.SourceTree == t) && t.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)));
        throw new InvalidOperationException(string.Join("\n", faults.Take(12).Select(f => f.ToString())) + "\n" + generated);
    }

    /// <summary>Builds and loads one file; static methods of its types can then be called.</summary>
    public static Loaded Load(string source, bool interception = true) => Load(Compilation(source), interception);

    public static Loaded Load(Compilation compilation, bool interception = true, params (string Name, byte[] Image)[] dependencies)
    {
        var context = new AssemblyLoadContext("sample", isCollectible: true);
        foreach (var (_, image) in dependencies) context.LoadFromStream(new MemoryStream(image));
        return new(context.LoadFromStream(new MemoryStream(Build(compilation, interception).Image)));
    }

    /// <summary>Builds and loads with device code. ILGPU makes code that refers to kernels and stays, so they stay too.</summary>
    public static Loaded LoadWithDevices(Compilation compilation, bool companions = false) =>
        new(new AssemblyLoadContext("sample").LoadFromStream(new MemoryStream(Build(compilation, companions: companions, devices: true).Image)));

    /// <summary>What the analyzer reports.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation, params DiagnosticAnalyzer[] analyzers)
    {
        var analysis = compilation.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new Options([])), onAnalyzerException: (e, _, _) => throw new InvalidOperationException("an analyzer threw", e),
            concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        return [.. (await analysis.GetAnalyzerDiagnosticsAsync()).OrderBy(d => d.Location.SourceSpan.Start)];
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Dictionary(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Dictionary(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}

/// <summary>A loaded sample.</summary>
internal sealed class Loaded(System.Reflection.Assembly assembly)
{
    public System.Reflection.Assembly Assembly => assembly;

    /// <summary>Calls a static method, <c>Type.Method</c>; what it throws comes out as it is.</summary>
    public object? Call(string name, params object?[] arguments)
    {
        var dot = name.LastIndexOf('.');
        var type = assembly.GetType(name[..dot]) ?? throw new ArgumentException($"no type {name[..dot]} among {string.Join(", ", assembly.GetTypes().Select(t => t.FullName))}", nameof(name));
        var method = type.GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .Single(m => m.Name == name[(dot + 1)..]);
        return method.Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <summary>Calls a static method and counts the compiled programs that ran meanwhile on this thread's behalf.</summary>
    public (object? Result, long Compiled) Counted(string name, params object?[] arguments)
    {
        var before = DrJaxRuntime.CompiledCalls;
        var result = Call(name, arguments);
        return (result, DrJaxRuntime.CompiledCalls - before);
    }
}
