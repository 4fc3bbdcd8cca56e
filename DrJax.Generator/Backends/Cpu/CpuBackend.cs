using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>Spells a lowered program as C#: one entry point, a method a loop nest, a struct a stage.</summary>
internal static class CpuBackend
{
    /// <summary>The namespaces whose names the members use, to be imported inside the namespace that the class stands in.</summary>
    public static readonly string[] Usings = ["System", "System.Runtime.CompilerServices", "System.Runtime.Intrinsics", "DrJax.Compiled"];

    public static CoreCode Emit(LoweredProgram program)
    {
        var usage = Usage.Of(program.Body.Steps);
        usage.Declare(program.Scratch);
        var symbols = usage.Symbols.Where(s => !Names.StageSymbols.Contains(s)).OrderBy(s => s, StringComparer.Ordinal).ToArray();
        var names = new Names(program, usage, symbols);
        var memory = new MemoryText(names);
        var locals = names.Method();
        var members = new Members();
        var parameters = program.Arguments.Select(a => a.Scalar is { } scalar
                ? $"{Spelling.Element(scalar.Element)} {names[scalar]}"
                : $"{Spelling.Element(a.Buffer!.Element)}* {names[a.Buffer]}")
            .Concat(symbols.Select(s => $"nint {names.Size(s)}"))
            .Concat(program.Results.Select(r => $"{Spelling.Element(r.Element)}* {names[r]}"));
        // Totals of stages live as long as the scratch: a stage in a loop writes them again.
        Buffer[] buffers = [.. program.Scratch, .. Totals(program.Body).Where(b => !program.Scratch.Contains(b))];
        var block = new BlockText(names, locals, members);
        var body = memory.Scoped(locals, buffers, program.SavesMemory ? SharedMemory.Of(program) : SharedMemory.None, program.Body, block.Print(program.Body));
        var entry = Code.Text($$"""
            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            private static unsafe void {{Spelling.Run(program.Program)}}({{Lines.List(parameters)}})
            {
                {{MemoryText.Aligned(block)}}
                {{body}}
            }
            """);
        var leaves = program.Arguments.Select(a => a.Buffer).Concat(program.Results).ToList();
        var clamped = Enumerable.Range(0, leaves.Count).Where(i => leaves[i] is { } buffer && usage.Clamped.Contains(buffer)).ToArray();
        return new CoreCode(string.Join("\n\n", members.Texts.Prepend(entry)), [.. symbols], [.. clamped]);
    }

    private static IEnumerable<Buffer> Totals(Block block) =>
        block.Steps.SelectMany(step => step is StageStep stage ? stage.Segments.Select(s => s.Buffer) : step.Blocks.SelectMany(Totals));
}
