using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>
/// Grad, ValueAndGrad, Jvp, Vjp and Hvp with respect to the first argument: its floating leaves are the variables; what the function
/// captures and its other arguments are constants.
/// </summary>
internal sealed partial class Translator
{
    /// <summary>The function to differentiate, closed: variables first, then constants.</summary>
    private sealed record Differentiated(Func Function, ImmutableArray<Node> Operands, Value First, Value Result)
    {
        public EquatableArray<bool> Active => Function.Parameters.Select((_, i) => i < Variables).ToEquatable();

        public int Variables => First.Leaves.Count(leaf => leaf.Type.IsDifferentiable);
    }

    /// <param name="c">The call.</param>
    /// <param name="others">The first of the function's other arguments.</param>
    private Differentiated Differentiate(SurfaceCall c, int others)
    {
        var s = c.Scope;
        var region = new Region(session, s.Region, s.Region.Placement);
        var f = c.Function(0);
        var first = c.Arguments[1];
        var (parameters, operands) = (new List<Param>(), new List<Node>());
        var variables = first.Select(leaf =>
        {
            if (!leaf.Type.IsDifferentiable) return region.Import(leaf, s.Region, c.Text(1));
            operands.Add(leaf);
            parameters.Add(Graph.Param(f.Symbol.Parameters[0].Name, leaf.Type));
            return parameters[parameters.Count - 1];
        });
        if (parameters.Count == 0)
            throw new Rejected(Diagnostics.NotDifferentiable, SourceOf(c, 1),
                $"{c.Name}: '{c.Text(1)}' has no float or double to differentiate by");
        var constants = c.Arguments.Skip(others).Select((a, i) => a.Select(leaf => region.Import(leaf, s.Region, c.Text(i + others))));
        var inside = s.Inside(region);
        DeclareThrown(inside);
        var result = c.Invoke(f, [variables, .. constants], inside);
        RethrowFromCall(inside, parameters, operands, s);
        if (!result.IsData) throw new Rejected(Diagnostics.Closure, c.At, "differentiated");
        return new Differentiated(region.Close(f.Body is null ? f.Symbol.Name : "lambda", parameters, result.Leaves),
            [.. operands, .. region.Operands], first, result);
    }

    private static SyntaxNode SourceOf(SurfaceCall c, int i) => i < c.Sources.Length ? c.Sources[i].Syntax : c.At;

    public Value Gradient(SurfaceCall c, bool withValue)
    {
        var d = Differentiate(c, others: 2);
        var results = new Queue<Node>(Graph.Call(session.Derivatives.Vjp(d.Function, d.Active), [.. d.Operands, One(d, c)]));
        var value = new Data(results.Dequeue());
        var gradient = Tangent(d.First, results);
        return withValue ? Parts.Tuple(value, gradient) : gradient;
    }

    /// <summary>The gradient of the first item of a function's pair; the second takes no part in it.</summary>
    public Value GradientAux(SurfaceCall c)
    {
        var d = Differentiate(c, others: 2);
        if (d.Result is not Parts { Fields: [var loss, var aux] } || loss.Value is not Data { Node: { Type: { IsScalar: true, IsDifferentiable: true, IsPlaced: false } } y })
            throw new Rejected(Diagnostics.NotDifferentiable, SourceOf(c, 0), $"{c.Name}: '{c.Text(0)}' must give one float or double and something beside it");
        var others = aux.Value.Leaves.Where(leaf => leaf.Type.IsDifferentiable).Select(leaf => DerivativeProgram.Zero(leaf));
        var results = new Queue<Node>(Graph.Call(session.Derivatives.Vjp(d.Function, d.Active), [.. d.Operands, Graph.One(y), .. others]));
        var (value, beside) = (new Data(results.Dequeue()), aux.Value.Select(_ => results.Dequeue()));
        return Parts.Tuple(value, beside, Tangent(d.First, results));
    }

