using System.Collections.Immutable;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Ir;

/// <summary>
/// One value of the typed SSA graph. Nodes are made only by <see cref="Graph"/>, which interns them: two nodes with the same
/// operator, attributes and operands are one object, so reference equality is value equality and shared work is shared.
/// </summary>
internal abstract class Node(ValueType type, ImmutableArray<Node> operands, object? attribute)
{
    public ValueType Type { get; } = type;

    public ImmutableArray<Node> Operands { get; } = operands;

    /// <summary>Everything but the operands that tells this node from another of its class; compared by value.</summary>
    public object? Attribute { get; } = attribute;

    /// <summary>Order of creation in the graph: operands have smaller numbers.</summary>
    public int Id { get; set; }

    /// <summary>The graph that made this node, so that derivative rules can be written as formulas.</summary>
    public Graph Graph { get; set; } = null!;

    public static Node operator +(Node a, Node b) => a.Graph.Apply(ScalarOp.Add, a, b);

    public static Node operator -(Node a, Node b) => a.Graph.Apply(ScalarOp.Subtract, a, b);

    public static Node operator *(Node a, Node b) => a.Graph.Apply(ScalarOp.Multiply, a, b);

    public static Node operator /(Node a, Node b) => a.Graph.Apply(ScalarOp.Divide, a, b);

    public static Node operator -(Node a) => a.Graph.Apply(ScalarOp.Negate, a);
}

// ---- leaves -------------------------------------------------------------------------------------------------------------------

/// <summary>A parameter of a <see cref="Func"/>; each is its own object, whatever its name.</summary>
internal sealed class Param(string name, ValueType type) : Node(type, [], new object())
{
    public string Name { get; } = name;
}

/// <summary>A scalar constant; bools are 0 and 1. Arrays of constants are expanded scalars.</summary>
internal sealed class Const(double value, ElementType element) : Node(ValueType.Scalar(element), [], (BitConverter.DoubleToInt64Bits(value), element))
{
    public double Value { get; } = value;
}

/// <summary>A symbolic size as an int scalar.</summary>
internal sealed class Size(Dim dim) : Node(ValueType.Scalar(ElementType.Int32), [], dim)
{
    public Dim Dim { get; } = dim;
}

/// <summary>An int array whose elements are their own index along <see cref="Axis"/>.</summary>
internal sealed class Iota(EquatableArray<Dim> shape, int axis) : Node(new ValueType(ElementType.Int32, shape, []), [], (shape, axis))
{
    public int Axis { get; } = axis;
}

/// <summary>In every group its own index, 0 up to the number of groups.</summary>
internal sealed class GroupIndex(Placement placement) : Node(new ValueType(ElementType.Int32, [], [placement]), [], placement)
{
    public Placement Placement { get; } = placement;
}

// ---- elementwise --------------------------------------------------------------------------------------------------------------

/// <summary>A scalar operation of the op table, element by element over operands of one shape.</summary>
internal sealed class Apply(ScalarOp op, ImmutableArray<Node> operands, ValueType type) : Node(type, operands, op)
{
    public ScalarOp Op { get; } = op;
}

/// <summary>Conversion of the element type as C#'s cast does it.</summary>
internal sealed class Cast(Node x, ElementType element) : Node(x.Type.WithElement(element), [x], element)
{
    public Node X => Operands[0];
}

/// <summary>The identity for the value, zero for every derivative.</summary>
internal sealed class StopGradient(Node x) : Node(x.Type, [x], null)
{
    public Node X => Operands[0];
}

/// <summary>
/// The first operand, and another node than it: what is computed from it is computed again, not shared with what was computed before, and not
/// before the other operands are known. So a value that is computed again need not be kept until then.
/// </summary>
internal sealed class Recompute(ImmutableArray<Node> operands) : Node(operands[0].Type, operands, null)
{
    public Node X => Operands[0];
}

// ---- structure ----------------------------------------------------------------------------------------------------------------

/// <summary>Repeats a value along new axes: operand axis i becomes result axis <c>Axes[i]</c> (strictly increasing); the others are new.</summary>
internal sealed class Expand(Node x, EquatableArray<Dim> shape, EquatableArray<int> axes)
    : Node(x.Type.WithShape(shape), [x], (shape, axes))
{
    public Node X => Operands[0];

    public EquatableArray<int> Axes { get; } = axes;
}

/// <summary>Result axis i is operand axis <c>Order[i]</c>.</summary>
internal sealed class Permute(Node x, EquatableArray<int> order)
    : Node(x.Type.WithShape(order.Select(axis => x.Type.Shape[axis])), [x], order)
{
    public Node X => Operands[0];

    public EquatableArray<int> Order { get; } = order;
}

/// <summary>The same elements in row-major order under another shape of the same size.</summary>
internal sealed class Reshape(Node x, EquatableArray<Dim> shape) : Node(x.Type.WithShape(shape), [x], shape)
{
    public Node X => Operands[0];
}

