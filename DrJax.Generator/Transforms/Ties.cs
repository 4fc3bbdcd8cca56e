using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>Where an extremum is attained: the derivative of a maximum is shared by all elements that attain it.</summary>
internal static class Ties
{
    /// <summary>For y = max(x) over <paramref name="axes"/>: the elements of x equal to y, and how many they are for each y.</summary>
    public static (Node Attained, Node Count) Of(Graph g, Node x, Node y, IEnumerable<int> axes)
    {
        var kept = Enumerable.Range(0, x.Type.Rank).Except(axes);
        var attained = g.Apply(ScalarOp.Equal, x, g.Expand(y, x.Type.Shape, kept));
        return (attained, g.Sum(Indicator(g, attained, x), axes));
    }

    public static Node Indicator(Graph g, Node condition, Node like) => g.Select(condition, g.One(like), g.Fill(0, like));
}
