using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>One pass over the groups: the struct whose leaves the devices run, each leaf as one block of groups, and the statement that runs it.</summary>
internal sealed class DeviceStage(ProgramFrame frame, StageStep stage)
{
    private readonly Names names = frame.Names;
    private readonly DeviceProgram program = frame.Program;

    public IEnumerable<string> Print()
    {
        var usage = Usage.Of(stage.Body.Steps);
        usage.Declare(stage.Scratch);
        usage.Declare(stage.Segments.Select(s => s.Buffer));
        // Whether additions are sorted depends on the size of what they go to, of which the stage may touch parts only.
        foreach (var output in ThreadRegion.Nested(stage.Body.Steps).OfType<NestStep>().SelectMany(n => n.Outputs).Where(o => o.Mode == OutputMode.Add)) usage.Visit(output.Target.Size);
        Buffer[] arrays = [.. usage.Buffers.Where(b => !usage.Declared.Contains(b))];
        Local[] outside = [.. usage.Locals.Where(l => !usage.Declared.Contains(l))];
        var written = new HashSet<Buffer>(Accesses.Of(stage.Body).Where(a => a.Writes).Select(a => a.Buffer));
        var groups = new HashSet<Buffer>(Groups.Of(stage).Where(program.IsGrouped));
        var onLead = arrays.Any(b => written.Contains(b) && !groups.Contains(b));

        List<(string Type, string Name)> fields =
        [
            .. arrays.Select(b => ($"DeviceArray<{DeviceDialect.Stored(b.Element)}>", names[b])),
            .. outside.Select(l => (program.IsOnDevice(l) ? $"DeviceArray<{DeviceDialect.Stored(l.Element)}>" : Spelling.Element(l.Element), names[l])),
            .. usage.Symbols.Where(s => !Names.StageSymbols.Contains(s)).Select(s => ("long", names.Size(s))),
        ];
        var type = names.Fresh("Stage_" + stage.Name);
        program.Explain($"stage over {stage.Placement.Name}{(onLead ? ", on the first device: it writes arrays whose groups are not outermost" : "")}", stage);
        program.Depth++;
        program.Members.Add(Struct(type, fields, arrays, outside, written, groups));
        program.Depth--;
        var totals = stage.Segments.Select(s => $"new StageTotal({names[s.Buffer]}, ReduceKind.{s.Kind})");
        return
        [
            $"{frame.Run}.Stage(new {type} {{ {Lines.List(fields.Select(f => $"{f.Name} = {f.Name}"))} }}, "
            + $"{string.Join(", ", totals.Prepend(onLead ? "true" : "false").Prepend(names.Size(stage.BytesPerGroup).Text).Prepend(names.Size(stage.Placement.Size).Text))});",
        ];
    }

    private string Struct(string type, List<(string Type, string Name)> fields, Buffer[] arrays, Local[] outside, HashSet<Buffer> written, HashSet<Buffer> groups)
    {
        var inside = names.Method();
        string queue = inside.Fresh("queue"), lo = inside.Fresh("lo"), hi = inside.Fresh("hi"), totals = inside.Fresh("totals");
        var (group, block, lanes) = (names.Size(StageSizes.GroupName), names.Size(StageSizes.BlockName), names.Size(StageSizes.LanesName));
        var leaf = new LeafFrame(program, inside, queue, groups, stage.Homes);
        var body = new DeviceBlock(leaf).Print(stage.Body);
        string[] views =
        [
            .. arrays.Select(b => $"var {names[b]} = {queue}.{(groups.Contains(b) ? $"{(written.Contains(b) ? "Write" : "Read")}Groups(this.{names[b]}, {lo}, {hi})" : $"{(written.Contains(b) ? "Update" : "Read")}(this.{names[b]})")};"),
            .. outside.Select(l => $"var {names[l]} = {(program.IsOnDevice(l) ? $"{queue}.Read(this.{names[l]})" : "this." + names[l])};"),
            .. fields.Skip(arrays.Length + outside.Length).Select(f => $"var {f.Name} = this.{f.Name};"),
            .. stage.Segments.Select((s, k) => $"var {names[s.Buffer]} = {totals}.View<{DeviceDialect.Stored(s.Buffer.Element)}>({k});"),
        ];
        return Code.Text($$"""
            {{Lines.Comment(stage)}}
            private struct {{type}} : IDeviceStage
            {
                {{fields.Select(f => $"public {f.Type} {f.Name};")}}

                public readonly void Leaf(DeviceQueue {{queue}}, long {{lo}}, long {{hi}}, LeafTotals {{totals}})
                {
                    // A leaf is one block, its room a multiple of 32 groups.
                    long {{group}} = {{lo}}, {{block}} = {{hi}} - {{lo}}, {{lanes}} = ({{block}} + 31) & -32;
                    {{views}}
                    {{stage.Scratch.Where(b => !stage.Homes.ContainsKey(b) && !leaf.Unused.Contains(b)).Concat(leaf.Extra).Select(b => $"var {names[b]} = {leaf.Allocate(b.Element, leaf.Count(b).Text)};")}}
                    {{stage.Scratch.Where(stage.Homes.ContainsKey).Select(b => $"var {names[b]} = {names[stage.Homes[b]]}; // which is done with by then")}}
                    {{leaf.Owned.Select(l => $"var {names[l]} = {leaf.Allocate(l.Element, "1")};")}}
                    {{body}}
                }
            }
            """);
    }
}
