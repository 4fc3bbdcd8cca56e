using System.Collections.Immutable;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Ir;

/// <summary>
/// Makes and interns the nodes of one program. The constructors infer types, refuse ill-formed operands
/// (an <see cref="IrException"/>: a mistake of the compiler, never of its user) and drop what is the identity whatever the values are.
/// </summary>
internal sealed partial class Graph
{
    private readonly Dictionary<NodeKey, Node> nodes = [];
    private int count;

    // ---- leaves ---------------------------------------------------------------------------------------------------------------

    public Param Param(string name, ValueType type) => new(name, type) { Graph = this, Id = count++ };

    public Node Const(double value, ElementType element) =>
        Intern(new Const(element == ElementType.Float32 ? (float)value : value, element));

    /// <summary>A size as an int, which wraps as C#'s do.</summary>
    public Node Size(Dim dim) => dim.AsConstant is { } value ? Const(unchecked((int)value), ElementType.Int32) : Intern(new Size(dim));

    public Node Iota(IEnumerable<Dim> shape, int axis) => Intern(new Iota(shape.ToEquatable(), axis));

    public Node GroupIndex(Placement placement) => Intern(new GroupIndex(placement));

    /// <summary>The constant <paramref name="value"/> in the shape and element type of <paramref name="like"/>.</summary>
    public Node Fill(double value, Node like) => Fill(value, like.Type);

    public Node Fill(double value, ValueType type) => Expand(Const(value, type.Element), type.Shape, []);

    public Node One(Node like) => Fill(1, like);

    public Node Zero(ValueType type) => Fill(0, type);

    // ---- elementwise ----------------------------------------------------------------------------------------------------------

    public Node Apply(ScalarOp op, params ReadOnlySpan<Node> x)
    {
        var row = OpTable.Row(op);
        Require(x.Length == row.Arity, $"{op} takes {row.Arity} operands, not {x.Length}");
        var data = op == ScalarOp.Select ? x[1] : x[0];
        Require(row.Takes != OpOperands.Ints || data.Type.Element == ElementType.Int32, $"{op} of {data.Type}");
        for (var i = 0; i < x.Length; i++)
        {
            Require(x[i].Type.Shape.Equals(data.Type.Shape), $"{op}: shapes {x[i].Type} and {data.Type} differ");
            Require(op == ScalarOp.Select && i == 0 ? x[i].Type.Element == ElementType.Bool : x[i].Type.Element == data.Type.Element,
                $"{op}: element types {x[i].Type} and {data.Type} differ");
        }
        var type = row.Result switch
        {
            OpResult.Bool => data.Type.WithElement(ElementType.Bool),
            OpResult.Single => data.Type.WithElement(ElementType.Float32),
            OpResult.Double => data.Type.WithElement(ElementType.Float64),
            _ => data.Type,
        };
        return Simplify.Apply(this, op, x) ?? Intern(new Apply(op, [.. x], type));
    }

    public Node Negate(Node x) => Apply(ScalarOp.Negate, x);

    public Node Square(Node x) => Apply(ScalarOp.Square, x);

    public Node Sqrt(Node x) => Apply(ScalarOp.Sqrt, x);

    public Node Select(Node condition, Node then, Node otherwise) => Apply(ScalarOp.Select, condition, then, otherwise);

    public Node Cast(Node x, ElementType element) =>
        x.Type.Element == element ? x : Simplify.Cast(this, x, element) ?? Intern(new Cast(x, element));

    /// <summary>See <see cref="Ir.Recompute"/>; what is known before the run needs none.</summary>
    public Node Recompute(Node x, IEnumerable<Node> after) => x is Ir.Const or Ir.Size or Ir.Iota ? x : Intern(new Recompute([x, .. after]));

    public Node StopGradient(Node x) => x.Type.IsDifferentiable ? Intern(new StopGradient(x)) : x;

    // ---- structure ------------------------------------------------------------------------------------------------------------

    /// <summary>See <see cref="Ir.Expand"/>; operand axis i becomes result axis axes[i].</summary>
    public Node Expand(Node x, IEnumerable<Dim> shape, IEnumerable<int> axes)
    {
        var (to, at) = (shape.ToEquatable(), axes.ToEquatable());
        Require(at.Count == x.Type.Rank, $"expand of {x.Type}: {at.Count} axes given");
        for (var i = 0; i < at.Count; i++)
        {
            Require(to[at[i]] == x.Type.Shape[i], $"expand of {x.Type} to [{to}]: axis {i} does not fit");
            Require(i == 0 || at[i - 1] < at[i], $"expand of {x.Type}: axes {at} do not increase");
        }
        if (to.Count == at.Count) return x;
        return x is Expand inner
            ? Expand(inner.X, to, inner.Axes.Select(axis => at[axis]))
            : Intern(new Expand(x, to, at));
    }

