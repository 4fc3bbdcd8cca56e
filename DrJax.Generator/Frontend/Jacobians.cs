using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>Whole matrices of derivatives: one directional derivative for every unit vector, all at once.</summary>
internal sealed partial class Translator
{
    public Data Hessian(SurfaceCall c)
    {
        var d = Differentiate(c, others: 2);
        return new Data(Directions(HessianProductOf(d, c), d, d.First.Leaves.Single(), result: 1));
    }

    /// <summary>Row i is the derivative of result i: by columns (forward) if there are certainly fewer of them, else by rows.</summary>
    public Data Jacobian(SurfaceCall c)
    {
        var d = Differentiate(c, others: 2);
        var (x, y) = (d.First.Leaves.Single(), d.Result.Leaves.Single());
        return new Data((x.Type.Size - y.Type.Size).AsConstant is < 0 && session.Derivatives.HasForward(d.Function) ? Forward(d) : Reverse(d));
    }

    public Data ForwardJacobian(SurfaceCall c) => new(Forward(Differentiate(c, others: 2)));

    public Data ReverseJacobian(SurfaceCall c) => new(Reverse(Differentiate(c, others: 2)));

    /// <summary>One tangent for each element of the argument, whose axis comes last.</summary>
    private Node Forward(Differentiated d)
    {
        var tangents = Directions(session.Derivatives.Jvp(d.Function, d.Active), d, d.First.Leaves.Single(), result: 1);
        return Graph.Permute(tangents, [.. Enumerable.Range(1, tangents.Type.Rank - 1), 0]);
    }

    /// <summary>One cotangent for each element of the result.</summary>
    private Node Reverse(Differentiated d)
    {
        var y = d.Function.Results.Single();
        var gradients = Directions(session.Derivatives.Vjp(d.Function, d.Active), d, y, result: 1);
        return Graph.Reshape(gradients, y.Type.Shape.Concat(gradients.Type.Shape.Skip(1)));
    }

    /// <summary>A function whose last parameter is a direction, for every unit direction: a new first axis, over the elements of the direction.</summary>
    private Node Directions(Func function, Differentiated d, Node like, int result)
    {
        var size = like.Type.Size;
        var basis = Graph.Reshape(Units(size, like.Type.Element), like.Type.Shape.Items.Insert(0, size));
        var batched = function.Parameters.Select((_, i) => i == function.Parameters.Length - 1).ToEquatable();
        return Graph.Call(session.Derivatives.Vmap(function, size, batched), [.. d.Operands, basis])[result];
    }

    private const int FewDirections = 8;

    /// <summary>Unit vectors as rows. A known, small number of them are ones in zeros of padding, which need no arithmetic.</summary>
    private Node Units(Ir.Dim size, ElementType element)
    {
        if (size.AsConstant is { } count and <= FewDirections)
        {
            var one = Graph.Fill(1, ValueType.Array(element, Ir.Dim.One, Ir.Dim.One));
            return Graph.Concat(Enumerable.Range(0, (int)count).Select(i => Graph.Pad(one, [Ir.Dim.Zero, i], [Ir.Dim.Zero, size - 1 - i])), 0);
        }
        var square = new[] { size, size };
        var unit = Graph.Apply(ScalarOp.Equal, Graph.Iota(square, 0), Graph.Iota(square, 1));
        var ones = new ValueType(element, square.ToEquatable(), []);
        return Graph.Select(unit, Graph.Fill(1, ones), Graph.Fill(0, ones));
    }
}
