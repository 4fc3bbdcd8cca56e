using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>Steps that are the runtime's own kernels: contractions, factorisations and their solutions, sorting, transpositions of blocks.</summary>
internal sealed class DeviceCalls(DeviceFrame frame)
{
    /// <summary>The most axes around a problem that the runtime's kernels take.</summary>
    private const int MostAxes = 4;

    private Names Names => frame.Names;

    public IEnumerable<string> Print(GemmStep s)
    {
        MatrixView[] operands = [s.A, s.B, s.C];
        if (s.Outer.Length > MostAxes || s.Summed.Length > MostAxes || operands.Any(x => !IsKnown(x.At)))
            return DeviceNest.Print(frame, AsNests.Of(s));
        frame.Program.Explain("matrix product", s);
        var (lines, offsets) = Offsets([.. operands.Select(x => (x.Buffer, x.At))]);
        return
        [
            .. lines,
            $"{frame.Queue}.Gemm(new GemmShape({Size(s.M)}, {Size(s.N)}, {Size(s.K)}, {string.Join(", ", operands.Select((x, i) => $"new({offsets[i]}, {Size(x.RowStride)}, {Size(x.ColumnStride)})"))},",
            $"    outer: {Axes(s.Outer, operands.Select(x => x.At))}, summed: {Axes(s.Summed, operands.Take(2).Select(x => x.At))}),",
            $"    {Views([.. operands.Select(x => x.Buffer)])}, {(s.Accumulate ? "true" : "false")});",
        ];
    }

    public IEnumerable<string> Print(TransposeStep s)
    {
        if (!IsKnown(s.PackedAt)) return DeviceNest.Print(frame, AsNests.Of(s));
        frame.Program.Explain("transposition", s);
        var (lines, offsets) = Offsets([(s.Packed, s.PackedAt)]);
        var packed = frame.View(s.Packed, writes: !s.ToLanes);
        if (offsets[0] != "0") packed += $".SubView({offsets[0]})";
        var (groups, lanes) = ($"{packed}, {Size(s.PackedStride)}", $"{frame.View(s.Lanes, writes: s.ToLanes)}, {Size(s.LaneStride)}");
        var sizes = $"{Size(s.BlockSize)}, {Size(s.Size)}";
        return [.. lines, s.ToLanes ? $"{frame.Queue}.ToLanes({groups}, {sizes}, {lanes});" : $"{frame.Queue}.FromLanes({lanes}, {sizes}, {groups});"];
    }

    public IEnumerable<string> Print(KernelStep s)
    {
        var (before, after) = (new List<string>(), new List<string>());
        var operands = s.Operands.ToArray();
        LoopAxis[] outer = s.Lanes is { } lanes ? [.. s.Outer, lanes] : [.. s.Outer];
        // The lanes' axis is adjacent in every operand, which its addresses do not say.
        if (s.Lanes is not null) operands = [.. operands.Select(x => x with { At = AsNests.Moved(x.At, (s.Lanes, Dim.One)) })];
        if (outer.Length > MostAxes || operands.Any(x => !IsKnown(x.At)))
        {
            var packed = operands.Select((x, i) => new PackedOperand(s, x, i, outer)).ToArray();
            foreach (var (operand, i) in packed.Select((p, i) => (p, i)))
            {
                Names.Declare(operand.Buffer);
                frame.Extra.Add(operand.Buffer);
                if (i < packed.Length - 1) before.AddRange(DeviceNest.Print(frame, operand.Pack()));
                else after.AddRange(DeviceNest.Print(frame, operand.Unpack()));
            }
            var all = new LoopAxis("problem", outer.Aggregate(Dim.One, (product, axis) => product * axis.Extent));
            operands = [.. packed.Select(p => p.Operand(all))];
            outer = [all];
        }
        frame.Program.Explain("kernel of the runtime", s);
        var (lines, offsets) = Offsets([.. operands.Select(x => (x.Buffer, x.At))]);
        var sizes = string.Join(", ", Size(s.Sizes[0]), s.Sizes.Length > 1 ? Size(s.Sizes[1]) : "1");
        var flags = string.Concat(s.Flags.Select(flag => flag ? ", true" : ", false"));
        return
        [
            .. before,
            .. lines,
            $"{frame.Queue}.{s.Kernel}(new MatrixShape({sizes}, {string.Join(", ", operands.Select((x, i) => $"new({offsets[i]}, {Stride(x, 0)}, {Stride(x, 1)})"))},",
            $"    outer: {Axes(outer, operands.Select(x => x.At))}),",
            $"    {Views([.. operands.Select(x => x.Buffer)])}{flags});",
            .. after,
        ];
    }

