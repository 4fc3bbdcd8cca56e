using DrJax.Generator.Backends.Ilgpu;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>
/// The way from a program's <c>Call</c> to its device code: a class of its own, so that nothing of ILGPU is loaded before a mesh of devices is in use.
/// Arguments and results go there as arrays, which the mesh knows by their objects.
/// </summary>
internal sealed class HostDevices(string className, string summary, Program program, Spelling names, DeviceCode code)
{
    /// <summary>The size symbols that the device code takes: its core's, and those of the lengths of groups.</summary>
    public IReadOnlyList<string> Symbols { get; } =
    [
        .. code.Symbols.Concat(program.Function.Parameters.Select(p => p.Type).Concat(program.Function.Results.Select(r => r.Type)).Select(GroupLength)
            .SelectMany(length => length.Atoms).Select(a => a.Name)).Distinct(),
    ];

    private string Class => className + "_Device";

    /// <summary>What a program without device code says where a mesh of devices is in use.</summary>
    public static string Missing(string summary) => $"if (global::DrJax.DeviceMesh.InUse) global::DrJax.DeviceMesh.RequireDevices({HostText.Literal(summary)});";

    /// <summary>The statements of <c>Call</c> that run the program on the mesh in use.</summary>
    public string Call(HostArguments arguments, HostResults results)
    {
        var passed = arguments.Values.Select(v => v.Value).Concat(Symbols.Select(names.Size)).Concat(results.Leaves.Select(r => r.IsScalar ? "out " + r.Name : r.Name));
        return Code.Text($$"""
            if (global::System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported && global::DrJax.DeviceMesh.InUse)
            {
                {{Class}}.Call({{Lines.List(passed)}});
                return {{results.Value}};
            }
            """);
    }

    /// <summary>The namespace block with the class.</summary>
    public string Emit(HostArguments arguments, HostResults results)
    {
        var run = names.Fresh("run");
        var parameters = program.Function.Parameters.Select((p, i) => $"{arguments.Values[i].Type} {names.Leaf(p.Name)}")
            .Concat(Symbols.Select(s => $"long {names.Size(s)}"))
            .Concat(results.Leaves.Select(r => r.IsScalar ? $"out {Spelling.Element(r.Element)} {r.Name}" : $"{Spelling.Element(r.Element)}[] {r.Name}"));
        var scalars = results.Leaves.Where(r => r.IsScalar).ToDictionary(r => r.Name, r => names.Fresh(r.Name + "_memory"));
        var passed = program.Function.Parameters.Select(p => Argument(run, p))
            .Concat(code.Symbols.Select(names.Size))
            .Concat(results.Leaves.Select((r, i) => r.IsScalar ? scalars[r.Name] : $"{run}.Result({r.Name}{Groups(program.Function.Results[i].Type)})"));
        return Code.Text($$"""
            namespace {{Host.Namespace}}
            {
                #pragma warning disable CS1591 // ILGPU needs kernels to be public; they are nobody's API.
                {{IlgpuBackend.Usings.Select(u => $"using {u};")}}

                /// <summary>{{HostText.Xml(summary)}}, on the devices of a mesh.</summary>
                [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
                public static class {{Class}}
                {
                    internal static void Call({{Lines.List(parameters)}})
                    {
                        using var {{run}} = DeviceRun.Begin({{HostText.Literal(summary)}});
                        {{results.Leaves.Where(r => r.IsScalar).Select(r => $"var {scalars[r.Name]} = {run}.Scratch<{DeviceDialect.Stored(r.Element)}>(1);")}}
                        {{Spelling.Run(program)}}({{Lines.List(passed.Prepend(run))}});
                        {{(code.Sites.Count == 0 ? "" : $"{run}.CheckErrors(Sites);")}}
                        {{results.Leaves.Where(r => r.IsScalar).Select(r => $"{r.Name} = {Fetched(run, scalars[r.Name], r.Element)};")}}
                    }

                    {{Sites()}}
                    {{code.ClassBody}}
                }
                #pragma warning restore CS1591
            }
            """);
    }

    private string Argument(string run, Param parameter) =>
        Spelling.IsByValue(parameter.Type) ? names.Leaf(parameter.Name) : $"{run}.Argument({names.Leaf(parameter.Name)}{Groups(parameter.Type)})";

    private string Groups(Ir.ValueType type) => type.IsPlaced ? ", " + HostSizes.Expression(GroupLength(type), names) : "";

    /// <summary>The elements of one group of a placed value.</summary>
    private static Dim GroupLength(Ir.ValueType type) => type.IsPlaced
        ? type.Placements.Skip(1).Select(p => p.Size).Concat(type.Shape).Aggregate(Dim.One, (length, dim) => length * dim)
        : Dim.Zero;

    private static string Fetched(string run, string memory, ElementType element) =>
        $"{run}.Lead.Fetch({run}.Lead.Read({memory}), 0){(element == ElementType.Bool ? " != 0" : "")}";

    private string Sites() => code.Sites.Count == 0 ? "" : Code.Text($$"""
        private static readonly DeviceSite[] Sites =
        [
            {{code.Sites.Select(s => $"new({HostText.Literal(s.Index)}, {HostText.Literal(s.Into)}),")}}
        ];

        """);
}
