using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>The statements of a block: scalars, loops and branches as themselves, nests as calls of methods, stages through the engine.</summary>
/// <param name="members">Receives the methods and structs that the block needs.</param>
internal sealed class BlockText(Names names, MethodNames locals, Members members)
{
    /// <summary>Whether the block calls loops over lanes that keep more values than there are registers.</summary>
    public bool HasLongLoops { get; private set; }

    public List<string> Print(Block block) => [.. block.Steps.SelectMany(Print)];

    private IEnumerable<string> Print(Step step) => step switch
    {
        ScalarStep s => Commented(s, Straight([s.Value], x => $"{Dialect.Scalar.Type(s.Local.Element)} {names[s.Local]} = {x[0]};")),
        AssignStep s => Commented(s, Straight([s.Value], x => $"{names[s.Local]} = {x[0]};")),
        NestStep { Parallel.IsEmpty: true, Reduced.IsEmpty: true } s => Commented(s, NestText.InLanes(names.Host, s, locals).Print()),
        NestStep s => Nest(s),
        GemmStep s => Commented(s, Gemm(s)),
        KernelStep s => Commented(s, KernelText.Print(names, locals, s)),
        TransposeStep s => Commented(s, Transpose(s)),
        LoopStep s => Commented(s, new LoopStepText(names, locals, this, s).Print()),
        BranchStep s => Commented(s, Branch(s)),
        StageStep s => new StageText(names, locals, members, s).Print(),
        _ => throw new InvalidOperationException($"no step {step.GetType().Name}"),
    };

    private static IEnumerable<string> Commented(Step step, IEnumerable<string> lines) => Lines.Comment(step).Concat(lines);

    /// <summary>Values of scalars and the statement that uses them.</summary>
    public IEnumerable<string> Straight(Expr[] values, Func<Term[], string> statement) => StraightText.Print(names.Host, locals, values, statement);

    private IEnumerable<string> Nest(NestStep step)
    {
        var usage = Usage.Of(step);
        (string Type, string Name)[] parameters =
        [
            .. usage.Buffers.Select(b => (Spelling.Element(b.Element) + "*", names[b])),
            .. usage.Locals.Select(l => (Spelling.Element(l.Element), names[l])),
            .. usage.Symbols.Select(s => ("nint", names.Size(s))),
        ];
        var (inside, remark) = (names.Method(), Lines.Comment(step));
        var text = NestText.InLanes(names.Host, step, inside);
        HasLongLoops |= step.Vector is not null && text.Body.Spills;
        var body = string.Join("\n", text.Print());
        var method = members.Nest(names, char.ToUpperInvariant(step.Name[0]) + step.Name.Substring(1), remark, parameters, body, inside,
            () => step.Vector is null ? null : string.Join("\n", NestText.InLanes(names.Host, step, names.Method(), VectorWidth.Bits256).Print()), out var isKnown);
        return [.. isKnown ? remark : [], $"{method}({Lines.List(parameters.Select(p => p.Name))});"];
    }

    private IEnumerable<string> Gemm(GemmStep s)
    {
        LoopAxis[] loops = [.. s.Outer, .. s.Summed];
        var body = new Body(names.Host, locals, loops, null, ElementType.Float64);
        Access[] at = [.. new[] { s.A, s.B, s.C }.Select(x => body.At(x.Buffer, x.At))];
        foreach (var access in at) access.Pointer.Use(loops.Length);
        body.Decide();
        // Where nothing is summed the product is that of no columns: zero.
        var empty = s.Accumulate ? [] : s.Summed.Where(axis => axis.Extent.AsConstant is not > 0).ToArray();
        var k = empty.Length == 0 ? names.Size(s.K).Text : $"{string.Join(" && ", empty.Select(axis => $"{names.Size(axis.Extent).Operand} > 0"))} ? {names.Size(s.K)} : 0";
        var accumulate = s.Accumulate ? "true" : s.Summed.IsEmpty ? "false" : string.Join(" || ", s.Summed.Select(axis => $"{body[axis]} > 0"));
        var bounds = s.Bounds == GemmBounds.None ? "" : ", " + string.Join(" | ", $"{s.Bounds}".Split([", "], StringSplitOptions.None).Select(flag => $"GemmBounds.{flag}"));
        var text = new LoopText(locals, body, loops, s.Outer.Length, null)
        {
            AtLeastOnce = axis => empty.Contains(axis),
            Point = () =>
            [
                (body.Count,
                [
                    $"Gemm.Multiply({names.Size(s.M)}, {names.Size(s.N)}, {k},",
                    $"    {Matrix(at[0], s.A)},",
                    $"    {Matrix(at[1], s.B)},",
                    $"    {Matrix(at[2], s.C)},",
                    $"    {accumulate}{bounds});",
                ]),
            ],
        };
        return text.PrintInside();

        string Matrix(Access access, MatrixView matrix) => $"{access.Text()}, {names.Size(matrix.RowStride)}, {names.Size(matrix.ColumnStride)}";
    }

    private IEnumerable<string> Transpose(TransposeStep s)
    {
        var body = new Body(names.Host, locals, [], null, ElementType.Float64);
        var packed = body.At(s.Packed, s.PackedAt);
        packed.Pointer.Use(0);
        body.Decide();
        var (lanes, block, size, stride) = (names[s.Lanes], names.Size(s.BlockSize), names.Size(s.Size), names.Size(s.LaneStride));
        var packedStride = names.Size(s.PackedStride);
        return
        [
            .. body.Statements(0, null),
            s.ToLanes
                ? $"Lanes.ToLanes({packed.Text()}, {packedStride}, {block}, {size}, {lanes}, {stride});"
                : $"Lanes.FromLanes({lanes}, {stride}, {block}, {size}, {packed.Text()}, {packedStride});",
        ];
    }

    private IEnumerable<string> Branch(BranchStep s)
    {
        var otherwise = Print(s.Otherwise);
        return
        [
            .. Straight([s.Condition], x => $"if ({x[0]})"),
            .. LoopText.Braced(null, Print(s.Then)),
            .. otherwise.Count == 0 ? [] : LoopText.Braced("else", otherwise),
        ];
    }
}
