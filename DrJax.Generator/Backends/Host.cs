using DrJax.Generator.Backends.Ilgpu;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>
/// The class of one compiled program: <c>Call</c> with the program's C# signature (sizes from the arguments, checks, one allocation a result,
/// pins), and the core that it calls. Nothing is allocated but the results.
/// </summary>
internal static class Host
{
    /// <summary>The namespace of everything generated that is not public API.</summary>
    public const string Namespace = "DrJax.Generated";

    // A long graph is read as drawn or printed by MapReduceGraph, not above its code.
    private const int MaxRemark = 80;

    /// <param name="className">The class.</param>
    /// <param name="summary">What it computes.</param>
    /// <param name="program">The program.</param>
    /// <param name="core">What computes it.</param>
    /// <param name="isPrinted">Whether the file has the graph as text elsewhere.</param>
    /// <param name="device">The program's device code, if the project asks for it.</param>
    /// <param name="guard">The call that refuses arguments by their values, if any does; null in the guard's own class.</param>
    /// <param name="refuses">What the guard's class throws; null in others.</param>
    /// <returns>The class, and the namespace block of its device code.</returns>
    public static (string Class, string Devices) Emit(
        string className, string summary, Program program, CoreCode core, DeviceCode? device, bool isPrinted = false, string? guard = null, Guard? refuses = null)
    {
        var names = new Spelling(program);
        var devices = device is null ? null : new HostDevices(className, summary, program, names, device);
        var sizes = program.Function.Results.SelectMany(r => r.Type.Placements.Select(p => p.Size).Concat(r.Type.Shape)).SelectMany(d => d.Atoms).Select(a => a.Name);
        var arguments = new HostArguments(program, names, core.Symbols.Concat(sizes).Concat(devices?.Symbols ?? []), core.Clamped);
        var results = new HostResults(program, names, arguments.Groups, core.Clamped);
        string[] run = [.. arguments.Leaves, .. core.Symbols.Select(names.Size), .. results.Pointers];
        var call = devices is null ? HostDevices.Missing(summary) : devices.Call(arguments, results);
        var @class = Code.Text($$"""
            /// <summary>{{HostText.Xml(summary)}}</summary>
            internal static class {{className}}
            {
                {{(isPrinted ? "// The companion above has the graph." : Remark(program))}}

                internal static unsafe {{program.Result.CSharp}} Call({{Parameters(program)}})
                {
                    {{(program.Libraries.Count > 0 ? ["if (!areLibrariesChecked) CheckLibraries();"] : Array.Empty<string>())}}
                    {{(guard is null ? Array.Empty<string>() : [guard])}}
                    {{arguments.Bindings}}
                    {{arguments.Checks}}
                    {{results.Allocations}}
                    {{(refuses is null ? ["global::DrJax.DrJaxRuntime.CountCompiledCall();"] : Array.Empty<string>())}}
                    {{call}}
                    {{Pinned([.. arguments.Pins, .. results.Pins], $"{Spelling.Run(program)}({string.Join(", ", run)});")}}
                    return {{results.Value}};
                }

                {{(refuses is null ? Array.Empty<string>() : [HostRefusals.Refuse(program, refuses, new Spelling(program)), ""])}}
                {{Libraries(program)}}
                {{core.ClassBody}}
            }
            """);
        return (@class, devices?.Emit(arguments, results) ?? "");
    }

    private static string Remark(Program program)
    {
        var lines = Printer.Print(program.Function).TrimEnd('\n').Split('\n');
        return HostText.Comment(lines.Length <= MaxRemark
            ? string.Join("\n", lines)
            : string.Join("\n", lines.Take(MaxRemark)) + $"\n.. and {lines.Length - MaxRemark} lines more");
    }

    /// <summary>Once a process: the libraries whose programs are compiled in here are the ones that were read.</summary>
    private static string[] Libraries(Program program) => program.Libraries.Count == 0 ? [] : [Code.Text($$"""
        private static bool areLibrariesChecked;

        private static void CheckLibraries()
        {
            {{program.Libraries.Select(l => $"global::DrJax.Compiled.Libraries.Require({HostText.Literal(l.Name)}, {l.Companion}.Fingerprint, \"{l.Fingerprint}\");")}}
            areLibrariesChecked = true;
        }

        """)];

    /// <summary>The parameter list of a program's C# signature.</summary>
    public static string Parameters(Program program) =>
        string.Join(", ", program.Parameters.Select(p => $"{p.Type.CSharp} {Spelling.Identifier(p.Name)}"));

    private static string Pinned(string[] pins, string call) => pins.Length == 0 ? call : Code.Text($$"""
        {{pins}}
        {
            {{call}}
        }
        """);
}