/// <summary>
/// How an index that may lie outside is treated: an exception, or (in the untaken arm of a converted branch) the nearest valid index. Entries of
/// what a loop has stacked, read at the index of a loop that makes as many trips, are known to lie inside.
/// </summary>
internal enum Bounds
{
    Checked,
    Clamped,
    Inside,
}

/// <summary>A box of an array: one int scalar start per axis (known sizes are <see cref="Size"/> nodes), symbolic extents.</summary>
internal sealed class Slice(Node x, ImmutableArray<Node> starts, EquatableArray<Dim> sizes, Bounds bounds)
    : Node(x.Type.WithShape(sizes), [x, .. starts], (sizes, bounds))
{
    public Node X => Operands[0];

    public ImmutableArray<Node> Starts => Operands.RemoveAt(0);

    public Bounds Bounds { get; } = bounds;
}

/// <summary>Zeros before and after along each axis.</summary>
internal sealed class Pad(Node x, EquatableArray<Dim> low, EquatableArray<Dim> high)
    : Node(x.Type.WithShape(x.Type.Shape.Select((dim, axis) => low[axis] + dim + high[axis])), [x], (low, high))
{
    public Node X => Operands[0];

    public EquatableArray<Dim> Low { get; } = low;

    public EquatableArray<Dim> High { get; } = high;
}

/// <summary>Operands one after the other along <see cref="Axis"/>.</summary>
internal sealed class Concat(ImmutableArray<Node> operands, int axis, ValueType type) : Node(type, operands, axis)
{
    public int Axis { get; } = axis;
}

internal enum UpdateMode
{
    Set,
    Add,
}

/// <summary>The first operand with the box at <see cref="Starts"/> set to the second operand, or with it added.</summary>
internal sealed class Update(Node x, Node value, ImmutableArray<Node> starts, UpdateMode mode, Bounds bounds)
    : Node(x.Type, [x, value, .. starts], (mode, bounds))
{
    public Node X => Operands[0];

    public Node Value => Operands[1];

    public ImmutableArray<Node> Starts => Operands.RemoveRange(0, 2);

    public UpdateMode Mode { get; } = mode;

    public Bounds Bounds { get; } = bounds;
}

// ---- reductions and contractions ----------------------------------------------------------------------------------------------

internal enum ReduceKind
{
    Sum,
    Max,
    Min,
}

/// <summary>Combines the elements along <see cref="Axes"/> (increasing), which the result no longer has.</summary>
internal sealed class Reduce(ReduceKind kind, Node x, EquatableArray<int> axes)
    : Node(x.Type.WithShape(x.Type.Shape.Where((_, axis) => !axes.Contains(axis))), [x], (kind, axes))
{
    public ReduceKind Kind { get; } = kind;

    public Node X => Operands[0];

    public EquatableArray<int> Axes { get; } = axes;
}

/// <summary>The int index of the first largest (<see cref="ReduceKind.Max"/>) or smallest element along one axis.</summary>
internal sealed class ArgReduce(ReduceKind kind, Node x, int axis)
    : Node(x.Type.WithElement(ElementType.Int32).WithShape(x.Type.Shape.Items.RemoveAt(axis)), [x], (kind, axis))
{
    public ReduceKind Kind { get; } = kind;

    public Node X => Operands[0];

    public int Axis { get; } = axis;
}

/// <summary>Which axes of the two operands of a <see cref="Contract"/> run together: batch axes stay, summed axes go.</summary>
internal sealed record ContractAxes(EquatableArray<int> BatchA, EquatableArray<int> BatchB, EquatableArray<int> SumA, EquatableArray<int> SumB)
{
    public ImmutableArray<int> FreeA(int rank) => [.. Enumerable.Range(0, rank).Where(i => !BatchA.Contains(i) && !SumA.Contains(i))];

    public ImmutableArray<int> FreeB(int rank) => [.. Enumerable.Range(0, rank).Where(i => !BatchB.Contains(i) && !SumB.Contains(i))];
}

/// <summary>Sum of products: result axes are the batch axes (in the order listed), then A's free axes, then B's free axes.</summary>
internal sealed class Contract(Node a, Node b, ContractAxes axes, ValueType type) : Node(type, [a, b], axes)
{
    public Node A => Operands[0];

    public Node B => Operands[1];

    public ContractAxes Axes { get; } = axes;
}

/// <summary>
/// Loads at computed indices: for index arrays i_1.. of one shape S, one for each of <see cref="Axes"/> (increasing) of the operand, the result
/// has shape S ++ (the operand's other axes) and element [s, r] = x[.. i_k[s] at Axes[k] .., r elsewhere].
/// </summary>
internal sealed class Gather(Node x, ImmutableArray<Node> indices, EquatableArray<int> axes, Bounds bounds, ValueType type)
    : Node(type, [x, .. indices], (axes, bounds))
{
    public Node X => Operands[0];

    public ImmutableArray<Node> Indices => Operands.RemoveAt(0);

    public EquatableArray<int> Axes { get; } = axes;

    public Bounds Bounds { get; } = bounds;
}

