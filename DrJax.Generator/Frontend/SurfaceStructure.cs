using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Members that choose, join and move elements.</summary>
internal static partial class Surface
{
    private static readonly Dictionary<string, Func<SurfaceCall, Value>> StructureMembers = new()
    {
        ["Reverse"] = c => new Data(Reversed(c.Node(0), Axis(c, "axis"))),
        ["Reshape"] = c => new Data(Reshape(c)),
        ["Flatten"] = c => new Data(c.Graph.Reshape(c.Node(0), [c.Node(0).Type.Size])),
        ["Permute"] = c => new Data(Permute(c)),
        ["Transpose"] = c => new Data(Transpose(c.Node(0))),
        ["Concat"] = c => new Data(Concat(c)),
        ["Stack"] = c => new Data(Stack(c)),
        ["Pad"] = c => new Data(Pad(c)),
        ["Repeat"] = c => new Data(Repeat(c)),
        ["Tile"] = c => new Data(Tile(c)),
        ["Take"] = c => new Data(Take(c)),
        ["Gather"] = c => new Data(Gather(c)),
        ["ScatterAdd"] = c => new Data(ScatterAdd(c)),
        ["OneHot"] = c => new Data(OneHot(c)),
        ["Diag"] = c => new Data(Diagonal(c.Node(0))),
        ["Trace"] = c => new Data(c.Graph.SumAll(Diagonal(c.Node(0)))),
        ["Tril"] = c => new Data(Triangle(c, ScalarOp.LessOrEqual)),
        ["Triu"] = c => new Data(Triangle(c, ScalarOp.GreaterOrEqual)),
        ["Linspace"] = c => new Data(Linspace(c)),
        ["Diff"] = c => new Data(Differences(c)),
    };

    /// <summary>The constant argument of that name as an axis of the first argument (or of one with <paramref name="more"/> axes); 0 if the
    /// member has none.</summary>
    private static int Axis(SurfaceCall c, string name, int more = 0)
    {
        var i = Position(c, name);
        return i < 0 ? 0 : Axis(c, i, more);
    }

    private static int Axis(SurfaceCall c, int i, int more = 0)
    {
        var at = i < c.Sources.Length ? c.Sources[i].Syntax : c.At;
        if (Simplify.AsDim(c.Node(i))?.AsConstant is not { } axis) throw new Rejected(Diagnostics.AxisNotConstant, at, c.Text(i), c.Name);
        var rank = c.Node(0).Type.Rank + more;
        return axis >= 0 && axis < rank ? (int)axis
            : throw new Rejected(Diagnostics.OutOfRange, c.At, $"{c.Name}: axis {axis} of {c.Text(0)}, which has {rank} axes");
    }

    private static int Position(SurfaceCall c, string name) => c.Method.Parameters.FirstOrDefault(p => p.Name == name)?.Ordinal ?? -1;

    /// <summary>Moves the first axis to where <paramref name="axis"/> is.</summary>
    private static Node FromFront(Node x, int axis, int count = 1) => x.Graph.Permute(x, Enumerable.Range(0, x.Type.Rank)
        .Select(i => i < axis ? i + count : i < axis + count ? i - axis : i));

    private static Node ToFront(Node x, int axis) =>
        x.Graph.Permute(x, [axis, .. Enumerable.Range(0, x.Type.Rank).Where(i => i != axis)]);

    /// <summary>Loads at last, last - 1, .., 0.</summary>
    private static Node Reversed(Node x, int axis)
    {
        var (g, length) = (x.Graph, x.Type.Shape[axis]);
        var index = g.Fill(g.Size(length - 1), [length]) - g.Iota([length], 0);
        return FromFront(g.Gather(x, [index], [axis]), axis);
    }

    private static Node Reshape(SurfaceCall c)
    {
        var x = c.Node(0);
        Dim[] shape = [.. Enumerable.Range(1, c.Count - 1).Select(c.Dim)];
        foreach (var dim in shape) NotNegative(c, dim);
        c.Translator.Equate(x.Type.Size, shape.Aggregate(Dim.One, (size, dim) => size * dim),
            $"Reshape: {Escaped(c.Text(0))} has {{0}} elements, the new shape has {{1}}", c.At,
            c.Translator.Failure(place => ErrorTexts.Elements(place(x.Type.Size), Translator.Shape(shape, place), place(shape.Aggregate(Dim.One, (size, dim) => size * dim)))));
        return c.Graph.Reshape(x, shape);
    }