    public Value ForwardDerivative(SurfaceCall c)
    {
        var d = Differentiate(c, others: 3);
        var results = new Queue<Node>(Graph.Call(session.Derivatives.Jvp(d.Function, d.Active),
            [.. d.Operands, .. Tangents(d.First, 1, 2, c)]));
        return Parts.Tuple(d.Result.Select(_ => results.Dequeue()), Tangent(d.Result, results));
    }

    public Value ReverseDerivative(SurfaceCall c)
    {
        var d = Differentiate(c, others: 3);
        var forward = new Queue<Node>(Graph.Call(d.Function, d.Operands));
        var value = d.Result.Select(_ => forward.Dequeue());
        var cotangent = c.Invoke(c.Function(2), [value], c.Scope);
        var pairs = value.Leaves.Zip(cotangent.Leaves, (x, ct) => (x, ct)).Where(p => p.x.Type.IsDifferentiable).ToList();
        foreach (var (x, ct) in pairs) SameShape(x, ct, "the result", c.Text(2), c);
        var results = new Queue<Node>(Graph.Call(session.Derivatives.Vjp(d.Function, d.Active),
            [.. d.Operands, .. pairs.Select(p => p.ct)]).Skip(d.Function.Results.Length));
        return Parts.Tuple(value, Tangent(d.First, results));
    }

    public Value HessianProduct(SurfaceCall c)
    {
        var d = Differentiate(c, others: 3);
        return Tangent(d.First, new Queue<Node>(Graph.Call(HessianProductOf(d, c), [.. d.Operands, .. Tangents(d.First, 1, 2, c)]).Skip(d.Variables)));
    }

    /// <summary>The gradient, and H v: the derivative of the gradient along v, forward over reverse. H is symmetric, so where a function on the
    /// way has a reverse rule only, reverse over reverse serves.</summary>
    private Func HessianProductOf(Differentiated d, SurfaceCall c)
    {
        var gradient = GradientOf(d, c);
        return session.Derivatives.HasForward(gradient) ? session.Derivatives.Jvp(gradient, d.Active) : session.Derivatives.Vjp(gradient, d.Active);
    }

    /// <summary>The gradient as a function of the same parameters.</summary>
    private Func GradientOf(Differentiated d, SurfaceCall c)
    {
        var parameters = Graph.Fresh(d.Function.Parameters);
        var results = Graph.Call(session.Derivatives.Vjp(d.Function, d.Active), [.. parameters, One(d, c)]);
        return new Func(d.Function.Name + ".gradient", parameters, results.RemoveAt(0));
    }

    private Node One(Differentiated d, SurfaceCall c) =>
        d.Function.Results is [{ Type: { IsScalar: true, IsDifferentiable: true, IsPlaced: false } } y]
            ? Graph.One(y)
            : throw new Rejected(Diagnostics.NotDifferentiable, SourceOf(c, 0), $"{c.Name}: '{c.Text(0)}' must give one float or double");

    /// <summary>The directions for the floating leaves of an argument.</summary>
    private List<Node> Tangents(Value of, int argument, int direction, SurfaceCall c)
    {
        var pairs = of.Leaves.Zip(c.Arguments[direction].Leaves, (x, t) => (x, t)).Where(p => p.x.Type.IsDifferentiable).ToList();
        foreach (var (x, t) in pairs) SameShape(x, t, c.Text(argument), c.Text(direction), c);
        return [.. pairs.Select(p => p.t)];
    }

    private void SameShape(Node x, Node y, string nameX, string nameY, SurfaceCall c)
    {
        if (x.Type.Rank != y.Type.Rank) throw new IrException($"{c.Name}: {nameX} is {x.Type}, {nameY} is {y.Type}");
        for (var axis = 0; axis < x.Type.Rank; axis++) Equate(c.Name, new Side(x, axis, nameX), new Side(y, axis, nameY), c.At);
    }

    /// <summary>A tree of derivatives: of the floating leaves in order, zeros for the others.</summary>
    private Value Tangent(Value of, Queue<Node> derivatives) =>
        of.Select(leaf => leaf.Type.IsDifferentiable ? derivatives.Dequeue() : DerivativeProgram.Zero(leaf));
}
