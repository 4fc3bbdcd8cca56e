using DrJax.Generator.Lowering;
using DrJax.Generator.Ir;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>Statements that lay buffers out in one piece of memory.</summary>
internal sealed class MemoryText(Names names)
{
    /// <summary>The bytes that the buffers take together.</summary>
    public string Bytes(IEnumerable<Buffer> buffers, string plus = " + ")
    {
        string[] sizes = [.. buffers.GroupBy(b => $"Layout.Bytes<{Spelling.Element(b.Element)}>({Count(b)})")
            .Select(same => same.Count() is var n && n > 1 ? $"{n} * {same.Key}" : same.Key)];
        return sizes.Length == 0 ? "0" : string.Join(sizes.Length > 2 ? plus : " + ", sizes);
    }

    /// <summary>The next part of the memory at <paramref name="pointer"/>, which moves on.</summary>
    public string Take(Buffer buffer, string pointer) => $"Layout.Take<{Spelling.Element(buffer.Element)}>(ref {pointer}, {Count(buffer)})";

    /// <summary>The number of elements. The groups of a block are at most its capacity.</summary>
    public Term Count(Buffer buffer) =>
        names.Size(buffer.Size.Substitute(atom => atom.Name == StageSizes.BlockName ? StageSizes.Lanes : null));

    /// <summary>The statements of a block that runs again and again: what its loops have stacked is given back at the end of each run.</summary>
    public static IEnumerable<string> Released(MethodNames locals, Block block, IEnumerable<string> lines)
    {
        if (!HasStacks(block)) return lines;
        var mark = locals.Fresh("mark");
        return [$"var {mark} = Arena.Mark();", .. lines, $"Arena.Release({mark});"];
    }

    /// <summary>Whether the block's own loops stack; a loop's body gives back what those in it do.</summary>
    private static bool HasStacks(Block block) =>
        block.Steps.Any(step => step is LoopStep loop ? !loop.Stacks.IsEmpty : step.Blocks.Any(HasStacks));

    /// <summary>The first statement of a method that calls long loops over lanes.</summary>
    public static IEnumerable<string> Aligned(BlockText block) => block.HasLongLoops
        ? ["// What long loops keep on the stack lies within cache lines.", "StackLines.Begin(stackalloc byte[StackLines.Distance()]);"]
        : [];

    /// <summary>Statements with buffers allocated before and given back after, whatever happens, as are the stacks of the loops in a block.</summary>
    /// <param name="homes">Buffers that take over the memory of others.</param>
    public IEnumerable<string> Scoped(
        MethodNames locals, IReadOnlyCollection<Buffer> buffers, IReadOnlyDictionary<Buffer, Buffer> homes, Block block, IEnumerable<string> lines)
    {
        if (buffers.Count == 0 && !MayStack(block)) return lines;
        var (mark, memory) = (locals.Fresh("mark"), locals.Fresh("memory"));
        Buffer[] own = [.. buffers.Where(b => !homes.ContainsKey(b))];
        return
        [
            $"var {mark} = Arena.Mark();",
            .. LoopText.Braced("try",
            [
                .. buffers.Count == 0 ? [] : new[] { $"var {memory} = Arena.Rent({Bytes(own, "\n    + ")});" },
                .. own.Select(b => $"var {names[b]} = {Take(b, memory)};"),
                .. buffers.Where(homes.ContainsKey).Select(b => $"var {names[b]} = {names[homes[b]]}; // which is done with by then"),
                .. lines,
            ]),
            .. LoopText.Braced("finally", [$"Arena.Release({mark});"]),
        ];

        // An exception in an inner loop leaves its stacks to this scope.
        static bool MayStack(Block b) => b.Steps.Any(step => step is LoopStep { Stacks.IsEmpty: false } || step.Blocks.Any(MayStack));
    }
}