    private string Size(Dim dim) => Names.Size(dim).Text;

    private string Stride(KernelOperand operand, int axis) => axis < operand.Strides.Length ? Size(operand.Strides[axis]) : "0";

    /// <summary>The views of buffers of which the last is written.</summary>
    private string Views(Buffer[] buffers) => string.Join(", ", buffers.Select((b, i) => frame.View(b, writes: i == buffers.Length - 1)));

    /// <summary>Whether the host knows the address at every point: computed indices do not move, and follow from scalars of the host.</summary>
    private bool IsKnown(Address at) => at.Computed.All(c => c.Index.Axes.IsEmpty && !frame.Program.IsOnDevice(c.Index));

    /// <summary>The addresses of the first problem's operands, and the statements that compute them.</summary>
    private (IEnumerable<string> Lines, string[] Offsets) Offsets((Buffer Buffer, Address At)[] operands)
    {
        var body = new Body(frame.Host, frame.Locals, [], null, ElementType.Float64);
        Access[] at = [.. operands.Select(x => body.At(x.Buffer, x.At with { Offset = frame.Offset(x.Buffer, x.At), Strides = [] }))];
        foreach (var access in at) access.Pointer.Use(0);
        body.Decide();
        return ([.. body.Statements(0, null)], [.. at.Select(a => a.Text() is { Length: > 0 } text ? text : "0")]);
    }

    private string Axes(IEnumerable<LoopAxis> axes, IEnumerable<Address> operands)
    {
        var all = operands.ToArray();
        return $"[{string.Join(", ", axes.Select(axis => $"new({string.Join(", ", all.Select(at => Size(at.Stride(axis))).Prepend(Size(axis.Extent)))})"))}]";
    }
}

/// <summary>An operand of a kernel, problem after problem in memory of its own: for those that lie elsewhere for every problem.</summary>
internal sealed class PackedOperand
{
    private readonly KernelStep step;
    private readonly KernelOperand from;
    private readonly LoopAxis[] outer;
    private readonly LoopAxis[] inner;

    public PackedOperand(KernelStep step, KernelOperand from, int index, LoopAxis[] outer)
    {
        (this.step, this.from, this.outer) = (step, from, outer);
        inner = [.. Shape(step, index).Take(from.Strides.Length).Select((extent, i) => new LoopAxis(i == 0 ? "row" : "column", extent))];
        Dim[] shape = [.. outer.Concat(inner).Select(axis => axis.Extent)];
        var strides = new Dim[shape.Length];
        var size = Dim.One;
        for (var i = shape.Length - 1; i >= 0; i--) (strides[i], size) = (size, size * shape[i]);
        Buffer = new Buffer(from.Buffer.Name + "_packed", from.Buffer.Element, BufferKind.Scratch, [.. shape], [.. strides], size);
    }

    public Buffer Buffer { get; }

    public NestStep Pack() => Nest(Packed, from.Buffer, There, Buffer);

    public NestStep Unpack() => Nest(There, Buffer, Packed, from.Buffer);

    /// <summary>The operand in its own memory, one axis over all problems.</summary>
    public KernelOperand Operand(LoopAxis problems) => new(Buffer,
        AsNests.Moved(new Address(Dim.Zero, [], []), (problems, inner.Aggregate(Dim.One, (size, axis) => size * axis.Extent))),
        [.. Buffer.Strides.Skip(outer.Length)]);

    private Address Packed => AsNests.Moved(new Address(Dim.Zero, [], []), [.. outer.Concat(inner).Select((axis, i) => (axis, Buffer.Strides[i]))]);

    private Address There => AsNests.Moved(from.At, [.. inner.Select((axis, i) => (axis, from.Strides[i]))]);

    private NestStep Nest(Address to, Buffer source, Address at, Buffer target)
    {
        var value = new ExprTable().Load(source, at);
        return new NestStep("copy", [.. outer, .. inner], [], null, target.Element, [new Output(target, to, value, OutputMode.Store)], $"{target.Name} = {source.Name}, for {step.Kernel}");
    }

    /// <summary>Rows and columns; a factorisation keeps the order of its rows in one row more.</summary>
    private static Dim[] Shape(KernelStep s, int index)
    {
        var (n, k) = (s.Sizes[0], s.Sizes[s.Sizes.Length - 1]);
        var isResult = index == s.Operands.Length - 1;
        return s.Kernel switch
        {
            Kernel.Lu when isResult => [n + Dim.One, n],
            Kernel.LuSolve or Kernel.LogAbsDet or Kernel.Det when index == 0 => [n + Dim.One, n],
            Kernel.LuSolve or Kernel.TriangularSolve when index > 0 => [n, k],
            _ => [n, n],
        };
    }
}