/// <summary>The first operand with every update added at its index, in row-major order of the updates. Over zeros it is the transpose of <see cref="Gather"/>.</summary>
internal sealed class ScatterAdd(Node x, Node updates, ImmutableArray<Node> indices, EquatableArray<int> axes, Bounds bounds)
    : Node(x.Type, [x, updates, .. indices], (axes, bounds))
{
    public Node X => Operands[0];

    public Node Updates => Operands[1];

    public ImmutableArray<Node> Indices => Operands.RemoveRange(0, 2);

    public EquatableArray<int> Axes { get; } = axes;

    public Bounds Bounds { get; } = bounds;
}

// ---- control ------------------------------------------------------------------------------------------------------------------

/// <summary>A node with several results, each taken out by <see cref="Result"/>; its own <see cref="Node.Type"/> is that of the first.</summary>
internal abstract class Region(ImmutableArray<ValueType> types, ImmutableArray<Node> operands, object attribute)
    : Node(types.IsEmpty ? ValueType.Scalar(ElementType.Bool) : types[0], operands, attribute)
{
    public ImmutableArray<ValueType> Types { get; } = types;
}

/// <summary>One result of a <see cref="Region"/>.</summary>
internal sealed class Result(Region region, int index) : Node(region.Types[index], [region], index)
{
    public Region Region => (Region)Operands[0];

    public int Index { get; } = index;
}

/// <summary>A call of a function of the program.</summary>
internal sealed class Call(Func callee, ImmutableArray<Node> arguments, bool isCheckpoint)
    : Region([.. callee.Results.Select(r => r.Type)], arguments, (callee, isCheckpoint))
{
    public Func Callee { get; } = callee;

    /// <summary>Nothing but the arguments and results is kept for the reverse derivative, which computes the rest again.</summary>
    public bool IsCheckpoint { get; } = isCheckpoint;
}

/// <summary>One of two functions, chosen by a bool scalar; both take the same operands.</summary>
internal sealed class Branch(Node condition, Func then, Func otherwise, ImmutableArray<Node> arguments)
    : Region([.. then.Results.Select(r => r.Type)], [condition, .. arguments], (then, otherwise))
{
    public Node Condition => Operands[0];

    public ImmutableArray<Node> Arguments => Operands.RemoveAt(0);

    public Func Then { get; } = then;

    public Func Otherwise { get; } = otherwise;
}

// ---- MapReduce ----------------------------------------------------------------------------------------------------------------

/// <summary>Every group gets the value.</summary>
internal sealed class Broadcast(Node x, Placement placement)
    : Node(x.Type with { Placements = x.Type.Placements.Items.Insert(0, placement).ToEquatable() }, [x], placement)
{
    public Node X => Operands[0];

    public Placement Placement { get; } = placement;
}

/// <summary>A function applied in every group; all operands are placed (captured unplaced values come through <see cref="Broadcast"/>).</summary>
internal sealed class Map(Placement placement, Func body, ImmutableArray<Node> operands)
    : Region(
        [.. body.Results.Select(r => r.Type with { Placements = r.Type.Placements.Items.Insert(0, placement).ToEquatable() })],
        operands, (placement, body))
{
    public Placement Placement { get; } = placement;

    public Func Body { get; } = body;
}

/// <summary>The groups' values as one array: group i is entry i of a new first axis. Every value of one placement alone.</summary>
internal sealed class Collect(Node x)
    : Node(new ValueType(x.Type.Element, x.Type.Shape.Items.Insert(0, x.Type.Placements[0].Size).ToEquatable(), []), [x], null)
{
    public Node X => Operands[0];

    public Placement Placement => X.Type.Placements[0];
}

/// <summary>The transpose of <see cref="Collect"/>: entry i of the first axis goes to group i.</summary>
internal sealed class Spread(Node x, Placement placement)
    : Node(new ValueType(x.Type.Element, x.Type.Shape.Items.RemoveAt(0).ToEquatable(), [placement]), [x], placement)
{
    public Node X => Operands[0];

    public Placement Placement { get; } = placement;
}

internal enum PlacedReduceKind
{
    Sum,
    Mean,
    Max,
    Min,
}

/// <summary>Combines the groups' values of the outermost placement; inside a map that is the map's inner placement, which is all it sees.</summary>
internal sealed class PlacedReduce(PlacedReduceKind kind, Node x)
    : Node(x.Type with { Placements = x.Type.Placements.Items.RemoveAt(0).ToEquatable() }, [x], kind)
{
    public PlacedReduceKind Kind { get; } = kind;

    public Node X => Operands[0];

    public Placement Placement => X.Type.Placements[0];
}