    private static Node Permute(SurfaceCall c)
    {
        int[] order = [.. c.Method.Parameters.Skip(1).Select(p => Axis(c, p.Name))];
        if (order.Distinct().Count() != order.Length)
            throw new Rejected(Diagnostics.NoPermutation, c.At, string.Join(", ", order), $"{order.Length - 1}");
        return c.Graph.Permute(c.Node(0), order);
    }

    /// <summary>The last two axes change places.</summary>
    private static Node Transpose(Node x)
    {
        var rank = x.Type.Rank;
        return x.Graph.Permute(x, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }

    private static Node Concat(SurfaceCall c)
    {
        var (axis, count) = (Axis(c, "axis"), Arrays(c));
        for (var i = 1; i < count; i++)
            for (var other = 0; other < c.Node(0).Type.Rank; other++)
                if (other != axis) c.Translator.Equate("Concat", c.Side(0, other), c.Side(i, other), c.At,
                    c.Translator.Failure(place => ErrorTexts.OtherAxes(Translator.Shape(c.Node(0).Type.Shape, place), Translator.Shape(c.Node(i).Type.Shape, place), axis)));
        return c.Graph.Concat(Enumerable.Range(0, count).Select(c.Node), axis);
    }

    private static Node Stack(SurfaceCall c)
    {
        var (axis, count) = (Axis(c, "axis", more: 1), Arrays(c));
        for (var i = 1; i < count; i++)
            for (var other = 0; other < c.Node(0).Type.Rank; other++) c.Translator.Equate("Stack", c.Side(0, other), c.Side(i, other), c.At);
        return c.Graph.Concat(Enumerable.Range(0, count).Select(c.Node).Select(x => c.Graph.Reshape(x, Inserted(x, axis, Dim.One))), axis);
    }

    /// <summary>How many arguments come before the axis.</summary>
    private static int Arrays(SurfaceCall c) => Position(c, "axis") is >= 0 and var axis ? axis : c.Count;

    private static EquatableArray<Dim> Inserted(Node x, int axis, Dim length) => x.Type.Shape.Items.Insert(axis, length).ToEquatable();

    /// <summary>Low and high of a vector, or a pair for each axis, then the value.</summary>
    private static Node Pad(SurfaceCall c)
    {
        var (x, value) = (c.Node(0), c.Node(c.Count - 1));
        var counts = Enumerable.Range(1, c.Count - 2).SelectMany(i => c.Arguments[i].Leaves.Select(leaf => (Node: leaf, At: i)))
            .Select(p => Simplify.AsDim(p.Node) ?? throw new Rejected(Diagnostics.UnknownSize, c.Sources[p.At].Syntax, $"'{c.Text(p.At)}'")).ToList();
        foreach (var count in counts) NotNegative(c, count);
        Dim[] low = [.. counts.Where((_, i) => i % 2 == 0)], high = [.. counts.Where((_, i) => i % 2 == 1)];
        if (value is Const { Value: 0 }) return c.Graph.Pad(x, low, high);
        var filled = c.Graph.Fill(value, x.Type.Shape.Select((dim, axis) => low[axis] + dim + high[axis]));
        return c.Graph.Update(filled, x, low.Select(c.Graph.Size), UpdateMode.Set);
    }

    private static Node Repeat(SurfaceCall c)
    {
        var (x, n, axis) = (c.Node(0), c.Dim(1), Axis(c, "axis"));
        NotNegative(c, n);
        return Repeated(x, axis + 1, axis, n);
    }

    private static Node Tile(SurfaceCall c)
    {
        var x = c.Node(0);
        for (var axis = 0; axis < c.Count - 1; axis++)
        {
            NotNegative(c, c.Dim(axis + 1));
            x = Repeated(x, axis, axis, c.Dim(axis + 1));
        }
        return x;
    }

    /// <summary>A new axis of n equal items at <paramref name="at"/>, made one with <paramref name="axis"/>.</summary>
    private static Node Repeated(Node x, int at, int axis, Dim n)
    {
        var wide = x.Graph.Expand(x, Inserted(x, at, n), Enumerable.Range(0, x.Type.Rank).Select(i => i < at ? i : i + 1));
        return x.Graph.Reshape(wide, x.Type.Shape.Select((dim, i) => i == axis ? dim * n : dim));
    }

    private static Node Take(SurfaceCall c)
    {
        var (at, axis) = (c.Node(1), Axis(c, "axis"));
        return FromFront(c.Graph.Gather(c.Node(0), [at], [axis]), axis, at.Type.Rank);
    }

    private static Node Gather(SurfaceCall c)
    {
        for (var i = 2; i < c.Count; i++) c.Translator.Equate("Gather", c.Side(1, 0), c.Side(i, 0), c.At);
        return c.Graph.Gather(c.Node(0), Enumerable.Range(1, c.Count - 1).Select(c.Node), Enumerable.Range(0, c.Count - 1));
    }

    private static Node ScatterAdd(SurfaceCall c)
    {
        var (x, last) = (c.Node(0), c.Count - 1);
        // One place an update: the updates are items of x; several: they are elements.
        var items = last > 2 ? null : c.Translator.Failure(place =>
            ErrorTexts.Shapes("ScatterAdd", Translator.Shape([c.Node(1).Type.Shape[0], .. x.Type.Shape.Skip(1)], place), Translator.Shape(c.Node(last).Type.Shape, place)));
        for (var i = 1; i < last; i++) c.Translator.Equate("ScatterAdd", c.Side(last, 0), c.Side(i, 0), c.At, items);
        for (var axis = last - 1; axis < x.Type.Rank; axis++) c.Translator.Equate("ScatterAdd", c.Side(0, axis), c.Side(last, axis - last + 2), c.At, items);
        return x + c.Graph.ScatterAdd(c.Node(last), Enumerable.Range(1, last - 1).Select(c.Node), Enumerable.Range(0, last - 1), x.Type.Shape);
    }

    private static Node OneHot(SurfaceCall c)
    {
        var (at, n, rank) = (c.Node(0), c.Dim(1), c.Node(0).Type.Rank);
        NotNegative(c, n);
        Dim[] shape = [.. at.Type.Shape, n];
        var hot = c.Graph.Apply(ScalarOp.Equal, c.Graph.Expand(at, shape, Enumerable.Range(0, rank)), c.Graph.Iota(shape, rank));
        return c.Graph.Cast(hot, ResultElement(c));
    }

    /// <summary>A vector on a diagonal of zeros, or the diagonal of a matrix.</summary>
    private static Node Diagonal(Node x)
    {
        var g = x.Graph;
        if (x.Type.Rank == 2)
        {
            var along = g.Iota([Dim.Min(x.Type.Shape[0], x.Type.Shape[1])], 0);
            return g.Gather(x, [along, along], [0, 1]);
        }
        Dim[] shape = [x.Type.Shape[0], x.Type.Shape[0]];
        var rows = g.Expand(x, shape, [0]);
        return g.Select(g.Apply(ScalarOp.Equal, g.Iota(shape, 0), g.Iota(shape, 1)), rows, g.Fill(0, rows));
    }

    private static Node Triangle(SurfaceCall c, ScalarOp inside)
    {
        var (g, x) = (c.Graph, c.Node(0));
        var (row, column) = (g.Iota(x.Type.Shape, x.Type.Rank - 2), g.Iota(x.Type.Shape, x.Type.Rank - 1));
        return g.Select(g.Apply(inside, column - row, g.Fill(c.Node(1), x.Type.Shape)), x, g.Fill(0, x));
    }

    /// <summary>start (1 - t) + stop t, exact at both ends.</summary>
    private static Node Linspace(SurfaceCall c)
    {
        var (g, n) = (c.Graph, c.Dim(2));
        NotNegative(c, n);
        var steps = g.Cast(g.Size(Dim.Max(n - 1, Dim.One)), c.Node(0).Type.Element);
        var t = g.Cast(g.Iota([n], 0), c.Node(0).Type.Element) / g.Fill(steps, [n]);
        return g.Fill(c.Node(0), [n]) * (g.One(t) - t) + g.Fill(c.Node(1), [n]) * t;
    }

    private static Node Differences(SurfaceCall c)
    {
        var (x, axis) = (c.Node(0), Axis(c, "axis"));
        NeedElements(c, x, [axis]);
        return Part(1) - Part(0);

        Node Part(int start) => c.Graph.Slice(x, x.Type.Shape.Select((_, i) => c.Graph.Const(i == axis ? start : 0, ElementType.Int32)),
            x.Type.Shape.Select((dim, i) => i == axis ? dim - 1 : dim));
    }

    private static void NotNegative(SurfaceCall c, Dim n) => c.Translator.AtMost(Dim.Zero, n, $"{c.Name}: a length is not negative, got {{1}}", c.At, c.Scope,
        failure: c.Translator.OutOfRange(ErrorTexts.Length, place => ErrorTexts.NotNegative(c.Name, place(n))));

    /// <summary>The lengths that a call states, none of them negative.</summary>
    private static Dim[] Lengths(SurfaceCall c, int first, int count)
    {
        Dim[] lengths = [.. Enumerable.Range(first, count).Select(c.Dim)];
        foreach (var n in lengths) NotNegative(c, n);
        return lengths;
    }

    private static string Escaped(string text) => text.Replace("{", "{{").Replace("}", "}}");
}
