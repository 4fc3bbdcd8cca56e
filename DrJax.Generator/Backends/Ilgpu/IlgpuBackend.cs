using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>What the devices' backend makes of a program.</summary>
/// <param name="ClassBody">C# text of static members.</param>
/// <param name="Symbols">The size symbols that the entry point takes.</param>
/// <param name="Sites">Places where an index may be outside, in the order of their numbers.</param>
/// <param name="Plan">Where each step runs, a line each.</param>
internal sealed record DeviceCode(string ClassBody, IReadOnlyList<string> Symbols, IReadOnlyList<(string Index, string Into)> Sites, IReadOnlyList<string> Plan);

/// <summary>Spells a lowered program as kernels for ILGPU and the host code that launches them: a struct a kernel, a struct a stage, one entry point.</summary>
internal static class IlgpuBackend
{
    /// <summary>The namespaces whose names the members use.</summary>
    public static readonly string[] Usings = ["System", "ILGPU", "DrJax.Compiled", "DrJax.Compiled.Devices"];

    public static DeviceCode Emit(LoweredProgram lowered)
    {
        var usage = Usage.Of(lowered.Body.Steps);
        usage.Declare(lowered.Scratch);
        var symbols = usage.Symbols.Where(s => !Names.StageSymbols.Contains(s)).OrderBy(s => s, StringComparer.Ordinal).ToArray();
        var names = new Names(lowered, usage, symbols);
        var program = new DeviceProgram(lowered, names);
        var locals = names.Method();
        var (run, queue) = (locals.Fresh("run"), locals.Fresh("queue"));
        var frame = new ProgramFrame(program, locals, run, queue);
        var body = new DeviceBlock(frame).Print(lowered.Body);
        var parameters = lowered.Arguments.Select(a => a.Scalar is { } scalar ? $"{Spelling.Element(scalar.Element)} {names[scalar]}" : Array(a.Buffer!))
            .Concat(symbols.Select(s => $"long {names.Size(s)}"))
            .Concat(lowered.Results.Select(Array));
        Buffer[] scratch = [.. lowered.Scratch.Where(b => !frame.Unused.Contains(b)), .. DeviceProgram.Stages(lowered.Body).SelectMany(s => s.Segments).Select(s => s.Buffer).Where(b => !lowered.Scratch.Contains(b)), .. frame.Extra];
        var entry = Code.Text($$"""
            private static void {{Spelling.Run(lowered.Program)}}({{Lines.List(parameters.Prepend($"DeviceRun {run}"))}})
            {
                var {{queue}} = {{run}}.Lead;
                {{scratch.Select(b => $"var {names[b]} = {frame.Allocate(b)};")}}
                {{frame.Owned.Select(l => $"var {names[l]} = {frame.Allocate(l.Element, "1")};")}}
                {{body}}
            }
            """);
        return new DeviceCode(string.Join("\n\n", program.Members.Prepend(entry)), symbols, program.Sites, program.Plan);

        string Array(Buffer buffer) => $"DeviceArray<{DeviceDialect.Stored(buffer.Element)}> {names[buffer]}";
    }
}
