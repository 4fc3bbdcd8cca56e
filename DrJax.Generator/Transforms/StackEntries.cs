using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// What the body of a backward loop reads and writes of stacks: entry <paramref name="index"/>, that of its own iteration. A stack whose length only
/// the run decides is never computed with as a whole.
/// </summary>
internal sealed class StackEntries(Regions regions, Param index)
{
    private readonly List<Param> parameters = [];
    private readonly List<Node> stacks = [];

    /// <summary>A parameter of the body for each of <see cref="Stacks"/>.</summary>
    public IEnumerable<Param> Parameters => parameters;

    public IEnumerable<Node> Stacks => stacks;

    /// <summary>This iteration's entry of a stack from outside. Of a sum of stacks (from several readers) it is the sum of entries.</summary>
    public Node Of(Node stack, string name)
    {
        if (stack is Apply sum && sum.Type.Shape.Any(LoopTrips.IsUnknown)) return stack.Graph.Apply(sum.Op, [.. sum.Operands.Select(x => Of(x, name))]);
        var known = stacks.IndexOf(stack);
        if (known < 0)
        {
            known = stacks.Count;
            stacks.Add(stack);
            parameters.Add(stack.Graph.Param(name, stack.Type));
        }
        return regions.At(parameters[known], index);
    }

    /// <summary>This iteration's entry of a cotangent, and the axis of iterations in it, if all its other entries are zero.</summary>
    public (Node Value, int Axis)? Only(Node ct, Dim extent)
    {
        if (Only(ct, index, extent) is { } entry) return entry;
        return ct.Type.Shape.Any(LoopTrips.IsUnknown) ? throw new IrException($"a stack is read otherwise than entry by entry: {Printer.Line(ct, Printer.Leaf)}") : null;
    }

    /// <summary>The cotangent from all its entries, which a loop has stacked.</summary>
    public Node Whole(Node stacked, int axis) => axis == 0 ? stacked : regions.Lift($"whole<{axis}>",
        x => x[0].Graph.Permute(x[0], [.. Enumerable.Range(1, axis), 0, .. Enumerable.Range(axis + 1, x[0].Type.Rank - axis - 1)]), stacked);

    private (Node, int)? Only(Node ct, Node at, Dim extent)
    {
        switch (ct)
        {
            case Update { Mode: UpdateMode.Add, Bounds: not Bounds.Clamped } n when Regions.IsZero(n.X):
                var axis = n.Starts.IndexOf(at);
                if (axis < 0 || n.Type.Shape[axis] != extent) return null;
                for (var i = 0; i < n.Type.Rank; i++)
                    if (i == axis ? !n.Value.Type.Shape[i].IsConstant(1) : n.Starts[i] is not Const { Value: 0 } || n.Value.Type.Shape[i] != n.Type.Shape[i]) return null;
                return (ct.Graph.Reshape(n.Value, n.Type.Shape.Items.RemoveAt(axis)), axis);
            // In every group.
            case Result { Region: Map map } result:
                var inside = map.Operands.ToList().FindIndex(o => o is Broadcast b && b.X == at);
                if (inside < 0 || Only(map.Body.Results[result.Index], map.Body.Parameters[inside], extent) is not var (value, groupAxis)) return null;
                return (regions.Map(map.Placement, new(map.Body.Name, map.Body.Parameters, [value]), map.Operands)[0], groupAxis);
            default: return null;
        }
    }
}
