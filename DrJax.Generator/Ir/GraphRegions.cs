using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

/// <content>Nodes that hold functions, and MapReduce.</content>
internal sealed partial class Graph
{
    public ImmutableArray<Node> Call(Func callee, IEnumerable<Node> arguments, bool isCheckpoint = false)
    {
        ImmutableArray<Node> x = [.. arguments];
        RequireArguments(callee, x);
        return Results(new Call(callee, x, isCheckpoint));
    }

    public ImmutableArray<Node> Branch(Node condition, Func then, Func otherwise, IEnumerable<Node> arguments)
    {
        ImmutableArray<Node> x = [.. arguments];
        Require(condition.Type.Equals(ValueType.Scalar(ElementType.Bool)), $"branch on {condition.Type}");
        RequireArguments(then, x);
        RequireArguments(otherwise, x);
        Require(then.Results.Select(r => r.Type).SequenceEqual(otherwise.Results.Select(r => r.Type)), $"branch: {then} and {otherwise} return different types");
        return Results(new Branch(condition, then, otherwise, x));
    }

    /// <summary>A loop of as many trips as a size says.</summary>
    public ImmutableArray<Node> Loop(Dim trips, bool reverse, Func body, IEnumerable<Node> initial, IEnumerable<Node> invariants) =>
        Loop(new LoopTrips.Fixed(trips), null, reverse, body, initial, invariants);

    /// <summary>A loop of as many trips as an int scalar says, which is known when the loop starts; a size or constant makes it a loop of a fixed count.</summary>
    public ImmutableArray<Node> Loop(Node count, bool reverse, Func body, IEnumerable<Node> initial, IEnumerable<Node> invariants) =>
        Simplify.AsDim(count) is { } size
            ? Loop(size.IsNonNegative ? size : Dim.Max(Dim.Zero, size), reverse, body, initial, invariants)
            : Loop(new LoopTrips.Given(), count, reverse, body, initial, invariants);

    /// <summary>A loop that runs while a function of the body's parameters returns true.</summary>
    public ImmutableArray<Node> While(Func condition, Func body, IEnumerable<Node> initial, IEnumerable<Node> invariants) =>
        Loop(new LoopTrips.While(condition), null, reverse: false, body, initial, invariants);

    /// <summary>A loop of any kind; <paramref name="count"/> is the number of trips of a <see cref="LoopTrips.Given"/>.</summary>
    public ImmutableArray<Node> Loop(LoopTrips trips, Node? count, bool reverse, Func body, IEnumerable<Node> initial, IEnumerable<Node> invariants)
    {
        ImmutableArray<Node> start = [.. initial], rest = [.. invariants];
        ImmutableArray<Node> arguments = [Const(0, ElementType.Int32), .. start, .. rest];
        RequireArguments(body, arguments);
        for (var i = 0; i < start.Length; i++)
            Require(body.Results[i].Type.Equals(start[i].Type), $"loop: carried value {i} changes from {start[i].Type} to {body.Results[i].Type}");
        Require(trips is LoopTrips.Given ? count?.Type.Equals(ValueType.Scalar(ElementType.Int32)) == true : count is null, $"loop: {count?.Type} as the number of trips");
        if (trips is LoopTrips.While { Condition: var condition })
        {
            RequireArguments(condition, arguments);
            Require(!reverse && condition.Results.Length == 1 && condition.Results[0].Type.Equals(ValueType.Scalar(ElementType.Bool)), $"loop: {condition} is no condition");
        }
        return Results(new Loop(trips, reverse, start.Length, body, [.. start, .. rest, .. count is null ? [] : new[] { count }]));
    }

    public Node Broadcast(Node x, Placement placement) => Intern(new Broadcast(x, placement));

    public ImmutableArray<Node> Map(Placement placement, Func body, IEnumerable<Node> operands)
    {
        ImmutableArray<Node> x = [.. operands];
        foreach (var operand in x)
            Require(operand.Type.Placements.Count > 0 && operand.Type.Placements[0].Equals(placement), $"map@{placement.Name} of {operand.Type}");
        Require(body.Parameters.Length == x.Length, $"map: {body} has {body.Parameters.Length} parameters, {x.Length} operands");
        for (var i = 0; i < x.Length; i++)
            Require(body.Parameters[i].Type.Equals(x[i].Type with { Placements = x[i].Type.Placements.Skip(1).ToEquatable() }),
                $"map: parameter {i} of {body} is {body.Parameters[i].Type}, operand {x[i].Type}");
        return Results(new Map(placement, body, x));
    }

    public Node PlacedReduce(PlacedReduceKind kind, Node x)
    {
        Require(x.Type.IsPlaced, $"{kind} of the unplaced {x.Type}");
        return Intern(new PlacedReduce(kind, x));
    }

    public Node Collect(Node x)
    {
        Require(x.Type.Placements.Count == 1, $"collect of {x.Type}");
        return x is Spread spread ? spread.X : Intern(new Collect(x));
    }

    public Node Spread(Node x, Placement placement)
    {
        Require(!x.Type.IsPlaced && x.Type.Rank > 0 && x.Type.Shape[0] == placement.Size, $"spread@{placement.Name} of {x.Type}");
        return x is Collect collect && collect.Placement.Equals(placement) ? collect.X : Intern(new Spread(x, placement));
    }

    private static void RequireArguments(Func callee, ImmutableArray<Node> arguments)
    {
        Require(callee.Parameters.Length == arguments.Length, $"{callee} takes {callee.Parameters.Length} arguments, not {arguments.Length}");
        for (var i = 0; i < arguments.Length; i++)
            Require(callee.Parameters[i].Type.Equals(arguments[i].Type), $"{callee}: argument {i} is {arguments[i].Type}, expected {callee.Parameters[i].Type}");
    }
}
