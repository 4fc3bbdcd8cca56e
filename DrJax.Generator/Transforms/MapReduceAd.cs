using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Derivatives of reductions over groups, in MapReduce terms:
/// sum → broadcast of the cotangent; mean → broadcast of the cotangent over n; max and min → a select in every group against the broadcast
/// extremum, shared among ties. (The transpose of broadcast is the sum; that of a map is the map of its body's.)
/// </summary>
internal static class MapReduceAd
{
    public static Node Cotangent(Regions regions, PlacedReduce n, Node y, Node ct)
    {
        var g = n.Graph;
        switch (n.Kind)
        {
            case PlacedReduceKind.Sum: return g.Broadcast(ct, n.Placement);
            case PlacedReduceKind.Mean:
                var groups = g.Cast(g.Size(n.Placement.Size), ct.Type.Element);
                return g.Broadcast(regions.Lift("divide", x => x[0] / g.Fill(x[1], x[0].Type.Shape), ct, groups), n.Placement);
            default:
                var extremum = g.Broadcast(y, n.Placement);
                var share = g.Broadcast(regions.Lift("share", x => x[0] / x[1], ct, Count(regions, n.X, extremum)), n.Placement);
                return Chosen(regions, n.X, extremum, share);
        }
    }

    public static Node ExtremumTangent(Regions regions, Node x, Node y, Node tangent)
    {
        var extremum = y.Graph.Broadcast(y, x.Type.Placements[0]);
        var sum = y.Graph.PlacedReduce(PlacedReduceKind.Sum, Chosen(regions, x, extremum, tangent));
        return regions.Lift("share", v => v[0] / v[1], sum, Count(regions, x, extremum));
    }

    private static Node Count(Regions regions, Node x, Node extremum) => x.Graph.PlacedReduce(PlacedReduceKind.Sum,
        regions.Lift("ties", v => Ties.Indicator(x.Graph, x.Graph.Apply(ScalarOp.Equal, v[0], v[1]), v[0]), x, extremum));

    /// <summary>The value in the groups that attain the extremum, 0 in the others.</summary>
    private static Node Chosen(Regions regions, Node x, Node extremum, Node value) =>
        regions.Lift("choose", v => x.Graph.Select(x.Graph.Apply(ScalarOp.Equal, v[0], v[1]), v[2], x.Graph.Fill(0, v[2])), x, extremum, value);
}
