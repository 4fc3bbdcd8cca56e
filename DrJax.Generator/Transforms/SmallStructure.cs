using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

internal sealed partial class Elements
{
    private void Add(Node node)
    {
        switch (node)
        {
            case Branch n: AddBranch(n); break;
            case Loop n: AddLoop(n); break;
            case Region n: AddWhole(n); break;
            case Result: break;
            case var n when SmallArrays.IsSmall(n.Type) && TakeApart(n) is { } parts: apart[n] = [.. parts]; break;
            case var n: whole[n] = g.Rebuild(n, [.. n.Operands.Select(WholeOf)]); break;
        }
    }

    private void AddWhole(Region n)
    {
        var made = (Region)g.Rebuild(n, [.. n.Operands.Select(WholeOf)]);
        whole[n] = made;
        var results = g.Results(made);
        foreach (var result in ResultsOf(n)) whole[result] = results[result.Index];
    }

    private IEnumerable<Result> ResultsOf(Region region) => f.Nodes.OfType<Result>().Where(r => r.Region == region);

    /// <summary>The elements of a small value; null if it has to be computed as a whole.</summary>
    private IEnumerable<Node?>? TakeApart(Node node)
    {
        // What only moves a large array's elements does not take it apart; what is small to begin with is.
        var isSmall = node.Operands.All(o => SmallArrays.IsSmall(o.Type));
        switch (node)
        {
            case Const or Ir.Size: return [node];
            case Iota n: return Positions(n.Type.Shape).Select(at => g.Const(at[n.Axis], ElementType.Int32));
            case Slice { Type.IsScalar: false } n when !isSmall: return Window(n);
            case var _ when !isSmall: return null;
            case Apply n: return OfElements(n, x => Apply(n, x));
            case Cast n: return OfElements(n, x => x[0] is null && n.Type.IsDifferentiable ? null : g.Cast(x[0] ?? Zero(n.X), n.Type.Element));
            case StopGradient n: return PartsOf(n.X);
            case Recompute n: return PartsOf(n.X).Select(x => x is null ? null : g.Recompute(x, n.Operands.Skip(1).Select(WholeOf)));
            case Expand n: return Moved(n, n.X, at => [.. n.Axes.Select(axis => at[axis])]);
            case Permute n: return Moved(n, n.X, at => [.. Enumerable.Range(0, at.Length).Select(axis => at[n.Order.Items.IndexOf(axis)])]);
            case Reshape n: return PartsOf(n.X);
            case Slice n when Starts(n.Starts, n.X.Type, n.Type, n.Bounds) is { } starts: return Moved(n, n.X, at => [.. at.Select((i, axis) => i + starts[axis])]);
            case Pad n: return Padded(n);
            case Concat n: return Joined(n);
            case Update n when Starts(n.Starts, n.Type, n.Value.Type, n.Bounds) is { } starts: return Updated(n, starts);
            case Gather n when Indices(n.Indices, n.Axes, n.X.Type) is { } indices: return Gathered(n, indices);
            case ScatterAdd n when Indices(n.Indices, n.Axes, n.Type) is { } indices: return Scattered(n, indices);
            case Reduce n: return Reduced(n);
            case ArgReduce n: return Positions(n.Type.Shape).Select(at => First(n, at));
            case Contract n: return Contracted(n);
            default: return null;
        }
    }

    private IEnumerable<Node?> OfElements(Node n, Func<ImmutableArray<Node?>, Node?> formula) =>
        Enumerable.Range(0, (int)n.Type.Size.AsConstant!.Value).Select(k => formula([.. n.Operands.Select(o => PartsOf(o)[k])])).ToArray();

    private IEnumerable<Node?> Moved(Node n, Node x, Func<int[], int[]> from) => Positions(n.Type.Shape).Select(at => Part(x, from(at)));

    /// <summary>Elements of a box of a large array; along an axis with a computed start there is one of them.</summary>
    private IEnumerable<Node?>? Window(Slice n)
    {
        for (var axis = 0; axis < n.Type.Rank; axis++)
            if (n.Starts[axis] is not Const && !n.Type.Shape[axis].IsConstant(1)) return null;
        var (x, starts) = (WholeOf(n.X), n.Starts.Select(WholeOf).ToArray());
        return Positions(n.Type.Shape).Select(at => g.Reshape(
            g.Slice(x, starts.Select((start, axis) => at[axis] == 0 ? start : start + g.Const(at[axis], ElementType.Int32)), at.Select(_ => Dim.One), n.Bounds), []));
    }

