using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Which nodes of a function get memory of their own. Everything else is computed where it is used. A node is materialised if it must be (its
/// consumers cannot pull single elements out of it), or if computing it again at every use would cost more than a store and a load.
/// </summary>
internal sealed class Materialise
{
    /// <summary>Above this many operations an expression is cut in two, so that no kernel outgrows the registers and the JIT.</summary>
    private const int LargestExpression = 48;

    /// <summary>Operations that are worth a store and a load, if they would otherwise run more than once.</summary>
    private const int WorthStoring = 3;

    private const int CostlyOperation = 16;

    private readonly HashSet<Node> chosen = [];
    private readonly Dictionary<Node, int> cost = [];
    private readonly Dictionary<Node, List<Node>> users = [];
    private readonly HashSet<Node> results;

    public Materialise(Func func)
    {
        results = [.. func.Results];
        foreach (var node in func.Nodes)
            foreach (var operand in node.Operands.Distinct())
            {
                if (!users.TryGetValue(operand, out var list)) users[operand] = list = [];
                list.Add(node);
            }
        foreach (var node in func.Nodes)
            if (!node.Type.IsPlaced && Choose(node)) chosen.Add(node);
    }

    public bool this[Node node] => chosen.Contains(node);

    public static bool IsLeaf(Node node) => node is Param or Const or Ir.Size or Iota;

    /// <summary>A rank-0 value that is a C# local.</summary>
    public static bool IsScalar(Node node) =>
        node.Type.IsScalar && !node.Type.IsPlaced && node is Apply or Cast or Gather or Reshape or Slice && node.Type.IsScalar;

    /// <summary>A view: its elements are elements of one materialised value or parameter at addresses linear in its indices.</summary>
    public bool IsView(Node node) => node switch
    {
        Param or Result { Region: Loop or Branch, Type.IsScalar: false } => true,
        StopGradient n => IsView(n.X),
        Recompute n => IsView(n.X),
        Expand n => IsView(n.X),
        Permute n => IsView(n.X),
        Slice n => IsView(n.X),
        Reshape n => n.X is Param || this[n.X] || (IsView(n.X) && MergesOnly(n)),
        _ => this[node],
    };

    private bool Choose(Node node)
    {
        cost[node] = Cost(node);
        if (Must(node) || UniqueScatters.IsCheck(node)) return true;
        if (node is Region or Result or PlacedReduce or Param or Const or Ir.Size || IsScalar(node)) return false;
        users.TryGetValue(node, out var uses);
        uses ??= [];
        if (uses.Any(u => NeedsMemory(u, node))) return !IsView(node);
        if (cost[node] > LargestExpression) return true;
        if (node is not (Apply or Cast or Gather)) return false;
        if (cost[node] < WorthStoring) return false;
        // An expansion computes it again along the new axes; several users compute it once each, and a result is stored anyway.
        return uses.Count > (results.Contains(node) ? 0 : 1) ? cost[node] >= WorthStoring : uses.Any(Repeats) && cost[node] > 1;
    }

    /// <summary>Nodes whose elements cannot be pulled one by one.</summary>
    private static bool Must(Node node) => node is Contract or MatrixFunction or ArgSort or Reduce or ArgReduce or ScatterAdd or Update or Pad or Concat or Collect;

    /// <summary>Consumers that read their operand through an address.</summary>
    private static bool NeedsMemory(Node user, Node operand) => user switch
    {
        Contract or ArgSort => true,
        MatrixFunction n => n.Read.Contains(operand),
        Spread => !operand.Type.IsScalar,
        Loop or Branch or Broadcast => !operand.Type.IsScalar && Simplify.Constant(operand) is null,
        Gather n => n.X == operand && operand is not (Apply { Type.IsScalar: true } or Iota),
        Slice n => n.X == operand && n.Starts.Any(s => s is not (Const or Ir.Size)),
        Reshape n => !MergesOnly(n),
        _ => false,
    };

    /// <summary>Consumers that read an element several times.</summary>
    private bool Repeats(Node user) => user switch
    {
        Expand => true,
        Permute or Reshape or Slice or StopGradient or Recompute => users.TryGetValue(user, out var next) && next.Any(Repeats),
        _ => false,
    };

    /// <summary>Whether the operand's index is linear in the result's: no operand axes have to be told apart.</summary>
    public static bool MergesOnly(Reshape n) =>
        ReshapeGroups.Of(n.X.Type.Shape, n.Type.Shape).All(g => g.From.Count(axis => !n.X.Type.Shape[axis].IsConstant(1)) <= 1);

    private int Cost(Node node)
    {
        var own = node switch
        {
            Apply n when OpTable.Row(n.Op).Costly => CostlyOperation,
            Apply { Op: ScalarOp.Divide or ScalarOp.Sqrt or ScalarOp.Remainder } => 4,
            Apply => 1,
            Gather => 2,
            _ => 0,
        };
        var read = node is Recompute ? node.Operands.Take(1) : node.Operands;
        return own + read.Sum(o => chosen.Contains(o) || IsScalar(o) ? 0 : cost.TryGetValue(o, out var c) ? c : 0);
    }
}
