using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>One pass over the groups: the struct that the stage engine runs, and the statements that run it.</summary>
internal sealed class StageText(Names names, MethodNames locals, Members members, StageStep stage)
{
    private readonly MemoryText memory = new(names);

    public IEnumerable<string> Print()
    {
        var fields = Fields();
        var type = names.Fresh("Stage_" + stage.Name);
        members.Add(Struct(type, fields));
        var (run, plan) = (locals.Fresh(stage.Name), locals.Fresh(stage.Name + "_plan"));
        var lanes = UsesSingles() ? "Simd.Lanes16" : "Simd.Lanes8";
        var (groups, bytes) = (names.Size(stage.Placement.Size), names.Size(stage.BytesPerGroup));
        var accumulator = memory.Bytes(stage.Segments.Select(s => s.Buffer));
        var factory = stage.LanesAreGroups ? $"InLanes({groups}, {bytes}, {lanes}, {accumulator})" : $"InRows({groups}, {bytes})";
        var total = stage.Segments.IsEmpty ? "null" : $"(byte*){names[stage.Segments[0].Buffer]}";
        return
        [
            .. Lines.Comment(stage),
            $"var {plan} = StagePlan.{factory};",
            $"var {run} = new {type} {{ {Lines.List(fields.Select(f => $"{f.Name} = {f.Name}").Append($"{names.Size(StageSizes.LanesName)} = {plan}.Capacity"))} }};",
            $"StageEngine.Run(ref {run}, {groups}, {plan}.LeafGroups, {accumulator}, {total});",
        ];
    }

    /// <summary>What the body uses of its surroundings.</summary>
    private List<(string Type, string Name)> Fields()
    {
        var usage = Usage.Of(stage.Body.Steps);
        usage.Declare(stage.Scratch);
        usage.Declare(stage.Segments.Select(s => s.Buffer));
        return
        [
            .. usage.Buffers.Where(b => !usage.Declared.Contains(b)).Select(b => ($"{Spelling.Element(b.Element)}*", names[b])),
            .. usage.Locals.Where(l => !usage.Declared.Contains(l)).Select(l => (Spelling.Element(l.Element), names[l])),
            .. usage.Symbols.Where(s => !Names.StageSymbols.Contains(s)).Select(s => ("nint", names.Size(s))),
        ];
    }

    private string Struct(string type, List<(string Type, string Name)> fields)
    {
        var inside = names.Method();
        string lo = inside.Fresh("lo"), hi = inside.Fresh("hi"), accumulator = inside.Fresh("accumulator"), into = inside.Fresh("into"), from = inside.Fresh("from");
        var (group, block, lanes) = (names.Size(StageSizes.GroupName), names.Size(StageSizes.BlockName), names.Size(StageSizes.LanesName));
        List<(string Type, string Name)> all = [.. fields, ("nint", lanes)];
        var body = new BlockText(names, inside, members);
        var blocks = LoopText.Braced($"for (var {group} = {lo}; {group} < {hi}; {group} += {lanes})",
        [
            $"var {block} = Math.Min({lanes}, {hi} - {group});",
            .. MemoryText.Released(inside, stage.Body, body.Print(stage.Body)),
        ]);
        return Code.Text($$"""
            {{Lines.Comment(stage)}}
            private unsafe struct {{type}} : IStage
            {
                {{all.Select(f => $"public {f.Type} {f.Name};")}}

                [MethodImpl(MethodImplOptions.AggressiveOptimization)]
                public readonly void Leaf(nint {{lo}}, nint {{hi}}, byte* {{accumulator}})
                {
                    {{MemoryText.Aligned(body)}}
                    {{all.Select(f => $"var {f.Name} = this.{f.Name};")}}
                    {{stage.Segments.Select(s => $"var {names[s.Buffer]} = {memory.Take(s.Buffer, accumulator)};")}}
                    {{memory.Scoped(inside, stage.Scratch, stage.Homes, stage.Body, blocks)}}
                }

                public readonly void Combine(byte* {{into}}, byte* {{from}})
                {
                    {{stage.Segments.Select(s => $"Accumulator.{Verb(s.Kind)}({memory.Take(s.Buffer, into)}, {memory.Take(s.Buffer, from)}, {memory.Count(s.Buffer)});")}}
                }

                public readonly void Clear(byte* {{accumulator}})
                {
                    {{stage.Segments.Select(s => $"Layout.Fill({memory.Take(s.Buffer, accumulator)}, {memory.Count(s.Buffer)}, {Dialect.Scalar.Identity(s.Kind, s.Buffer.Element)});")}}
                }
            }
            """);
    }

    private static string Verb(ReduceKind kind) => kind == ReduceKind.Sum ? "Add" : kind.ToString();

    // The wider dialect's lane count is a multiple of the narrower one's.
    private bool UsesSingles() => Nests(stage.Body).Any(nest => nest.Vector is not null && nest.Element == ElementType.Float32);

    private static IEnumerable<NestStep> Nests(Block block) => block.Steps.SelectMany(step => step is NestStep nest ? [nest] : step.Blocks.SelectMany(Nests));
}
