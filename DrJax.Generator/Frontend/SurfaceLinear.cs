using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Products and the normalisations of vectors.</summary>
internal static partial class Surface
{
    private static Node Dot(SurfaceCall c)
    {
        c.Translator.Equate("Dot", c.Side(0, 0), c.Side(1, 0), c.At);
        return c.Graph.Contract(c.Node(0), c.Node(1), new ContractAxes([], [], [0], [0]));
    }

    /// <summary>Two arrays of matrices: item by item, their leading axes the same. Otherwise the last axis of the first operand with the first of a vector or
    /// a matrix, and a matrix with every item of an array of matrices.</summary>
    private static Node MatMul(SurfaceCall c)
    {
        var (x, y, g) = (c.Node(0), c.Node(1), c.Graph);
        var (last, inner) = (x.Type.Rank - 1, Math.Max(y.Type.Rank - 2, 0));
        // Eager code meets items first, and then says the shapes of one.
        var ofItems = x.Type.Rank > 2 && y.Type.Rank > 2 ? Items(c, inner) : [];
        var (itemOfX, itemOfY) = (x.Type.Shape.Skip(Math.Max(x.Type.Rank - 2, 0)), y.Type.Shape.Skip(inner));
        c.Translator.Equate("MatMul", c.Side(0, last), c.Side(1, inner), c.At, c.Translator.Failure(place =>
            ErrorTexts.SummedAxis(Translator.Shape(itemOfX, place), Translator.Shape(itemOfY, place), place(x.Type.Shape[last]), place(y.Type.Shape[inner]))));
        if (y.Type.Rank <= 2) return g.Contract(x, y, new ContractAxes([], [], [last], [inner]));
        if (x.Type.Rank == 2) return g.Permute(g.Contract(x, y, new ContractAxes([], [], [last], [inner])), [1, 0, 2]);
        return g.Contract(x, y, new ContractAxes(ofItems, ofItems, [last], [inner]));
    }

    private static Node BatchDot(SurfaceCall c)
    {
        var last = c.Node(0).Type.Rank - 1;
        for (var axis = 0; axis <= last; axis++) c.Translator.Equate("BatchDot", c.Side(0, axis), c.Side(1, axis), c.At);
        var items = Enumerable.Range(0, last).ToEquatable();
        return c.Graph.Contract(c.Node(0), c.Node(1), new ContractAxes(items, items, [last], [last]));
    }

    /// <summary>The leading axes, which two operands share.</summary>
    private static EquatableArray<int> Items(SurfaceCall c, int count)
    {
        for (var k = 0; k < count; k++)
        {
            var axis = k;
            c.Translator.Equate(c.Name, c.Side(0, axis), c.Side(1, axis), c.At, c.Translator.Failure(place => ErrorTexts.Items(c.Name, Rest(0, place), Rest(1, place),
                place(c.Node(0).Type.Shape[axis]), place(c.Node(1).Type.Shape[axis]))));

            string Rest(int i, Func<Dim, string> place) => Translator.Shape(c.Node(i).Type.Shape.Skip(axis), place);
        }
        return Enumerable.Range(0, count).ToEquatable();
    }

    private static Node Softmax(SurfaceCall c)
    {
        var x = c.Node(0);
        var shifted = c.Graph.Apply(ScalarOp.Exp, x - c.Graph.Fill(Maximum(x), x.Type.Shape));
        return shifted / c.Graph.Fill(c.Graph.SumAll(shifted), x.Type.Shape);
    }

    private static Node LogSoftmax(SurfaceCall c)
    {
        var x = c.Node(0);
        return x - c.Graph.Fill(LogSumExp(x), x.Type.Shape);
    }

    /// <summary>Shifted by the greatest element, or by 0 where that is not finite (-inf - -inf would be NaN).</summary>
    private static Node LogSumExp(Node x)
    {
        var g = x.Graph;
        var max = Maximum(x);
        var shift = g.Select(IsFinite(max), max, g.Fill(0, max));
        return shift + g.Apply(ScalarOp.Log, g.SumAll(g.Apply(ScalarOp.Exp, x - g.Fill(shift, x.Type.Shape))));
    }

    /// <summary>The shift cancels, so it has no derivative.</summary>
    private static Node Maximum(Node x) => x.Graph.StopGradient(x.Graph.Reduce(ReduceKind.Max, x, [0]));
}
