using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>Loops and branches: blocks inside the block.</summary>
internal sealed partial class BlockBuilder
{
    private void LowerLoop(Loop node)
    {
        var body = node.Body;
        var index = new Local(frame.Names.Unique(body.Parameters[0].Name), ElementType.Int32);
        var bindings = new Dictionary<Node, Storage> { [body.Parameters[0]] = new InLocal(Table.Local(index)) };
        var states = new Storage[node.Carried];
        var last = -1;
        var invariants = node.Invariants;
        for (var i = 0; i < node.Carried; i++)
        {
            states[i] = TakenOver(node, i) ?? StateOf(body.Parameters[i + 1], node.Initial[i], ref last);
            bindings[body.Parameters[i + 1]] = states[i];
        }
        for (var i = 0; i < invariants.Length; i++) bindings[body.Parameters[1 + node.Carried + i]] = new InOuter(this, invariants[i]);
        var limit = LimitOf(node, bindings);

        var swaps = ImmutableArray.CreateBuilder<(Buffer, Buffer)>();
        var results = new Target?[body.Results.Length];
        var stacks = new View[body.Results.Length];
        for (var i = 0; i < results.Length; i++)
            if (i >= node.Carried)
            {
                var all = Packed.Type(node.Types[i]);
                stacks[i] = node.Trips is not LoopTrips.Fixed ? View.Of(frame.NewStack("stack", all))
                    : node.Types[i].IsPlaced || Grows(node.Graph.Results(node)[i]) ? View.Of(frame.NewBuffer("stack", all))
                    : Place(node.Graph.Results(node)[i], "stack");
                results[i] = new Target(stacks[i].Entry(node.Types[i].Placements.Count, Table.Local(index)));
            }
            else if (states[i] is InMemory { View: var state })
            {
                var (name, type) = (state.Buffer.Name + "_next", Packed.Type(node.Types[i]));
                results[i] = new Target(() => View.Of(frame.NewBuffer(name, type)), home: state);
            }

        if (node.Trips is LoopTrips.Fixed trips) assured.Know(index, new IndexRange(Dim.Zero, trips.Count - 1));
        var inner = new BlockBuilder(frame, body, bindings, node.Trips is LoopTrips.Fixed { Count: var count } ? assured.Inside(count) : assured);
        var block = inner.Build([.. results]);
        for (var i = 0; i < node.Carried; i++)
            if (results[i] is { IsUsed: true } moved) swaps.Add((((InMemory)states[i]).View.Buffer, moved.View.Buffer));
        var assigned = Enumerable.Range(0, node.Carried).Where(i => states[i] is InLocal && body.Results[i] != body.Parameters[i + 1])
            .Select(i => (((LocalExpr)((InLocal)states[i]).Value).Local, inner.Reader.Read(body.Results[i], [])));
        var growing = stacks.Skip(node.Carried).Select(s => s.Buffer).Where(b => b.Kind == BufferKind.Stack);
        var position = Add(new LoopStep(index, limit, node.Reverse, block, swaps.ToImmutable(), [.. assigned], [.. growing], Heading(node)));
        for (var i = 0; i < node.Types.Length; i++)
            BindResult(node, i, i < node.Carried ? states[i] : new InMemory(stacks[i], Owned: true), position);
    }

    /// <summary>Whether a result goes to an entry of a stack that grows, which is there only where it is stored.</summary>
    private bool Grows(Node result) => Enumerable.Range(0, func.Results.Length)
        .Any(i => func.Results[i] == result && targets[i] is { Into: null, Home: null } target && target.View.Buffer.Kind == BufferKind.Stack);

    private LoopLimit LimitOf(Loop node, Dictionary<Node, Storage> bindings)
    {
        if (node.Trips is LoopTrips.Fixed trips) return new LoopLimit.Sized(trips.Count);
        if (node.Count is { } count)
        {
            if (Reader.Read(count, []) is LocalExpr { Local: var known }) return new LoopLimit.Counted(known);
            var local = new Local(frame.Names.Unique("trips"), ElementType.Int32);
            Add(new ScalarStep(local, Reader.Read(count, []), $"{local.Name} of the loop"));
            return new LoopLimit.Counted(local);
        }
        var condition = node.Condition!;
        var own = condition.Parameters.Select((p, i) => (p, Value: bindings[node.Body.Parameters[i]])).ToDictionary(x => (Node)x.p, x => x.Value);
        var inner = new BlockBuilder(frame, condition, own, assured);
        // What needs no step of its own is one expression.
        var block = inner.IsExpression ? new Block([]) : inner.Build([null]);
        return new LoopLimit.Running(block, inner.Reader.Read(condition.Results[0], []));
    }