    /// <summary>Repeats a scalar to a shape.</summary>
    public Node Fill(Node scalar, IEnumerable<Dim> shape) => Expand(scalar, shape, []);

    public Node Permute(Node x, IEnumerable<int> order)
    {
        var to = order.ToEquatable();
        Require(to.Count == x.Type.Rank && to.OrderBy(i => i).SequenceEqual(Enumerable.Range(0, to.Count)), $"permute of {x.Type}: {to}");
        if (to.SequenceEqual(Enumerable.Range(0, to.Count))) return x;
        return Simplify.Permute(this, x, to) ?? Intern(new Permute(x, to));
    }

    public Node Reshape(Node x, IEnumerable<Dim> shape)
    {
        var to = shape.ToEquatable();
        Require(to.Aggregate(Dim.One, (size, dim) => size * dim) == x.Type.Size, $"reshape of {x.Type} to [{to}]");
        if (to.Equals(x.Type.Shape)) return x;
        return Simplify.Reshape(this, x, to) ?? Intern(new Reshape(x, to));
    }

    public Node Slice(Node x, IEnumerable<Node> starts, IEnumerable<Dim> sizes, Bounds bounds = Bounds.Checked)
    {
        ImmutableArray<Node> from = [.. starts];
        var extent = sizes.ToEquatable();
        Require(from.Length == x.Type.Rank && extent.Count == x.Type.Rank, $"slice of {x.Type}: {from.Length} starts, {extent.Count} sizes");
        RequireIndices(from, "slice");
        if (extent.Equals(x.Type.Shape) && from.All(IsZero)) return x;
        return Simplify.Slice(this, x, from, extent, bounds) ?? Intern(new Slice(x, from, extent, bounds));
    }

    /// <summary>Row <paramref name="index"/> of the first axis, without that axis.</summary>
    public Node At(Node x, Node index, Bounds bounds = Bounds.Checked)
    {
        var shape = x.Type.Shape;
        var starts = shape.Select((_, axis) => axis == 0 ? index : Const(0, ElementType.Int32));
        return Reshape(Slice(x, starts, shape.Select((dim, axis) => axis == 0 ? Dim.One : dim), bounds), shape.Skip(1));
    }

    public Node Pad(Node x, IEnumerable<Dim> low, IEnumerable<Dim> high)
    {
        var (before, after) = (low.ToEquatable(), high.ToEquatable());
        Require(before.Count == x.Type.Rank && after.Count == x.Type.Rank, $"pad of {x.Type}");
        return before.All(d => d.IsConstant(0)) && after.All(d => d.IsConstant(0)) ? x : Intern(new Pad(x, before, after));
    }

    public Node Concat(IEnumerable<Node> operands, int axis)
    {
        ImmutableArray<Node> x = [.. operands];
        Require(!x.IsEmpty, "concat of nothing");
        var size = Dim.Zero;
        foreach (var operand in x)
        {
            Require(operand.Type.WithShape(operand.Type.Shape.Items.SetItem(axis, 0)).Equals(x[0].Type.WithShape(x[0].Type.Shape.Items.SetItem(axis, 0))),
                $"concat of {x[0].Type} and {operand.Type} along axis {axis}");
            size += operand.Type.Shape[axis];
        }
        return x.Length == 1 ? x[0] : Intern(new Concat(x, axis, x[0].Type.WithShape(x[0].Type.Shape.Items.SetItem(axis, size))));
    }

    /// <summary>Values of one type along a new first axis.</summary>
    public Node Stack(IEnumerable<Node> operands) =>
        Concat(operands.Select(x => Reshape(x, [Dim.One, .. x.Type.Shape])), 0);

    public Node Update(Node x, Node value, IEnumerable<Node> starts, UpdateMode mode, Bounds bounds = Bounds.Checked)
    {
        ImmutableArray<Node> from = [.. starts];
        Require(from.Length == x.Type.Rank && value.Type.Rank == x.Type.Rank, $"update of {x.Type} by {value.Type}");
        Require(value.Type.Element == x.Type.Element, $"update of {x.Type} by {value.Type}");
        RequireIndices(from, "update");
        return Simplify.Update(this, x, value, from, mode, bounds) ?? Intern(new Update(x, value, from, mode, bounds));
    }

    // ---- reductions and contractions ------------------------------------------------------------------------------------------

    public Node Reduce(ReduceKind kind, Node x, IEnumerable<int> axes)
    {
        var over = axes.OrderBy(i => i).ToEquatable();
        Require(over.All(axis => axis >= 0 && axis < x.Type.Rank), $"reduce of {x.Type} over axes {over}");
        return over.Count == 0 ? x : Intern(new Reduce(kind, x, over));
    }

