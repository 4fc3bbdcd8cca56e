using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Frontend;

/// <summary>Differences of run-time ints that sizes decide: the extent of x[i..(i + 3)] is 3 whatever i is.</summary>
internal static class Affine
{
    /// <summary>a - b, if the parts known only at run time cancel.</summary>
    public static Dim? Difference(Node a, Node b)
    {
        var terms = new Dictionary<Node, Dim>();
        var constant = Dim.Zero;
        Add(a, Dim.One);
        Add(b, Dim.Constant(-1));
        return terms.Values.All(factor => factor.IsConstant(0)) ? constant : null;

        void Add(Node x, Dim factor)
        {
            if (Simplify.AsDim(x) is { } dim) constant += factor * dim;
            else if (x is Apply { Op: ScalarOp.Add or ScalarOp.Subtract } sum)
            {
                Add(x.Operands[0], factor);
                Add(x.Operands[1], sum.Op == ScalarOp.Add ? factor : -factor);
            }
            else if (x is Apply { Op: ScalarOp.Negate }) Add(x.Operands[0], -factor);
            else if (x is Apply { Op: ScalarOp.Multiply } && Simplify.AsDim(x.Operands[0]) is { } left) Add(x.Operands[1], factor * left);
            else if (x is Apply { Op: ScalarOp.Multiply } && Simplify.AsDim(x.Operands[1]) is { } right) Add(x.Operands[0], factor * right);
            else terms[x] = terms.TryGetValue(x, out var known) ? known + factor : factor;
        }
    }
}
