using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Lowering;

/// <summary>A loop variable of a nest: 0 .. Extent-1.</summary>
internal sealed class LoopAxis(string name, Dim extent)
{
    public string Name { get; } = name;

    public Dim Extent { get; } = extent;

    public override string ToString() => $"{Name}<{Extent}";
}

/// <summary>One scalar of a loop nest's body. Made and interned by <see cref="ExprTable"/>, so that equal expressions are computed once.</summary>
internal abstract class Expr(ElementType element, ImmutableArray<Expr> operands, object? attribute)
{
    public ElementType Element { get; } = element;

    public ImmutableArray<Expr> Operands { get; } = operands;

    public object? Attribute { get; } = attribute;

    public int Id { get; set; }

    /// <summary>The loop variables that the value depends on.</summary>
    public ImmutableHashSet<LoopAxis> Axes { get; set; } = [];
}

/// <summary>A constant; bools are 0 and 1.</summary>
internal sealed class ConstExpr(double value, ElementType element) : Expr(element, [], (BitConverter.DoubleToInt64Bits(value), element))
{
    public double Value { get; } = value;
}

/// <summary>A symbolic size as an int.</summary>
internal sealed class SizeExpr(Dim dim) : Expr(ElementType.Int32, [], dim)
{
    public Dim Dim { get; } = dim;
}

/// <summary>A loop variable as an int.</summary>
internal sealed class AxisExpr(LoopAxis axis) : Expr(ElementType.Int32, [], axis)
{
    public LoopAxis Axis { get; } = axis;
}

/// <summary>A C# local of the enclosing block: a scalar argument, a scalar step's result, a loop's index.</summary>
internal sealed class LocalExpr(Local local) : Expr(local.Element, [], local)
{
    public Local Local { get; } = local;
}

internal sealed class ApplyExpr(ScalarOp op, ElementType element, ImmutableArray<Expr> operands) : Expr(element, operands, (op, element))
{
    public ScalarOp Op { get; } = op;
}

internal sealed class CastExpr(Expr x, ElementType element) : Expr(element, [x], element)
{
    public Expr X => Operands[0];
}

/// <summary>An int used as an index: its operand if that is in 0 .. Extent-1, otherwise an exception or the nearest valid index.</summary>
internal sealed class IndexExpr(Expr x, Dim extent, Bounds bounds) : Expr(ElementType.Int32, [x], (extent, bounds))
{
    public Expr X => Operands[0];

    public Dim Extent { get; } = extent;

    public Bounds Bounds { get; } = bounds;
}

/// <summary>An element of a buffer. Operands are the computed parts of the address (see <see cref="Address.Computed"/>).</summary>
internal sealed class LoadExpr(Buffer buffer, Address address)
    : Expr(buffer.Element, [.. address.Computed.Select(c => c.Index)], (buffer, address))
{
    public Buffer Buffer { get; } = buffer;

    public Address Address { get; } = address;
}

/// <summary>Element offset = Offset + sum of axis * stride over <paramref name="Strides"/> + sum of computed index * stride.</summary>
internal sealed record Address(Dim Offset, EquatableArray<AxisStride> Strides, EquatableArray<ComputedIndex> Computed)
{
    /// <summary>How far the address moves when the axis moves by one; zero if it does not.</summary>
    public Dim Stride(LoopAxis axis) => Strides.FirstOrDefault(s => s.Axis == axis)?.Stride ?? Dim.Zero;

    /// <summary>False if a computed index depends on the axis, so that the address is not linear in it.</summary>
    public bool IsLinearIn(LoopAxis axis) => !Computed.Any(c => c.Index.Axes.Contains(axis));

    public IEnumerable<LoopAxis> Axes => Strides.Select(s => s.Axis).Concat(Computed.SelectMany(c => c.Index.Axes)).Distinct();
}

internal sealed record AxisStride(LoopAxis Axis, Dim Stride);

/// <summary>Compared by the index's identity: expressions are interned.</summary>
internal sealed record ComputedIndex(Expr Index, Dim Stride);

/// <summary>A scalar C# local of a block.</summary>
internal sealed class Local(string name, ElementType element)
{
    public string Name { get; } = name;

    public ElementType Element { get; } = element;
}

/// <summary>Interns expressions, folds index arithmetic into addresses.</summary>
internal sealed class ExprTable
{
    private readonly Dictionary<(Type, object?, string), Expr> known = [];

    public Expr Const(double value, ElementType element) => Intern(new ConstExpr(value, element));

    public Expr Size(Dim dim) => dim.AsConstant is { } value ? Const(value, ElementType.Int32) : Intern(new SizeExpr(dim));

    public Expr Axis(LoopAxis axis) => Intern(new AxisExpr(axis));

    public Expr Local(Local local) => Intern(new LocalExpr(local));

