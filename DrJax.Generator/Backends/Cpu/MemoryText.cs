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
        string[] sizes = [.. buffers.Select(b => $"Layout.Bytes<{Spelling.Element(b.Element)}>({Count(b)})")];
        return sizes.Length == 0 ? "0" : string.Join(plus, sizes);
    }

    /// <summary>The next part of the memory at <paramref name="pointer"/>, which moves on.</summary>
    public string Take(Buffer buffer, string pointer) => $"Layout.Take<{Spelling.Element(buffer.Element)}>(ref {pointer}, {Count(buffer)})";

    /// <summary>The number of elements. The groups of a block are at most its capacity.</summary>
    public Term Count(Buffer buffer) =>
        names.Size(buffer.Size.Substitute(atom => atom.Name == StageSizes.BlockName ? StageSizes.Lanes : null));

    /// <summary>Statements with buffers allocated before and given back after, whatever happens.</summary>
    public IEnumerable<string> Scoped(MethodNames locals, IReadOnlyCollection<Buffer> buffers, IEnumerable<string> lines)
    {
        if (buffers.Count == 0) return lines;
        var (mark, memory) = (locals.Fresh("mark"), locals.Fresh("memory"));
        return
        [
            $"var {mark} = Arena.Mark();",
            .. LoopText.Braced("try",
            [
                $"var {memory} = Arena.Rent({Bytes(buffers, buffers.Count > 2 ? "\n    + " : " + ")});",
                .. buffers.Select(b => $"var {names[b]} = {Take(b, memory)};"),
                .. lines,
            ]),
            .. LoopText.Braced("finally", [$"Arena.Release({mark});"]),
        ];
    }
}
