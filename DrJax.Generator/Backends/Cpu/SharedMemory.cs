using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>
/// Which scratch buffers take over the memory of an earlier one of their size: one whose last use lies before their first. Used where a program
/// computes values again in order not to keep them; elsewhere every value has its own memory, and the code reads the plainer for it.
/// </summary>
internal static class SharedMemory
{
    public static IReadOnlyDictionary<Buffer, Buffer> None { get; } = new Dictionary<Buffer, Buffer>();

    /// <summary>Each buffer that owns no memory → the one whose memory it takes over.</summary>
    public static IReadOnlyDictionary<Buffer, Buffer> Of(LoweredProgram program)
    {
        var lives = Lives(program);
        var homes = new Dictionary<Buffer, Buffer>();
        var free = new Dictionary<(ElementType, Dim), List<(Buffer Home, int Last)>>();
        foreach (var buffer in program.Scratch.Where(lives.ContainsKey).OrderBy(b => lives[b].First))
        {
            if (!free.TryGetValue((buffer.Element, buffer.Size), out var owners)) free[(buffer.Element, buffer.Size)] = owners = [];
            var (first, last) = lives[buffer];
            var at = owners.FindIndex(o => o.Last < first);
            if (at < 0) owners.Add((buffer, last));
            else
            {
                homes[buffer] = owners[at].Home;
                owners[at] = (owners[at].Home, last);
            }
        }
        return homes;
    }

    /// <summary>The first and last step of the program's body that mention a buffer, inside loops and branches too.</summary>
    private static Dictionary<Buffer, (int First, int Last)> Lives(LoweredProgram program)
    {
        var lives = new Dictionary<Buffer, (int First, int Last)>();
        for (var i = 0; i < program.Body.Steps.Length; i++)
            foreach (var buffer in Usage.Of(program.Body.Steps[i]).Buffers)
                lives[buffer] = (lives.TryGetValue(buffer, out var known) ? known.First : i, i);
        // Buffers whose pointers change places live as one.
        var swaps = Swaps(program.Body).ToList();
        while (swaps.Any(s => lives[s.State] != lives[s.Next]))
            foreach (var (state, next) in swaps)
            {
                var (a, b) = (lives[state], lives[next]);
                lives[state] = lives[next] = (Math.Min(a.First, b.First), Math.Max(a.Last, b.Last));
            }
        return lives;
    }

    private static IEnumerable<(Buffer State, Buffer Next)> Swaps(Block block) => block.Steps.SelectMany(step =>
        step.Blocks.SelectMany(Swaps).Concat(step is LoopStep loop ? loop.Swaps : []));
}