    /// <summary>An operation, or what it certainly is; the maximum with 0 is the one that costs less than any two numbers'.</summary>
    public Expr Apply(ScalarOp op, ElementType element, params ImmutableArray<Expr> operands) => op == ScalarOp.Max && element is ElementType.Float32 or ElementType.Float64
        ? IsZero(operands[1]) ? Intern(new ApplyExpr(ScalarOp.Relu, element, [operands[0]]))
            : IsZero(operands[0]) ? Intern(new ApplyExpr(ScalarOp.Relu, element, [operands[1]]))
            : Intern(new ApplyExpr(op, element, operands))
        : op == ScalarOp.Equal && operands[0].Element == ElementType.Int32 && operands[0] == operands[1] ? Const(1, ElementType.Bool)
        : op == ScalarOp.Select && operands[0] is ConstExpr condition ? operands[condition.Value != 0 ? 1 : 2]
        : Intern(new ApplyExpr(op, element, operands));

    private static bool IsZero(Expr x) => x is ConstExpr { Value: 0 } c && BitConverter.DoubleToInt64Bits(c.Value) == 0;

    public Expr Add(Expr a, Expr b) =>
        a is ConstExpr { Value: 0 } ? b : b is ConstExpr { Value: 0 } ? a : Apply(ScalarOp.Add, a.Element, a, b);

    public Expr Cast(Expr x, ElementType element) => x.Element == element ? x : Intern(new CastExpr(x, element));

    public Expr Index(Expr x, Dim extent, Bounds bounds) => x switch
    {
        ConstExpr c when extent.AsConstant is { } n && c.Value >= 0 && c.Value < n => x,
        AxisExpr a when a.Axis.Extent == extent => x,
        _ when IndexRange.IsInside(x, extent) => x,
        _ => Intern(new IndexExpr(x, extent, bounds)),
    };

    public Expr Load(Buffer buffer, Address address) => Intern(new LoadExpr(buffer, address));

    /// <summary>The address of indices with strides, loop variables and sizes folded out of sums and products.</summary>
    public Address Address(IEnumerable<(Expr Index, Dim Stride)> terms, Dim? start = null)
    {
        var offset = start ?? Dim.Zero;
        var strides = new List<AxisStride>();
        var computed = new List<ComputedIndex>();
        foreach (var (index, stride) in terms) Fold(index, stride);
        return new Address(offset,
            strides.GroupBy(s => s.Axis).Select(g => new AxisStride(g.Key, g.Aggregate(Dim.Zero, (sum, s) => sum + s.Stride)))
                .Where(s => !s.Stride.IsConstant(0)).OrderBy(s => s.Axis.Name, StringComparer.Ordinal).ToEquatable(),
            computed.GroupBy(c => c.Index).Select(g => new ComputedIndex(g.Key, g.Aggregate(Dim.Zero, (sum, s) => sum + s.Stride)))
                .Where(s => !s.Stride.IsConstant(0)).OrderBy(c => c.Index.Id).ToEquatable());

        void Fold(Expr index, Dim stride)
        {
            switch (index)
            {
                case ConstExpr c: offset += Dim.Constant((long)c.Value) * stride; break;
                case SizeExpr s: offset += s.Dim * stride; break;
                case AxisExpr a: strides.Add(new AxisStride(a.Axis, stride)); break;
                case ApplyExpr { Op: ScalarOp.Add } n: Fold(n.Operands[0], stride); Fold(n.Operands[1], stride); break;
                case ApplyExpr { Op: ScalarOp.Subtract } n: Fold(n.Operands[0], stride); Fold(n.Operands[1], -stride); break;
                case ApplyExpr { Op: ScalarOp.Multiply } n when AsDim(n.Operands[0]) is { } factor: Fold(n.Operands[1], stride * factor); break;
                case ApplyExpr { Op: ScalarOp.Multiply } n when AsDim(n.Operands[1]) is { } factor: Fold(n.Operands[0], stride * factor); break;
                default: computed.Add(new ComputedIndex(index, stride)); break;
            }
        }
    }

    private static Dim? AsDim(Expr x) => x switch
    {
        ConstExpr c => Dim.Constant((long)c.Value),
        SizeExpr s => s.Dim,
        _ => null,
    };

    private Expr Intern(Expr expr)
    {
        var key = (expr.GetType(), expr.Attribute, string.Join(",", expr.Operands.Select(o => o.Id)));
        if (known.TryGetValue(key, out var same)) return same;
        expr.Id = known.Count;
        var axes = expr.Operands.Aggregate(ImmutableHashSet<LoopAxis>.Empty, (set, o) => set.Union(o.Axes));
        expr.Axes = expr switch
        {
            AxisExpr a => [a.Axis],
            LoadExpr l => axes.Union(l.Address.Strides.Select(s => s.Axis)),
            _ => axes,
        };
        known.Add(key, expr);
        return expr;
    }
}
