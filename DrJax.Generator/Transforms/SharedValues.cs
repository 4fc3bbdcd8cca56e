using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>Which values of a map's body are the same in every group.</summary>
/// <param name="parameters">The body's parameters that are.</param>
internal sealed class SharedValues(IEnumerable<Node> parameters)
{
    private readonly Dictionary<Node, bool> known = parameters.ToDictionary(p => p, _ => true);

    public bool this[Node node] => known.TryGetValue(node, out var shared) ? shared
        : known[node] = node is not (Param or Region or Result or GroupIndex) && !Ragged.DependsOnGroup(node) && node.Operands.All(o => this[o]);

    /// <summary>What the parameters of a map's body are outside of it, where that is the same in every group.</summary>
    public static Dictionary<Node, Node> Operands(Map map)
    {
        var shared = new Dictionary<Node, Node>();
        for (var i = 0; i < map.Operands.Length; i++)
            if (map.Operands[i] is Broadcast { X: { Type.IsPlaced: false } x }) shared[map.Body.Parameters[i]] = x;
        return shared;
    }
}