    public Node Sum(Node x, IEnumerable<int> axes) => Reduce(ReduceKind.Sum, x, axes);

    public Node SumAll(Node x) => Sum(x, Enumerable.Range(0, x.Type.Rank));

    public Node ArgReduce(ReduceKind kind, Node x, int axis) => Intern(new ArgReduce(kind, x, axis));

    public Node Contract(Node a, Node b, ContractAxes axes)
    {
        Require(a.Type.Element == b.Type.Element, $"contract of {a.Type} and {b.Type}");
        Require(axes.BatchA.Count == axes.BatchB.Count && axes.SumA.Count == axes.SumB.Count, "contract: unpaired axes");
        for (var i = 0; i < axes.BatchA.Count; i++)
            Require(a.Type.Shape[axes.BatchA[i]] == b.Type.Shape[axes.BatchB[i]], $"contract of {a.Type} and {b.Type}: batch axes {i} differ");
        for (var i = 0; i < axes.SumA.Count; i++)
            Require(a.Type.Shape[axes.SumA[i]] == b.Type.Shape[axes.SumB[i]], $"contract of {a.Type} and {b.Type}: summed axes {i} differ");
        var (freeA, freeB) = (axes.FreeA(a.Type.Rank), axes.FreeB(b.Type.Rank));
        EquatableArray<Dim> shape = [.. axes.BatchA.Concat(freeA).Select(i => a.Type.Shape[i]), .. freeB.Select(i => b.Type.Shape[i])];
        // An outer product is elementwise, and fuses as such.
        if (axes.SumA.Count == 0)
        {
            var batch = Enumerable.Range(0, axes.BatchA.Count);
            return Expand(Permute(a, axes.BatchA.Concat(freeA)), shape, Enumerable.Range(0, a.Type.Rank))
                * Expand(Permute(b, axes.BatchB.Concat(freeB)), shape, batch.Concat(Enumerable.Range(a.Type.Rank, freeB.Length)));
        }
        return Intern(new Contract(a, b, axes, a.Type.WithShape(shape)));
    }

    public Node Gather(Node x, IEnumerable<Node> indices, IEnumerable<int> axes, Bounds bounds = Bounds.Checked)
    {
        ImmutableArray<Node> at = [.. indices];
        var over = axes.ToEquatable();
        Require(at.Length == over.Count && at.Length > 0, $"gather of {x.Type}: {at.Length} indices for axes {over}");
        foreach (var index in at)
            Require(index.Type.Element == ElementType.Int32 && index.Type.Shape.Equals(at[0].Type.Shape), $"gather of {x.Type}: index {index.Type}");
        var rest = x.Type.Shape.Where((_, axis) => !over.Contains(axis));
        return Simplify.Gather(this, x, at, over, bounds)
            ?? Intern(new Gather(x, at, over, bounds, x.Type.WithShape(at[0].Type.Shape.Concat(rest))));
    }

    /// <summary>Updates added to zeros.</summary>
    public Node ScatterAdd(Node updates, IEnumerable<Node> indices, IEnumerable<int> axes, IEnumerable<Dim> shape, Bounds bounds = Bounds.Checked) =>
        ScatterAdd(Zero(updates.Type.WithShape(shape)), updates, indices, axes, bounds);

    public Node ScatterAdd(Node x, Node updates, IEnumerable<Node> indices, IEnumerable<int> axes, Bounds bounds = Bounds.Checked) =>
        Intern(new ScatterAdd(x, updates, [.. indices], axes.ToEquatable(), bounds));

    // ---- rebuilding -----------------------------------------------------------------------------------------------------------

