using System.Globalization;
using System.Text;

namespace DrJax.Generator.Ir;

/// <summary>A program of another assembly whose graph has become part of this one, and the fingerprint of the text that was read.</summary>
/// <param name="Name">The user's method with its type.</param>
/// <param name="Companion">Its companion, as generated code writes it.</param>
internal sealed record Library(string Name, string Companion, string Fingerprint);

/// <summary>
/// What a companion says of its program, so that other assemblies can make its graph part of theirs: a line for each placement, demand on sizes,
/// refusal and library, an empty line, and the printed IR; then that of the guard, if there is one.
/// </summary>
internal sealed record ProgramText(
    EquatableArray<Placement> Placements, EquatableArray<Requirement> Requirements, EquatableArray<Refusal> Refusals, EquatableArray<Library> Libraries, string Ir, string? Guard)
{
    private const string BeforeGuard = "\nguard\n\n";

    /// <summary>The version of this form and of the operations in it.</summary>
    public const int Version = 3;

    public static string Of(Program program)
    {
        var text = new StringBuilder();
        foreach (var placement in PlacementsOf(program.Function)) text.Append($"placement {placement.Name}: {placement.Size}\n");
        foreach (var r in program.Requirements)
            text.Append(r.Thrown is { } refusal ? $"{(r.Refusal is null ? "fail" : "refuse")} {r.Kind}: {r.Left}: {r.Right}: {Spelled(refusal)}\n" : $"require {r.Kind}: {r.Left}: {r.Right}: {r.Message.Replace("\n", " ")}\n");
        foreach (var refusal in program.Guard?.Refusals ?? []) text.Append($"guard: {Spelled(refusal)}\n");
        foreach (var library in program.Libraries) text.Append($"library {library.Fingerprint}: {library.Companion}: {library.Name}\n");
        text.Append('\n').Append(Printer.Print(program.Function));
        return program.Guard is { } guard ? text.Append(BeforeGuard).Append(Printer.Print(guard.Function)).ToString() : text.ToString();
    }

    private static string Spelled(Refusal refusal) =>
        $"{string.Join("; ", refusal.Holes.Select(h => h.Size is { } size ? $"{(h.IsText ? "text" : h.Element.ToString())} {size}" : $"{h.Element}"))}: {refusal.Exposed}";

    private static Refusal RefusalOf(string holes, string statement) => new(statement, holes.Split(["; "], StringSplitOptions.RemoveEmptyEntries).Select(hole =>
        hole.Split([' '], 2) is ["text", var shown] ? new Hole(ElementType.Int32, Size(shown), IsText: true) : hole.Split([' '], 2) is var words && Enum.TryParse<ElementType>(words[0], out var element) ? new Hole(element, words.Length == 2 ? Size(words[1]) : null)
            : throw new IrException($"not a hole of a refusal: \"{hole}\"")).ToEquatable(), statement);

    /// <exception cref="IrException">It is not the text of a program.</exception>
    public static ProgramText Read(string text)
    {
        text = text.Replace("\r", "");
        var end = text.StartsWith("\n", StringComparison.Ordinal) ? 0 : text.IndexOf("\n\n", StringComparison.Ordinal) + 1;
        var (placements, requirements, refusals, libraries) = (new List<Placement>(), new List<Requirement>(), new List<Refusal>(), new List<Library>());
        foreach (var line in text.Substring(0, end).Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split([": "], line.StartsWith("refuse", StringComparison.Ordinal) || line.StartsWith("fail", StringComparison.Ordinal) ? 5 : line.StartsWith("guard", StringComparison.Ordinal) ? 3 : 4, StringSplitOptions.None);
            switch (words[0].Split(' '))
            {
                case ["placement", var name] when words.Length == 2: placements.Add(new(name, Size(words[1]))); break;
                case ["require", var kind] when words.Length == 4 && Enum.TryParse<RequirementKind>(kind, out var demand):
                    requirements.Add(new(Size(words[1]), Size(words[2]), words[3], demand));
                    break;
                case ["refuse", var kind] when words.Length == 5 && Enum.TryParse<RequirementKind>(kind, out var demand):
                    requirements.Add(new(Size(words[1]), Size(words[2]), "", demand) { Refusal = RefusalOf(words[3], words[4]) });
                    break;
                case ["fail", var kind] when words.Length == 5 && Enum.TryParse<RequirementKind>(kind, out var demand):
                    requirements.Add(new(Size(words[1]), Size(words[2]), "", demand) { Failure = RefusalOf(words[3], words[4]) });
                    break;
                case ["guard"] when words.Length == 3: refusals.Add(RefusalOf(words[1], words[2])); break;
                case ["library", var fingerprint] when words.Length == 3: libraries.Add(new(words[2], words[1], fingerprint)); break;
                default: throw new IrException($"not a line of a program's text: \"{line}\"");
            }
        }
        var ir = text.Substring(end).TrimStart('\n');
        var guard = refusals.Count > 0 ? ir.IndexOf(BeforeGuard, StringComparison.Ordinal) : -1;
        return new(placements.ToEquatable(), requirements.ToEquatable(), refusals.ToEquatable(), libraries.ToEquatable(),
            guard < 0 ? ir : ir.Substring(0, guard + 1), guard < 0 ? null : ir.Substring(guard + BeforeGuard.Length));
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
