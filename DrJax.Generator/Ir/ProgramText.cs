using System.Globalization;
using System.Text;

namespace DrJax.Generator.Ir;

/// <summary>A program of another assembly whose graph has become part of this one, and the fingerprint of the text that was read.</summary>
/// <param name="Name">The user's method with its type.</param>
/// <param name="Companion">Its companion, as generated code writes it.</param>
internal sealed record Library(string Name, string Companion, string Fingerprint);

/// <summary>
/// What a companion says of its program, so that other assemblies can make its graph part of theirs: a line for each placement, demand on sizes and
/// library, an empty line, and the printed IR.
/// </summary>
internal sealed record ProgramText(
    EquatableArray<Placement> Placements, EquatableArray<Requirement> Requirements, EquatableArray<Library> Libraries, string Ir)
{
    /// <summary>The version of this form and of the operations in it.</summary>
    public const int Version = 2;

    public static string Of(Program program)
    {
        var text = new StringBuilder();
        foreach (var placement in PlacementsOf(program.Function)) text.Append($"placement {placement.Name}: {placement.Size}\n");
        foreach (var r in program.Requirements) text.Append($"require {r.Kind}: {r.Left}: {r.Right}: {r.Message.Replace("\n", " ")}\n");
        foreach (var library in program.Libraries) text.Append($"library {library.Fingerprint}: {library.Companion}: {library.Name}\n");
        return text.Append('\n').Append(Printer.Print(program.Function)).ToString();
    }

    /// <exception cref="IrException">It is not the text of a program.</exception>
    public static ProgramText Read(string text)
    {
        text = text.Replace("\r", "");
        var end = text.StartsWith("\n", StringComparison.Ordinal) ? 0 : text.IndexOf("\n\n", StringComparison.Ordinal) + 1;
        var (placements, requirements, libraries) = (new List<Placement>(), new List<Requirement>(), new List<Library>());
        foreach (var line in text.Substring(0, end).Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split([": "], 4, StringSplitOptions.None);
            switch (words[0].Split(' '))
            {
                case ["placement", var name] when words.Length == 2: placements.Add(new(name, Size(words[1]))); break;
                case ["require", var kind] when words.Length == 4 && Enum.TryParse<RequirementKind>(kind, out var demand):
                    requirements.Add(new(Size(words[1]), Size(words[2]), words[3], demand));
                    break;
                case ["library", var fingerprint] when words.Length == 3: libraries.Add(new(words[2], words[1], fingerprint)); break;
                default: throw new IrException($"not a line of a program's text: \"{line}\"");
            }
        }
        return new(placements.ToEquatable(), requirements.ToEquatable(), libraries.ToEquatable(), text.Substring(end).TrimStart('\n'));
    }

    /// <summary>FNV-1a in 64 bits: the same in every process, which string.GetHashCode is not.</summary>
    public static string Fingerprint(string text)
    {
        var hash = 14695981039346656037ul;
        foreach (var c in text.Replace("\r", "").Trim('\n')) hash = unchecked((hash ^ c) * 1099511628211ul);
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static Dim Size(string text) => new Scanner(text, Dim.Symbol, name => throw new IrException($"a placement '{name}' in a size")).Dim();

    private static IEnumerable<Placement> PlacementsOf(Func function)
    {
        var (seen, open, found) = (new HashSet<Func>(), new Stack<Func>([function]), new List<Placement>());
        while (open.Count > 0)
        {
            var f = open.Pop();
            if (!seen.Add(f)) continue;
            foreach (var node in f.Nodes)
            {
                found.AddRange(node is Region region ? region.Types.SelectMany(t => t.Placements) : node.Type.Placements);
                foreach (var inner in Verifier.Functions(node)) open.Push(inner);
            }
        }
        return found.Distinct().OrderBy(p => p.Name, StringComparer.Ordinal);
    }
}
