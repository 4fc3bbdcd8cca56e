using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Factors of a number that the groups share leave the sum of it over the groups: sum(c x) is c sum(x). So what the groups sum is computed with fewer
/// products, and sums that differ in such factors are one. Changes rounding only.
/// </summary>
internal sealed class SharedFactors(Graph graph) : AfterSums(graph)
{
    protected override bool CanMove(Result result) => result.Type.Rank == 0;

    protected override Func<Node, Part> Parts(IReadOnlyCollection<Node> shared) => new Product(new SharedValues(shared)).Apart;

    // What is computed with the factors for other results, too, would be computed twice.
    protected override bool IsWorth(Func body, Func rest) => Operations(rest) < Operations(body);

    private static int Operations(Func f) => f.Nodes.Count(n => n is Apply);

    private sealed class Product(SharedValues shared)
    {
        /// <summary>A product without its shared factors and divisors.</summary>
        public Part Apart(Node x)
        {
            switch (x)
            {
                case Apply { Op: ScalarOp.Multiply } n when shared[n.Operands[0]]: return Then(Apart(n.Operands[1]), (y, outside) => outside(n.Operands[0]) * y);
                case Apply { Op: ScalarOp.Multiply } n when shared[n.Operands[1]]: return Then(Apart(n.Operands[0]), (y, outside) => y * outside(n.Operands[1]));
                case Apply { Op: ScalarOp.Divide } n when shared[n.Operands[1]]: return Then(Apart(n.Operands[0]), (y, outside) => y / outside(n.Operands[1]));
                case Apply { Op: ScalarOp.Negate } n: return Inside(Apart(n.Operands[0]), y => -y, x);
                case Apply { Op: ScalarOp.Multiply } n:
                    var (a, b) = (Apart(n.Operands[0]), Apart(n.Operands[1]));
                    if (a.Over is null) return Inside(b, y => n.Operands[0] * y, x);
                    if (b.Over is null) return Inside(a, y => y * n.Operands[1], x);
                    return new(a.Own * b.Own, (y, outside) => a.Over(b.Over(y, outside), outside));
                default: return new(x, null);
            }
        }

        private static Part Then(Part part, Func<Node, Func<Node, Node>, Node> step) =>
            new(part.Own, part.Over is { } over ? (y, outside) => step(over(y, outside), outside) : step);

        private static Part Inside(Part part, Func<Node, Node> operation, Node same) => part with { Own = part.Over is null ? same : operation(part.Own) };
    }
}