    /// <summary>Whether all of a function can be computed where it is used.</summary>
    private bool IsExpression => func.Nodes.All(n => n is not (Region or Result or PlacedReduce) && !materialised[n]);

    private static string Heading(Loop node) => node.Trips switch
    {
        LoopTrips.Fixed trips => $"loop over {trips.Count}{(node.Reverse ? ", backwards" : "")}",
        LoopTrips.Given => $"loop of a given number of trips{(node.Reverse ? ", backwards" : "")}",
        _ => "loop while its condition holds",
    };

    /// <summary>The memory of an initial value that nothing else reads afterwards, if it is this method's own.</summary>
    private InMemory? TakenOver(Loop node, int carried) =>
        takenOver.Contains((node, carried)) && storage.TryGetValue(node.Operands[carried], out var value)
        && value is InMemory { Owned: true, View: var view } memory && view.Buffer.Kind == BufferKind.Scratch && view == View.Of(view.Buffer)
            ? memory
            : null;

    /// <summary>A carried value's home, holding its initial value.</summary>
    private Storage StateOf(Param parameter, Node initial, ref int last)
    {
        if (initial.Type.IsPlaced)
        {
            var (packed, from) = (View.Of(frame.NewBuffer(parameter.Name, Packed.Type(initial.Type))), PackedView(initial));
            last = AddNest(packed.Buffer.Shape, [], After(initial), $"{packed.Buffer.Name} before the loop",
                at => [Store(packed, at, Table.Load(from.Buffer, from.At(Table, at)))]);
            return new InMemory(packed, Owned: true);
        }
        if (initial.Type.IsScalar)
        {
            var local = new Local(frame.Names.Unique(parameter.Name), initial.Type.Element);
            last = Add(new ScalarStep(local, Reader.Read(initial, []), $"{local.Name} before the loop"));
            return new InLocal(Table.Local(local));
        }
        var view = View.Of(frame.NewBuffer(parameter.Name, initial.Type));
        last = AddNest(initial.Type.Shape, [], After(initial), $"{view.Buffer.Name} before the loop", at => [Store(view, at, Reader.Read(initial, at))]);
        return new InMemory(view, Owned: true);
    }

    private void LowerBranch(Branch node)
    {
        var condition = Reader.Read(node.Condition, []);
        var homes = new Storage[node.Types.Length];
        for (var i = 0; i < homes.Length; i++)
            if (node.Types[i] is { IsScalar: true, IsPlaced: false })
            {
                var local = new Local(frame.Names.Unique("chosen"), node.Types[i].Element);
                Add(new ScalarStep(local, Table.Const(0, local.Element), $"{local.Name} is assigned in both arms"));
                homes[i] = new InLocal(Table.Local(local));
            }
            else homes[i] = new InMemory(View.Of(frame.NewBuffer("chosen", Packed.Type(node.Types[i]))), Owned: true);
        var position = Add(new BranchStep(condition, Arm(node.Then), Arm(node.Otherwise), $"if {Spelled(node.Condition)}"));
        for (var i = 0; i < homes.Length; i++) BindResult(node, i, homes[i], position);

        Block Arm(Func arm)
        {
            var bindings = new Dictionary<Node, Storage>();
            for (var i = 0; i < arm.Parameters.Length; i++) bindings[arm.Parameters[i]] = new InOuter(this, node.Arguments[i]);
            var inner = new BlockBuilder(frame, arm, bindings, assured);
            var block = inner.Build([.. homes.Select(h => h is InMemory m ? new Target(m.View) : null)]);
            var assign = homes.Select((h, i) => (h, i)).Where(x => x.h is InLocal)
                .Select(x => (Step)new AssignStep(((LocalExpr)((InLocal)x.h).Value).Local, inner.Reader.Read(arm.Results[x.i], []), "the arm's value"));
            return new Block([.. block.Steps, .. assign]);
        }
    }

    private void BindResult(Region region, int index, Storage value, int position)
    {
        foreach (var node in func.Nodes)
            if (node is Result r && r.Region == region && r.Index == index) Bind(node, value, position);
        ready[region] = position;
    }
}
