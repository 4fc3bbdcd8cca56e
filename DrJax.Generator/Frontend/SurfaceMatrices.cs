using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Functions of matrices, and what is made of sorting.</summary>
internal static partial class Surface
{
    private static Node Cholesky(SurfaceCall c) => c.Graph.Cholesky(Square(c));

    private static Node SolveTriangular(SurfaceCall c) => WithSides(c, (t, b) => c.Graph.TriangularSolve(t, b, Flag(c, "upper"), Flag(c, "transposed")));

    private static Node CholeskySolve(SurfaceCall c) =>
        WithSides(c, (l, b) => c.Graph.TriangularSolve(l, c.Graph.TriangularSolve(l, b), transposed: true));

    private static Node Solve(SurfaceCall c) => WithSides(c, (a, b) => c.Graph.LuSolve(a, c.Graph.Lu(a), b));

    private static Node Inverse(SurfaceCall c)
    {
        var a = Square(c);
        return c.Graph.LuSolve(a, c.Graph.Lu(a), c.Graph.Identity(a.Type));
    }

    private static Node Determinant(SurfaceCall c, MatrixKind kind)
    {
        var a = Square(c);
        return c.Graph.MatrixFunction(new(kind), a, c.Graph.Lu(a));
    }

    private static Node Square(SurfaceCall c)
    {
        var a = c.Node(0);
        c.Translator.Equate(a.Type.Shape[0], a.Type.Shape[1], $"{c.Name}: a matrix of {{0}} rows and {{1}} columns is not square", c.At);
        return a;
    }

    /// <summary>A vector as right-hand side is one column.</summary>
    private static Node WithSides(SurfaceCall c, Func<Node, Node, Node> solve)
    {
        var (a, b) = (Square(c), c.Node(1));
        c.Translator.Equate(a.Type.Shape[0], b.Type.Shape[0], $"{c.Name}: the matrix has {{0}} rows, the right-hand side has {{1}}", c.At);
        return b.Type.Rank == 2 ? solve(a, b) : c.Graph.Reshape(solve(a, c.Graph.Reshape(b, [b.Type.Shape[0], Dim.One])), b.Type.Shape);
    }

    private static Node ArgSort(SurfaceCall c) => c.Graph.ArgSort(c.Node(0), Axis(c, "axis"), Flag(c, "descending"));

    private static Node Sort(SurfaceCall c) => Ordered(c.Node(0), ArgSort(c), Axis(c, "axis"));

    /// <summary>The elements of lines along an axis, in the given order.</summary>
    private static Node Ordered(Node x, Node order, int axis) => x.Graph.Gather(x,
        Enumerable.Range(0, x.Type.Rank).Select(i => i == axis ? order : x.Graph.Iota(order.Type.Shape, i)), Enumerable.Range(0, x.Type.Rank), Bounds.Clamped);

    private static Value TopK(SurfaceCall c)
    {
        var (x, k) = (c.Node(0), c.Dim(1));
        c.Translator.AtMost(Dim.Zero, k, "TopK: a number of elements is not negative, got {1}", c.At, c.Scope);
        c.Translator.AtMost(k, x.Type.Shape[0], "TopK: {0} elements of {1}", c.At, c.Scope);
        var order = c.Graph.Slice(c.Graph.ArgSort(x, 0, descending: true), [c.Graph.Const(0, ElementType.Int32)], [k]);
        return Parts.Tuple(new Data(Ordered(x, order, 0)), new Data(order));
    }

    private static Node Median(SurfaceCall c) => Quantile(c, c.Graph.Const(0.5, c.Node(0).Type.Element));

    private static Node Quantile(SurfaceCall c, Node q)
    {
        var x = c.Node(0);
        NeedElements(c, x, [0]);
        var g = c.Graph;
        var last = g.Size(x.Type.Shape[0] - 1);
        var sorted = Ordered(x, g.ArgSort(x, 0, descending: false), 0);
        var held = g.Apply(ScalarOp.Min, g.Apply(ScalarOp.Max, q, g.Fill(0, q)), g.Fill(1, q));
        var place = held * g.Cast(last, x.Type.Element);
        var floor = g.Apply(ScalarOp.Floor, place);
        var low = g.Cast(floor, ElementType.Int32);
        var high = g.Apply(ScalarOp.Min, low + g.Const(1, ElementType.Int32), last);
        var (lower, upper) = (g.At(sorted, low, Bounds.Clamped), g.At(sorted, high, Bounds.Clamped));
        return lower + (place - floor) * (upper - lower);
    }

    /// <summary>An argument that decides how something is computed.</summary>
    private static bool Flag(SurfaceCall c, string name)
    {
        var i = c.Method.Parameters.ToList().FindIndex(p => p.Name == name);
        if (i < 0) return false;
        return c.Node(i) is Const flag ? flag.Value != 0
            : throw new Rejected(Diagnostics.Flag, i < c.Sources.Length ? c.Sources[i].Syntax : c.At, c.Text(i), name, c.Name);
    }
}