    /// <summary>The node's operation over other operands: how every pass that rewrites makes its nodes. Results of regions map one to one.</summary>
    public Node Rebuild(Node node, ImmutableArray<Node> x) => node switch
    {
        Ir.Param or Ir.Const or Ir.Size or Ir.Iota or Ir.GroupIndex => node,
        Apply n => Apply(n.Op, x.AsSpan()),
        Cast n => Cast(x[0], n.Type.Element),
        Ir.StopGradient => StopGradient(x[0]),
        Ir.Recompute => Recompute(x[0], x.Skip(1)),
        Expand n => Expand(x[0], n.Type.Shape, n.Axes),
        Permute n => Permute(x[0], n.Order),
        Reshape n => Reshape(x[0], n.Type.Shape),
        Slice n => Slice(x[0], x.Skip(1), n.Type.Shape, n.Bounds),
        Pad n => Pad(x[0], n.Low, n.High),
        Concat n => Concat(x, n.Axis),
        Update n => Update(x[0], x[1], x.Skip(2), n.Mode, n.Bounds),
        Reduce n => Reduce(n.Kind, x[0], n.Axes),
        ArgReduce n => ArgReduce(n.Kind, x[0], n.Axis),
        ArgSort n => ArgSort(x[0], n.Axis, n.Descending),
        MatrixFunction n => MatrixFunction(n.Op, x),
        Contract n => Contract(x[0], x[1], n.Axes),
        Gather n => Gather(x[0], x.Skip(1), n.Axes, n.Bounds),
        ScatterAdd n => ScatterAdd(x[0], x[1], x.Skip(2), n.Axes, n.Bounds),
        Result n => Intern(new Result((Region)x[0], n.Index)),
        Call n => Intern(new Call(n.Callee, x, n.IsCheckpoint)),
        Branch n => Intern(new Branch(x[0], n.Then, n.Otherwise, x.RemoveAt(0))),
        Loop n => Intern(new Loop(n.Trips, n.Reverse, n.Carried, n.Body, x)),
        Broadcast n => Broadcast(x[0], n.Placement),
        Map n => Intern(new Map(n.Placement, n.Body, x)),
        PlacedReduce n => PlacedReduce(n.Kind, x[0]),
        Ir.Collect => Collect(x[0]),
        Spread n => Spread(x[0], n.Placement),
        _ => throw new IrException($"no rule to rebuild {node.GetType().Name}"),
    };

    /// <summary>Copies <paramref name="roots"/> with the given replacements (of parameters, or of any nodes).</summary>
    public ImmutableArray<Node> Substitute(IEnumerable<Node> roots, Dictionary<Node, Node> replacements)
    {
        ImmutableArray<Node> wanted = [.. roots];
        foreach (var node in new Func("substitute", [], wanted).Nodes)
            if (!replacements.ContainsKey(node))
                replacements[node] = node.Operands.IsEmpty ? node : Rebuild(node, [.. node.Operands.Select(o => replacements[o])]);
        return [.. wanted.Select(node => replacements[node])];
    }

    /// <summary>A function's results for given arguments, its body copied in place of a call.</summary>
    public ImmutableArray<Node> Inline(Func callee, IEnumerable<Node> arguments)
    {
        var map = new Dictionary<Node, Node>();
        foreach (var (parameter, argument) in callee.Parameters.Zip(arguments, (p, a) => (p, a))) map[parameter] = argument;
        return Substitute(callee.Results, map);
    }

    /// <summary>A copy of fresh parameters with the names and types of others.</summary>
    public ImmutableArray<Param> Fresh(IEnumerable<Param> like) => [.. like.Select(p => Param(p.Name, p.Type))];

    /// <summary>All results of a region, which is interned.</summary>
    public ImmutableArray<Node> Results(Region region)
    {
        var node = (Region)Intern(region);
        return [.. node.Types.Select((_, i) => Intern(new Result(node, i)))];
    }

    private Node Intern(Node node)
    {
        var key = new NodeKey(node);
        if (nodes.TryGetValue(key, out var known)) return known;
        node.Id = count++;
        node.Graph = this;
        nodes.Add(key, node);
        return node;
    }

    private static bool IsZero(Node x) => x is Const { Value: 0 };

    private static void RequireIndices(ImmutableArray<Node> starts, string operation)
    {
        foreach (var start in starts)
            Require(start.Type.IsScalar && start.Type.Element == ElementType.Int32, $"{operation}: a start of type {start.Type}");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new IrException(otherwise);
    }

    /// <summary>Class, attribute and operands: what makes two nodes the same.</summary>
    private readonly struct NodeKey(Node node) : IEquatable<NodeKey>
    {
        private readonly Node node = node;

        public bool Equals(NodeKey other)
        {
            var (a, b) = (node, other.node);
            if (a.GetType() != b.GetType() || a.Operands.Length != b.Operands.Length || !Equals(a.Attribute, b.Attribute)) return false;
            for (var i = 0; i < a.Operands.Length; i++)
                if (!ReferenceEquals(a.Operands[i], b.Operands[i])) return false;
            return true;
        }

        public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

        public override int GetHashCode()
        {
            unchecked
            {
                var hash = node.GetType().GetHashCode() * 31 + (node.Attribute?.GetHashCode() ?? 0);
                foreach (var operand in node.Operands) hash = hash * 31 + operand.Id;
                return hash;
            }
        }
    }
}

/// <summary>The compiler built something ill-formed: reported as an internal error of the program being compiled, never thrown at the user.</summary>
internal sealed class IrException(string message) : Exception(message);
