using System.Reflection;
using DrJax.Generator.Backends;
using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Lowering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DrJax.Tests.Backends;

/// <summary>A lowered program spelled as C#, compiled in memory.</summary>
internal sealed class EmittedProgram
{
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly CoreCode core;
    private readonly Action<object[]> call;

    public EmittedProgram(LoweredProgram program)
    {
        core = CpuBackend.Emit(program);
        Text = Source(program, core);
        var compilation = CSharpCompilation.Create("Emitted", [CSharpSyntaxTree.ParseText(Text)], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        var problems = emitted.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning);
        Assert.True(emitted.Success && !problems.Any(), string.Join("\n", problems) + "\n" + Text);
        call = Assembly.Load(image.ToArray()).GetType("DrJax.Generated.Emitted")!.GetMethod("Call")!.CreateDelegate<Action<object[]>>();
    }

    public string Text { get; }

    /// <summary>Runs it with arguments and results as arrays or scalars, in order, and sizes by symbol.</summary>
    public void Run(object[] arguments, object[] results, params (string Symbol, int Size)[] sizes)
    {
        var known = sizes.ToDictionary(s => s.Symbol, s => (nint)s.Size);
        call([.. arguments, .. core.Symbols.Select(s => (object)known[s]), .. results]);
    }

    private static string Source(LoweredProgram program, CoreCode core)
    {
        List<string> fixing = [];
        List<string> passed = [];
        foreach (var argument in program.Arguments)
        {
            if (argument.Scalar is { } scalar) passed.Add($"({Spelling.Element(scalar.Element)})all[{passed.Count}]");
            else Pin(argument.Buffer!);
        }
        foreach (var _ in core.Symbols) passed.Add($"(nint)all[{passed.Count}]");
        foreach (var result in program.Results) Pin(result);
        return $$"""
            namespace DrJax.Generated;
            {{string.Join("\n", CpuBackend.Usings.Select(u => $"using {u};"))}}

            public static class Emitted
            {
                public static unsafe void Call(object[] all)
                {
                    {{string.Join("\n        ", fixing)}}
                    {{Spelling.Run(program.Program)}}({{string.Join(", ", passed)}});
                }

            {{core.ClassBody}}
            }
            """;

        void Pin(DrJax.Generator.Lowering.Buffer buffer)
        {
            var type = Spelling.Element(buffer.Element);
            fixing.Add($"fixed ({type}* p{passed.Count} = ({type}[])all[{passed.Count}])");
            passed.Add($"p{passed.Count}");
        }
    }
}