    /// <summary>Around constants (unit directions) zeros stand for what is not there; others are numbers, of which 0 * inf is NaN.</summary>
    private IEnumerable<Node?> Padded(Pad n)
    {
        var zero = Simplify.Constant(n.X) is null ? Zero(n) : null;
        int[] low = Extents(n.Low), size = Extents(n.X.Type.Shape);
        return Positions(n.Type.Shape).Select(at =>
        {
            int[] inside = [.. at.Select((i, axis) => i - low[axis])];
            return inside.Where((i, axis) => i < 0 || i >= size[axis]).Any() ? zero : Part(n.X, inside);
        });
    }

    private IEnumerable<Node?> Joined(Concat n) => Positions(n.Type.Shape).Select(at =>
    {
        var (own, operand) = ((int[])at.Clone(), 0);
        for (; own[n.Axis] >= Extent(n.Operands[operand]); operand++) own[n.Axis] -= Extent(n.Operands[operand]);
        return Part(n.Operands[operand], own);

        int Extent(Node x) => Extents(x.Type.Shape)[n.Axis];
    });

    private IEnumerable<Node?> Updated(Update n, int[] starts)
    {
        var parts = PartsOf(n.X).ToBuilder();
        foreach (var at in Positions(n.Value.Type.Shape))
        {
            var place = Place(n.Type.Shape, at.Select((i, axis) => i + starts[axis]));
            parts[place] = n.Mode == UpdateMode.Set ? Part(n.Value, at) : Add(parts[place], Part(n.Value, at));
        }
        return parts;
    }

    private IEnumerable<Node?> Gathered(Gather n, int[][] indices)
    {
        return Positions(n.Type.Shape).Select(at => Part(n.X, At(n.X.Type, n.Axes, indices, n.Indices[0].Type.Shape, at)));
    }

    private IEnumerable<Node?> Scattered(ScatterAdd n, int[][] indices)
    {
        var parts = PartsOf(n.X).ToBuilder();
        foreach (var at in Positions(n.Updates.Type.Shape))
        {
            var place = Place(n.Type.Shape, At(n.Type, n.Axes, indices, n.Indices[0].Type.Shape, at));
            parts[place] = Add(parts[place], Part(n.Updates, at));
        }
        return parts;
    }

    /// <summary>Where element <paramref name="at"/> of what is gathered (or scattered) lies in the array.</summary>
    private static int[] At(Ir.ValueType array, EquatableArray<int> axes, int[][] indices, EquatableArray<Dim> over, int[] at)
    {
        var (place, rest) = (Place(over, at.Take(over.Count)), over.Count);
        return [.. Enumerable.Range(0, array.Rank).Select(axis => axes.IndexOf(axis) is >= 0 and var k ? indices[k][place] : at[rest++])];
    }

    /// <summary>Starts of a box that lies inside, if they are known.</summary>
    private int[]? Starts(ImmutableArray<Node> starts, Ir.ValueType array, Ir.ValueType box, Bounds bounds)
    {
        var (whole, size) = (Extents(array.Shape), Extents(box.Shape));
        var known = new int[starts.Length];
        for (var axis = 0; axis < known.Length; axis++)
        {
            if (PartsOf(starts[axis])[0] is not Const { Value: var value }) return null;
            known[axis] = (int)value;
            if (bounds == Bounds.Clamped) known[axis] = Math.Max(0, Math.Min(known[axis], whole[axis] - size[axis]));
            if (known[axis] < 0 || known[axis] + size[axis] > whole[axis]) return null;
        }
        return known;
    }

    /// <summary>Indices inside the array, if they are known.</summary>
    private int[][]? Indices(ImmutableArray<Node> indices, EquatableArray<int> axes, Ir.ValueType array)
    {
        var known = new int[indices.Length][];
        for (var k = 0; k < known.Length; k++)
        {
            var extent = Extents(array.Shape)[axes[k]];
            var parts = PartsOf(indices[k]);
            if (parts.Any(x => x is not Const { Value: var i } || i < 0 || i >= extent)) return null;
            known[k] = [.. parts.Select(x => (int)((Const)x!).Value)];
        }
        return known;
    }

