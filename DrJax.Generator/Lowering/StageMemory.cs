using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>
/// Which scratch buffers of a stage take over the memory of an earlier one of their size, so that a block of groups takes less of the caches: one whose
/// last use lies before their first, or is the nest that writes them, if that reads only the element that it writes.
/// </summary>
internal static class StageMemory
{
    /// <summary>Each buffer that owns no memory → the one whose memory it takes over; and the work, whose nests read such memory before they write it.</summary>
    public static (ImmutableDictionary<Buffer, Buffer> Homes, Block Work) Of(Block work, ImmutableArray<Buffer> scratch)
    {
        var lives = Lives(work);
        var steps = work.Steps.ToBuilder();
        var homes = ImmutableDictionary.CreateBuilder<Buffer, Buffer>();
        var owners = new Dictionary<(ElementType, Dim), List<(Buffer Home, Buffer User)>>();
        foreach (var buffer in scratch.Where(lives.ContainsKey).OrderBy(b => lives[b].First))
        {
            if (!owners.TryGetValue((buffer.Element, buffer.Size), out var sized)) owners[(buffer.Element, buffer.Size)] = sized = [];
            var at = sized.FindIndex(o => lives[o.User].Last < lives[buffer].First
                || (lives[o.User].Last == lives[buffer].First && steps[lives[buffer].First] == work.Steps[lives[buffer].First]
                    && work.Steps[lives[buffer].First] is NestStep nest && IsOverwritten(nest, o.User, buffer)));
            if (at < 0)
            {
                sized.Add((buffer, buffer));
                continue;
            }
            var first = lives[buffer].First;
            if (lives[sized[at].User].Last == first) steps[first] = Last((NestStep)work.Steps[first], buffer);
            homes[buffer] = sized[at].Home;
            sized[at] = (sized[at].Home, buffer);
        }
        return (homes.ToImmutable(), new Block(steps.ToImmutable()));
    }

    /// <summary>Whether the nest reads of one buffer just the element that it writes of the other.</summary>
    private static bool IsOverwritten(NestStep nest, Buffer read, Buffer written)
    {
        Output[] stores = [.. nest.Outputs.Where(o => o.Target == written)];
        return stores.Length == 1 && stores[0] is { Mode: OutputMode.Store, At: var at }
            && nest.Outputs.All(o => o.Target != read)
            && Overwrites.Loads(nest.Outputs).All(l => l.Buffer != written && (l.Buffer != read || l.Address.Equals(at)));
    }

    /// <summary>The nest with its store to a buffer after all else that it does at a point.</summary>
    private static NestStep Last(NestStep nest, Buffer written) => new(
        nest.Name, nest.Parallel, nest.Reduced, nest.Vector, nest.Element, [.. nest.Outputs.OrderBy(o => o.Target == written)], nest.Because);

    /// <summary>The first and last step that mention a buffer, inside loops and branches too.</summary>
    private static Dictionary<Buffer, (int First, int Last)> Lives(Block work)
    {
        var lives = new Dictionary<Buffer, (int First, int Last)>();
        for (var i = 0; i < work.Steps.Length; i++)
            foreach (var buffer in Unread.Mentioned(work.Steps[i]))
                lives[buffer] = (lives.TryGetValue(buffer, out var known) ? known.First : i, i);
        // Buffers whose pointers change places live as one, to the end.
        foreach (var (state, next) in Swaps(work))
            lives[state] = lives[next] = (0, work.Steps.Length);
        return lives;
    }

    private static IEnumerable<(Buffer State, Buffer Next)> Swaps(Block block) => block.Steps.SelectMany(step =>
        step.Blocks.SelectMany(Swaps).Concat(step is LoopStep loop ? loop.Swaps : []));
}
