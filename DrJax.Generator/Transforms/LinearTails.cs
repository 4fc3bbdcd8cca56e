using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// A linear map with coefficients that the groups share, at the end of what they sum, is applied once to the sum: of sum(W'v) over the groups only
/// sum(v) is theirs. What is summed is never larger than the coefficients, or than what was summed before. Changes rounding only.
/// </summary>
internal sealed class LinearTails(Graph graph) : AfterSums(graph)
{
    protected override bool CanMove(Result result) => true;

    protected override Func<Node, Part> Parts(IReadOnlyCollection<Node> shared) => x => Tail.Of(x, shared) is { } tail ? new(tail.Head, tail.Over) : new(x, null);

    protected override bool IsWorth(Func body, Func rest) => true;

    /// <summary>The linear operations after <see cref="Head"/>, outermost first, and what each does to its operand.</summary>
    private sealed class Tail
    {
        private readonly List<Func<Node, Func<Node, Node>, Node>> steps = [];

        public Node Head { get; private set; } = null!;

        public Node Over(Node sum, Func<Node, Node> outside) => Enumerable.Reverse(steps).Aggregate(sum, (x, step) => step(x, outside));

        /// <summary>Null if nothing of the end is worth moving: a sum of the rest must spare work or memory in the groups.</summary>
        public static Tail? Of(Node x, IEnumerable<Node> shared)
        {
            var dependence = new SharedValues(shared);
            var (tail, worth) = (new Tail(), 0);
            while (Step(x, dependence) is { } step)
            {
                tail.steps.Add(step.Over);
                x = step.Operand;
                if (step.IsWorth) (worth, tail.Head) = (tail.steps.Count, x);
            }
            tail.steps.RemoveRange(worth, tail.steps.Count - worth);
            return worth == 0 ? null : tail;
        }

        /// <summary>Takes one operation off. Structure and factors alone are not worth it: they cost the groups next to nothing.</summary>
        private static (Node Operand, bool IsWorth, Func<Node, Func<Node, Node>, Node> Over)? Step(Node node, SharedValues shared) => node switch
        {
            Apply { Op: ScalarOp.Negate } n => (n.Operands[0], false, (x, _) => -x),
            Apply { Op: ScalarOp.Multiply } n when shared[n.Operands[0]] => (n.Operands[1], false, (x, outside) => outside(n.Operands[0]) * x),
            Apply { Op: ScalarOp.Multiply } n when shared[n.Operands[1]] => (n.Operands[0], false, (x, outside) => x * outside(n.Operands[1])),
            Apply { Op: ScalarOp.Divide } n when shared[n.Operands[1]] => (n.Operands[0], false, (x, outside) => x / outside(n.Operands[1])),
            Permute n => (n.X, false, (x, _) => x.Graph.Permute(x, n.Order)),
            Expand n => (n.X, true, (x, _) => x.Graph.Expand(x, n.Type.Shape, n.Axes)),
            Pad n => (n.X, true, (x, _) => x.Graph.Pad(x, n.Low, n.High)),
            Contract n when shared[n.A] && n.Axes.FreeB(n.B.Type.Rank).IsEmpty => (n.B, true, (x, outside) => x.Graph.Contract(outside(n.A), x, n.Axes)),
            Contract n when shared[n.B] && n.Axes.FreeA(n.A.Type.Rank).IsEmpty => (n.A, true, (x, outside) => x.Graph.Contract(x, outside(n.B), n.Axes)),
            _ => null,
        };
    }
}