    // ---- sums -----------------------------------------------------------------------------------------------------------------

    /// <summary>Indices with the reduced axes filled in, in row-major order of those.</summary>
    private static IEnumerable<int[]> Over(Ir.ValueType x, EquatableArray<int> axes, int[] at)
    {
        int[] kept = [.. Enumerable.Range(0, x.Rank).Except(axes)];
        foreach (var inner in Positions(axes.Select(axis => x.Shape[axis]).ToEquatable()))
        {
            var full = new int[x.Rank];
            for (var i = 0; i < kept.Length; i++) full[kept[i]] = at[i];
            for (var i = 0; i < inner.Length; i++) full[axes[i]] = inner[i];
            yield return full;
        }
    }

    private IEnumerable<Node?>? Reduced(Reduce n)
    {
        if (n.Kind == ReduceKind.Sum) return Positions(n.Type.Shape).Select(at => Over(n.X.Type, n.Axes, at).Aggregate((Node?)null, (sum, i) => Add(sum, Part(n.X, i))));
        if (n.X.Type.Size.IsConstant(0)) return null;
        var op = n.Kind == ReduceKind.Max ? ScalarOp.Max : ScalarOp.Min;
        return Positions(n.Type.Shape).Select(at => Over(n.X.Type, n.Axes, at).Select(i => Part(n.X, i) ?? Zero(n)).Aggregate((a, b) => g.Apply(op, a, b)));
    }

    /// <summary>The index of the first largest or smallest element; the first NaN is more than either.</summary>
    private Node? First(ArgReduce n, int[] at)
    {
        var better = n.Kind == ReduceKind.Max ? ScalarOp.Greater : ScalarOp.Less;
        var index = g.Const(0, ElementType.Int32);
        Node? best = null;
        var k = 0;
        foreach (var i in Over(n.X.Type, [n.Axis], at))
        {
            var x = Part(n.X, i) ?? Zero(n.X);
            if (best is null) best = x;
            else
            {
                var wins = g.Apply(better, x, best);
                if (x.Type.IsDifferentiable) wins = g.Apply(ScalarOp.Or, wins, g.Apply(ScalarOp.And, IsNaN(x), g.Apply(ScalarOp.Not, IsNaN(best))));
                (best, index) = (g.Select(wins, x, best), g.Select(wins, g.Const(k, ElementType.Int32), index));
            }
            k++;
        }
        return index;

        Node IsNaN(Node x) => g.Apply(ScalarOp.NotEqual, x, x);
    }

    private IEnumerable<Node?> Contracted(Contract n)
    {
        var (a, b, axes) = (n.A.Type.Rank, n.B.Type.Rank, n.Axes);
        var (freeA, freeB, batch) = (axes.FreeA(a), axes.FreeB(b), axes.BatchA.Count);
        var summed = axes.SumA.Select(axis => n.A.Type.Shape[axis]).ToEquatable();
        return Positions(n.Type.Shape).Select(at => Positions(summed).Aggregate((Node?)null, (sum, k) => Add(sum, Multiply(
            Part(n.A, Index(a, at, axes.BatchA, freeA, batch, axes.SumA, k)),
            Part(n.B, Index(b, at, axes.BatchB, freeB, batch + freeA.Length, axes.SumB, k))))));
    }

    /// <summary>An operand's index: its batch axes are the result's first, its free axes stand there from <paramref name="first"/> on, the summed ones are given.</summary>
    private static int[] Index(int rank, int[] at, EquatableArray<int> batch, ImmutableArray<int> free, int first, EquatableArray<int> summed, int[] inner)
    {
        var index = new int[rank];
        for (var i = 0; i < batch.Count; i++) index[batch[i]] = at[i];
        for (var i = 0; i < free.Length; i++) index[free[i]] = at[first + i];
        for (var i = 0; i < summed.Count; i++) index[summed[i]] = inner[i];
        return index;
    }
}
