using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

/// <summary>
/// A closed function of the IR: its results depend on its own parameters only (and on symbolic sizes, which are the entry program's).
/// Bodies of loops, branches and maps, helpers and whole programs are all functions. Compared by reference; transformations memoise on it.
/// </summary>
internal sealed class Func(string name, ImmutableArray<Param> parameters, ImmutableArray<Node> results)
{
    public string Name { get; } = name;

    public ImmutableArray<Param> Parameters { get; } = parameters;

    public ImmutableArray<Node> Results { get; } = results;

    /// <summary>The derivative that a user gave the function, if one did. Calls of such a function stay calls until they are differentiated.</summary>
    public CustomRule? Rule { get; init; }

    /// <summary>Every node that the results depend on, operands first: the order of first use in the results, which is deterministic.</summary>
    public IReadOnlyList<Node> Nodes => field ??= Order();

    private List<Node> Order()
    {
        var order = new List<Node>();
        var seen = new HashSet<Node>();
        var stack = new Stack<(Node Node, int Next)>();
        foreach (var root in Results)
        {
            if (seen.Add(root)) stack.Push((root, 0));
            while (stack.Count > 0)
            {
                var (node, next) = stack.Pop();
                if (next == node.Operands.Length)
                {
                    order.Add(node);
                    continue;
                }
                stack.Push((node, next + 1));
                if (seen.Add(node.Operands[next])) stack.Push((node.Operands[next], 0));
            }
        }
        return order;
    }

    public override string ToString() => Name;
}
