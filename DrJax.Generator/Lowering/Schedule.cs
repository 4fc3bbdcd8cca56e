using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;

namespace DrJax.Generator.Lowering;

internal sealed partial class BlockBuilder
{
    /// <summary>Updates and scatters that overwrite their operand's memory.</summary>
    private readonly HashSet<Node> inPlace = [];

    /// <summary>Loops and the carried values for which they take over their initial value's memory.</summary>
    private readonly HashSet<(Loop Loop, int Carried)> takenOver = [];

    /// <summary>The operand that a node may overwrite.</summary>
    private static Node? Overwritten(Node node) => node switch
    {
        Update n => n.X,
        ScatterAdd n when !Regions.IsZero(n.X) => n.X,
        _ => null,
    };

    /// <summary>
    /// Orders units so that operands come first and so that as many updates as possible can overwrite their operand: an update may, if the memory is this
    /// block's own and no other reader of the operand needs the update's result; those readers then go before it.
    /// </summary>
    private sealed class Schedule
    {
        private readonly BlockBuilder block;
        private readonly List<Unit> units;
        private readonly Dictionary<Node, int> unitOf = [];
        private readonly HashSet<int>[] before;

        public Schedule(BlockBuilder block, List<Unit> units)
        {
            this.block = block;
            this.units = units;
            before = [.. units.Select(_ => new HashSet<int>())];
            for (var i = 0; i < units.Count; i++)
                if (units[i].Result < 0)
                {
                    unitOf[units[i].Node] = i;
                    if (units[i].Stage is { } stage)
                        foreach (var output in stage.Outputs) unitOf[output] = i;
                }
            for (var i = 0; i < units.Count; i++)
                foreach (var read in Reads(units[i]))
                    foreach (var source in (Node[])[read, Source(read)])
                        if (unitOf.TryGetValue(source, out var j) && j != i) before[i].Add(j);
            for (var i = 0; i < units.Count; i++)
                if (units[i] is { Result: < 0, Stage: null, Node: var node } && Overwritten(node) is { } operand && TryInPlace(i, operand)) block.inPlace.Add(node);
            for (var i = 0; i < units.Count; i++)
                if (units[i] is { Result: < 0, Node: Loop loop })
                    for (var k = 0; k < loop.Carried; k++)
                        if (IsReadOnceBy(loop, k) && TryInPlace(i, loop.Operands[k])) block.takenOver.Add((loop, k));
            Order = Sort();
        }

        public ImmutableArray<Unit> Order { get; }

        private IEnumerable<Node> Reads(Unit unit)
        {
            if (unit.Result >= 0) return block.UnitsRead(unit.Node);
            var operands = unit.Stage is { } stage ? stage.Reads : unit.Node.Operands;
            return operands.SelectMany(o => block.UnitsRead(o));
        }

        /// <summary>A region's results are ready when the region is.</summary>
        private static Node Source(Node node) => node is Result r ? r.Region : node;

        /// <summary>Whether the loop reads the memory of one of its initial values through no other operand.</summary>
        private bool IsReadOnceBy(Loop loop, int carried) =>
            loop.Operands[carried].Type is { IsScalar: false, IsPlaced: false }
            && !loop.Operands.Where((_, k) => k != carried).Any(o => block.UnitsRead(o).Contains(loop.Operands[carried]));

        private bool TryInPlace(int unit, Node operand)
        {
            if (!block.OwnsMemory(operand)) return false;
            var readers = Enumerable.Range(0, units.Count).Where(i => i != unit && ReadsMemoryOf(units[i], operand)).ToList();
            if (readers.Any(r => DependsOn(r, unit))) return false;
            foreach (var reader in readers) before[unit].Add(reader);
            return true;
        }

        private bool ReadsMemoryOf(Unit unit, Node memory) =>
            (unit.Result >= 0 ? block.UnitsRead(unit.Node) : (unit.Stage is { } s ? s.Reads : unit.Node.Operands).SelectMany(o => block.UnitsRead(o))).Contains(memory);

        private bool DependsOn(int unit, int other)
        {
            var seen = new HashSet<int>();
            var open = new Stack<int>([unit]);
            while (open.Count > 0)
            {
                var next = open.Pop();
                if (next == other) return true;
                if (seen.Add(next))
                    foreach (var b in before[next]) open.Push(b);
            }
            return false;
        }

        /// <summary>Operands first, otherwise the order of the function.</summary>
        private ImmutableArray<Unit> Sort()
        {
            var order = ImmutableArray.CreateBuilder<Unit>();
            var state = new int[units.Count];
            for (var i = 0; i < units.Count; i++) Visit(i);
            return order.ToImmutable();

            void Visit(int i)
            {
                if (state[i] == 2) return;
                if (state[i] == 1) throw new IrException("a cycle in the schedule");
                state[i] = 1;
                foreach (var b in before[i].OrderBy(b => b)) Visit(b);
                state[i] = 2;
                order.Add(units[i]);
            }
        }
    }

    /// <summary>Whether the node's memory is this block's to overwrite. A result that a caller reads must stay as it is.</summary>
    private bool OwnsMemory(Node node)
    {
        if (storage.TryGetValue(node, out var bound)) return bound is InMemory { Owned: true };
        if (func.Results.Contains(node)) return false;
        return materialised[node] || node is Result { Region: Loop or Branch };
    }
}
