using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Lowering;

/// <summary>Program → loop-level form: arguments and results get buffers, the body becomes a block.</summary>
internal static class Lower
{
    /// <summary>The program with all that its kernels read: each group's number of rows, too, where groups are of unequal size.</summary>
    public static Program Open(Program program) => RowCounts.Open(program);

    /// <param name="program">What <see cref="Open"/> gives.</param>
    public static LoweredProgram Program(Program program)
    {
        var graph = program.Function.Results[0].Graph;
        var function = Verifier.Verify(Ragged.Run(graph, Prepare.Func(graph, program.Function)));
        var names = new Names();
        var frame = new Frame(new ExprTable(), names, lanesAreGroups: false);
        var bindings = new Dictionary<Node, Storage>();
        var arguments = ImmutableArray.CreateBuilder<Argument>();
        foreach (var parameter in function.Parameters)
        {
            var name = parameter.Name.Replace('.', '_');
            if (parameter.Type.IsScalar && !parameter.Type.IsPlaced)
            {
                var local = new Local(names.Unique(name), parameter.Type.Element);
                arguments.Add(new Argument(local, null));
                bindings[parameter] = new InLocal(frame.Table.Local(local));
                continue;
            }
            var buffer = frame.NewBuffer(name, Packed.Type(parameter.Type), BufferKind.Argument);
            arguments.Add(new Argument(null, buffer));
            bindings[parameter] = new InMemory(View.Of(buffer), Owned: false);
        }
        ImmutableArray<Buffer> results = [.. function.Results.Select((r, i) => frame.NewBuffer($"result{i}", Packed.Type(r.Type), BufferKind.Result))];
        var block = new BlockBuilder(frame, function, bindings, new Assured(program.Requirements)).Build([.. results.Select(r => new Target(View.Of(r)))]);
        var (work, scratch) = Unread.Drop(block, frame.Scratch);
        return new LoweredProgram(program, arguments.ToImmutable(), results, scratch, work) { SavesMemory = Recomputes(function) };
    }

    private static bool Recomputes(Func function) => function.Nodes.Any(n => n is Recompute || Verifier.Functions(n).Any(Recomputes));
}

/// <summary>The memory of placed values: groups one after the other along first axes.</summary>
internal static class Packed
{
    public static ValueType Type(ValueType type) => new(type.Element, type.Placements.Select(p => p.Size).Concat(type.Shape).ToEquatable(), []);
}
