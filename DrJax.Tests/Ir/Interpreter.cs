using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Tests.Ir;

/// <summary>
/// Evaluates the IR by plain loops: what a program means, and so the oracle for everything that rewrites or compiles it.
/// Sizes are given by atom name. A placed value has one leading axis for each placement, outermost first.
/// </summary>
internal sealed class Interpreter(IReadOnlyDictionary<string, int> sizes)
{
    private readonly Dictionary<Dim, int> known = [];

    public static NdArray[] Run(Func func, IReadOnlyDictionary<string, int> sizes, params NdArray[] arguments) =>
        new Interpreter(sizes).Results(func, arguments);

    public static NdArray[] Run(Func func, params NdArray[] arguments) => Run(func, new Dictionary<string, int>(), arguments);

    public NdArray[] Results(Func func, params NdArray[] arguments)
    {
        if (arguments.Length != func.Parameters.Length)
            throw new ArgumentException($"{func} takes {func.Parameters.Length} arguments, {arguments.Length} were given", nameof(arguments));
        var values = new Dictionary<Node, NdArray[]>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!Fits(arguments[i], func.Parameters[i].Type))
                throw new ArgumentException($"{func}: argument {i} is {arguments[i]}, expected {func.Parameters[i].Type}", nameof(arguments));
            values[func.Parameters[i]] = [arguments[i]];
        }
        foreach (var node in func.Nodes)
        {
            if (node is Param)
            {
                if (!values.ContainsKey(node)) throw new IrException($"{func} is not closed: it uses the parameter {Printer.Leaf(node)} of another function");
                continue;
            }
            NdArray[] x = [.. node.Operands.Select(o => values[o][0])];
            values[node] = node switch
            {
                Result n => [values[n.Region][n.Index]],
                Region n => EvaluateRegion(n, x),
                _ => [Rounded(Evaluate(node, x), node.Type.Element)],
            };
            if (node is not Region && !Fits(values[node][0], node.Type))
                throw new IrException($"{node.GetType().Name} gave [{string.Join(",", values[node][0].Shape)}], its type is {node.Type}");
        }
        return [.. func.Results.Select(r => values[r][0])];
    }

    public int Size(Dim dim)
    {
        if (known.TryGetValue(dim, out var value)) return value;
        var constant = dim.Substitute(atom => sizes.TryGetValue(atom.Name, out var size) ? Dim.Constant(size) : null).AsConstant;
        return known[dim] = (int)(constant ?? throw new ArgumentException($"no value for a size of {dim}"));
    }

    public int[] ShapeOf(DrJax.Generator.Ir.ValueType type) => [.. type.Placements.Select(p => Size(p.Size)), .. type.Shape.Select(Size)];

    /// <summary>Whether a value has its type's shape; an extent that only the run decides may be any.</summary>
    private bool Fits(NdArray value, DrJax.Generator.Ir.ValueType type)
    {
        Dim[] extents = [.. type.Placements.Select(p => p.Size), .. type.Shape];
        return value.Rank == extents.Length && extents.Select((e, axis) => LoopTrips.IsUnknown(e) || Size(e) == value.Shape[axis]).All(fits => fits);
    }

    private NdArray Evaluate(Node node, NdArray[] x) => node switch
    {
        Const n => NdArray.Scalar(n.Value),
        Size n => NdArray.Scalar(Size(n.Dim)),
        Iota n => NdArray.Generate(ShapeOf(n.Type), index => index[n.Axis]),
        GroupIndex n => NdArray.Generate(ShapeOf(n.Type), index => index[0]),
        Apply n => Elementwise(n, x),
        Cast n => x[0].Select(v => n.Type.Element switch
        {
            ElementType.Int32 => Math.Truncate(v),
            ElementType.Bool => v != 0 ? 1 : 0,
            _ => v,
        }),
        StopGradient or Recompute => x[0],
        Expand n => Expand(n, x[0]),
        Permute n => x[0].Permute(n.Order),
        Reshape n => new NdArray(ShapeOf(n.Type), x[0].Data),
        Slice n => Slice(n, x),
        Pad n => Pad(n, x[0]),
        Concat n => Concat(n, x),
        Update n => Update(n, x),
        Reduce n => Reduce(n, x[0]),
        ArgReduce n => ArgReduce(n, x[0]),
        ArgSort n => ArgSort(n, x[0]),
        MatrixFunction n => Matrices(n, x),
        Contract n => Contract(n, x[0], x[1]),
        Gather n => Gather(n, x),
        ScatterAdd n => ScatterAdd(n, x),
        Broadcast n => NdArray.Stack([.. Enumerable.Repeat(x[0], Size(n.Placement.Size))], x[0].Shape),
        PlacedReduce n => PlacedReduce(n, x[0]),
        Collect or Spread => x[0],
        _ => throw new IrException($"the interpreter does not know {node.GetType().Name}"),
    };

    private static NdArray Rounded(NdArray x, ElementType element) => element switch
    {
        ElementType.Float32 => x.Select(v => (float)v),
        ElementType.Int32 => x.Select(v => unchecked((int)(long)v)),
        _ => x,
    };

    private static NdArray Elementwise(Apply n, NdArray[] x)
    {
        var isInt = n.Operands[0].Type.Element == ElementType.Int32;
        var at = new double[x.Length];
        var result = new double[x[0].Data.Length];
        for (var i = 0; i < result.Length; i++)
        {
            for (var k = 0; k < x.Length; k++) at[k] = x[k].Data[i];
            result[i] = ScalarMath.Evaluate(n.Op, at, isInt);
        }
        return new(x[0].Shape, result);
    }

    private NdArray Expand(Expand n, NdArray x)
    {
        var source = new int[x.Rank];
        int[] shape = [.. n.Type.Shape.Select((extent, axis) => n.Axes.Contains(axis) ? x.Shape[n.Axes.Items.IndexOf(axis)] : Size(extent))];
        return NdArray.Generate(shape, index =>
        {
            for (var i = 0; i < source.Length; i++) source[i] = index[n.Axes[i]];
            return x[source];
        });
    }

    /// <summary>Where a box lies: checked to be inside, or moved inside.</summary>
    private static int[] Starts(IEnumerable<NdArray> starts, int[] shape, int[] box, Bounds bounds) => [.. starts.Select((start, axis) =>
    {
        var (at, last) = ((int)start.Value, shape[axis] - box[axis]);
        if (bounds == Bounds.Clamped) return Math.Max(0, Math.Min(at, last));
        return at >= 0 && at <= last ? at : throw new ArgumentOutOfRangeException(null, $"box [{at}, {at + box[axis]}) of axis {axis} of length {shape[axis]}");
    })];

    private NdArray Slice(Slice n, NdArray[] x)
    {
        var shape = ShapeOf(n.Type);
        var starts = Starts(x.Skip(1), x[0].Shape, shape, n.Bounds);
        return NdArray.Generate(shape, index => x[0][[.. index.Select((i, axis) => starts[axis] + i)]]);
    }

    private NdArray Pad(Pad n, NdArray x)
    {
        var result = NdArray.Zeros(ShapeOf(n.Type));
        foreach (var index in NdArray.Indices(x.Shape)) result[[.. index.Select((i, axis) => i + Size(n.Low[axis]))]] = x[index];
        return result;
    }

    private NdArray Concat(Concat n, NdArray[] x)
    {
        var result = NdArray.Zeros(ShapeOf(n.Type));
        var offset = 0;
        foreach (var part in x)
        {
            foreach (var index in NdArray.Indices(part.Shape)) result[[.. index.Select((i, axis) => axis == n.Axis ? i + offset : i)]] = part[index];
            offset += part.Shape[n.Axis];
        }
        return result;
    }

    private static NdArray Update(Update n, NdArray[] x)
    {
        var result = new NdArray(x[0].Shape, [.. x[0].Data]);
        var starts = Starts(x.Skip(2), x[0].Shape, x[1].Shape, n.Bounds);
        foreach (var index in NdArray.Indices(x[1].Shape))
        {
            int[] at = [.. index.Select((i, axis) => starts[axis] + i)];
            result[at] = n.Mode == UpdateMode.Add ? result[at] + x[1][index] : x[1][index];
        }
        return result;
    }

    private NdArray Reduce(Reduce n, NdArray x)
    {
        var result = NdArray.Zeros(ShapeOf(n.Type)).Select(_ => n.Kind switch
        {
            ReduceKind.Max => double.NegativeInfinity,
            ReduceKind.Min => double.PositiveInfinity,
            _ => 0,
        });
        foreach (var index in NdArray.Indices(x.Shape))
        {
            int[] at = [.. index.Where((_, axis) => !n.Axes.Contains(axis))];
            result[at] = n.Kind switch
            {
                ReduceKind.Max => Math.Max(result[at], x[index]),
                ReduceKind.Min => Math.Min(result[at], x[index]),
                _ => result[at] + x[index],
            };
        }
        return result;
    }

    private NdArray ArgReduce(ArgReduce n, NdArray x) => NdArray.Generate(ShapeOf(n.Type), index =>
    {
        var best = 0;
        double At(int i) => x[[.. index.Take(n.Axis), i, .. index.Skip(n.Axis)]];
        for (var i = 1; i < x.Shape[n.Axis]; i++)
            if (n.Kind == ReduceKind.Max ? At(i) > At(best) : At(i) < At(best)) best = i;
        return best;
    });

    private static NdArray ArgSort(ArgSort n, NdArray x)
    {
        var result = NdArray.Zeros(x.Shape);
        foreach (var index in NdArray.Indices([.. x.Shape.Select((d, axis) => axis == n.Axis ? 1 : d)]))
        {
            int[] At(int i) => [.. index.Select((k, axis) => axis == n.Axis ? i : k)];
            var order = MatrixOracle.ArgSort([.. Enumerable.Range(0, x.Shape[n.Axis]).Select(i => x[At(i)])], n.Descending);
            for (var i = 0; i < order.Length; i++) result[At(i)] = order[i];
        }
        return result;
    }

    private NdArray Matrices(MatrixFunction n, NdArray[] x)
    {
        var read = n.HasFactors ? x[1..] : x;
        var result = NdArray.Zeros(ShapeOf(n.Type));
        var batch = NdArray.Count(x[0].Shape[..^2]);
        for (var b = 0; b < batch; b++)
        {
            var value = MatrixOracle.Evaluate(n.Op, [.. read.Select(m => Matrix(m, b))]);
            var k = b * value.Length;
            foreach (var element in value) result.Data[k++] = element;
        }
        return result;

        static double[,] Matrix(NdArray x, int b)
        {
            var m = new double[x.Shape[^2], x.Shape[^1]];
            for (var i = 0; i < m.Length; i++) m[i / x.Shape[^1], i % x.Shape[^1]] = x.Data[b * m.Length + i];
            return m;
        }
    }

    private NdArray Contract(Contract n, NdArray a, NdArray b)
    {
        var (freeA, freeB) = (n.Axes.FreeA(a.Rank), n.Axes.FreeB(b.Rank));
        int[] summed = [.. n.Axes.SumA.Select(axis => a.Shape[axis])];
        var (atA, atB) = (new int[a.Rank], new int[b.Rank]);
        return NdArray.Generate(ShapeOf(n.Type), index =>
        {
            var k = 0;
            for (var i = 0; i < n.Axes.BatchA.Count; i++) (atA[n.Axes.BatchA[i]], atB[n.Axes.BatchB[i]]) = (index[k], index[k++]);
            foreach (var axis in freeA) atA[axis] = index[k++];
            foreach (var axis in freeB) atB[axis] = index[k++];
            var sum = 0.0;
            foreach (var s in NdArray.Indices(summed))
            {
                for (var i = 0; i < s.Length; i++) (atA[n.Axes.SumA[i]], atB[n.Axes.SumB[i]]) = (s[i], s[i]);
                sum += a[atA] * b[atB];
            }
            return sum;
        });
    }

    /// <summary>The element of the array that a gather reads, or a scatter writes, for one element of the gathered form.</summary>
    private static int[] Address(int[] index, NdArray[] indices, EquatableArray<int> axes, int[] shape, Bounds bounds)
    {
        var rank = indices[0].Rank;
        var at = new int[shape.Length];
        var rest = rank;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var k = axes.Items.IndexOf(axis);
            at[axis] = k < 0 ? index[rest++] : (int)indices[k][index[..rank]];
            if (bounds == Bounds.Clamped) at[axis] = Math.Max(0, Math.Min(at[axis], shape[axis] - 1));
        }
        return at;
    }

    private NdArray Gather(Gather n, NdArray[] x) =>
        NdArray.Generate(ShapeOf(n.Type), index => x[0][Address(index, x[1..], n.Axes, x[0].Shape, n.Bounds)]);

    private NdArray ScatterAdd(ScatterAdd n, NdArray[] x)
    {
        var result = new NdArray(x[0].Shape, [.. x[0].Data]);
        foreach (var index in NdArray.Indices(x[1].Shape)) result[Address(index, x[2..], n.Axes, result.Shape, n.Bounds)] += x[1][index];
        return result;
    }

    private NdArray PlacedReduce(PlacedReduce n, NdArray x)
    {
        var groups = x.Shape[0];
        return NdArray.Generate(x.Shape[1..], index =>
        {
            var values = Enumerable.Range(0, groups).Select(g => x[[g, .. index]]).ToArray();
            return n.Kind switch
            {
                PlacedReduceKind.Sum => values.Sum(),
                PlacedReduceKind.Mean => values.Sum() / groups,
                PlacedReduceKind.Max => values.Aggregate(double.NegativeInfinity, Math.Max),
                _ => values.Aggregate(double.PositiveInfinity, Math.Min),
            };
        });
    }

    private NdArray[] EvaluateRegion(Region region, NdArray[] x) => region switch
    {
        Call n => Results(n.Callee, x),
        Branch n => Results(x[0].Value != 0 ? n.Then : n.Otherwise, x[1..]),
        Loop n => Iterate(n, x),
        Map n => MapGroups(n, x),
        _ => throw new IrException($"the interpreter does not know {region.GetType().Name}"),
    };

    private NdArray[] MapGroups(Map n, NdArray[] x)
    {
        var groups = Enumerable.Range(0, Size(n.Placement.Size)).Select(g => Results(n.Body, [.. x.Select(v => v.At(g))])).ToArray();
        return [.. n.Body.Results.Select((r, k) => NdArray.Stack([.. groups.Select(g => g[k])], ShapeOf(r.Type)))];
    }

    private NdArray[] Iterate(Loop n, NdArray[] x)
    {
        var carried = x[..n.Carried];
        var invariants = x[n.Carried..n.BodyOperands.Length];
        var count = n.Trips switch
        {
            LoopTrips.Fixed given => Size(given.Count),
            LoopTrips.Given => Math.Max(0, (int)x[^1].Value),
            _ => int.MaxValue,
        };
        var entries = new List<NdArray[]>();
        for (var step = 0; step < count; step++)
        {
            NdArray[] arguments = [NdArray.Scalar(n.Reverse ? count - 1 - step : step), .. carried, .. invariants];
            if (n.Condition is { } condition && Results(condition, arguments)[0].Value == 0) break;
            var results = Results(n.Body, arguments);
            carried = results[..n.Carried];
            entries.Add(results[n.Carried..]);
        }
        if (n.Reverse) entries.Reverse();
        return [.. carried, .. n.Body.Results.Skip(n.Carried).Select((r, k) => Stacked(k, r.Type))];

        // The axis of iterations lies inside the axes of groups.
        NdArray Stacked(int k, DrJax.Generator.Ir.ValueType type)
        {
            var all = NdArray.Stack([.. entries.Select(e => e[k])], ShapeOf(type));
            var groups = type.Placements.Count;
            return all.Permute([.. Enumerable.Range(1, groups), 0, .. Enumerable.Range(groups + 1, type.Rank)]);
        }
    }
}
