using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends;

/// <summary>The identifiers of one program: a buffer, local or size has the same name in every method that sees it.</summary>
internal sealed class Names
{
    /// <summary>Symbols that only the body of a stage knows: the first group of a block, its number of groups, its capacity.</summary>
    public static readonly string[] StageSymbols = [StageSizes.GroupName, StageSizes.BlockName, StageSizes.LanesName];

    private readonly Spelling spelling;
    private readonly Dictionary<object, string> known = [];
    private readonly Dictionary<string, string> sizes = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public Names(LoweredProgram program, Usage usage, IEnumerable<string> symbols)
    {
        Host = new HostSetting(this);
        spelling = new Spelling(program.Program);
        for (var i = 0; i < program.Arguments.Length; i++)
        {
            // Cotangents of cotangents may share a path.
            var leaf = spelling.Leaf(program.Program.Function.Parameters[i].Name);
            known[(object?)program.Arguments[i].Scalar ?? program.Arguments[i].Buffer!] = taken.Add(leaf) ? leaf : Fresh(leaf);
        }
        foreach (var symbol in symbols) sizes[symbol] = taken.Add(spelling.Size(symbol)) ? spelling.Size(symbol) : Fresh(symbol);
        foreach (var symbol in StageSymbols) sizes[symbol] = Fresh(symbol.Trim('<', '>'));
        foreach (var result in program.Results) known[result] = Fresh(result.Name);
        foreach (var buffer in usage.Buffers.Where(b => !known.ContainsKey(b))) known[buffer] = Fresh(buffer.Name);
        foreach (var local in usage.Locals.Where(l => !known.ContainsKey(l))) known[local] = Fresh(local.Name);
    }

    /// <summary>The methods of the host.</summary>
    public Setting Host { get; }

    public string this[Buffer buffer] => known[buffer];

    public string this[Local local] => known[local];

    public string Size(string symbol) => sizes[symbol];

    /// <summary>A name that nothing else in the program has: for methods and types.</summary>
    public string Fresh(string wish)
    {
        var name = spelling.Fresh(wish);
        while (!taken.Add(name)) name = spelling.Fresh(wish);
        return name;
    }

    /// <summary>Names a local that no step has.</summary>
    public void Declare(Local local) => known[local] = Fresh(local.Name);

    /// <summary>Names a buffer that no step had.</summary>
    public void Declare(Buffer buffer) => known[buffer] = Fresh(buffer.Name);

    /// <summary>Names a size that no step has.</summary>
    public void Declare(string symbol)
    {
        if (!sizes.ContainsKey(symbol)) sizes[symbol] = Fresh(symbol.Trim('<', '>'));
    }

    /// <summary>Names for the locals of one method.</summary>
    public MethodNames Method() => new(taken);

    /// <summary>A size as an <c>nint</c> expression.</summary>
    public Term Size(Dim dim)
    {
        if (dim.Terms.IsEmpty) return "0";
        var text = "";
        foreach (var term in dim.Terms)
        {
            var factor = Literals.Of(Math.Abs(term.Factor), ElementType.Int32).Text;
            var atoms = term.Atoms.Select(Size);
            var product = string.Join(" * ", term.Atoms.IsEmpty ? [factor] : factor == "1" ? atoms : atoms.Prepend(factor));
            text += text.Length == 0 ? (term.Factor < 0 ? "-" : "") + product : (term.Factor < 0 ? " - " : " + ") + product;
        }
        return new Term(text, text.IndexOf(' ') < 0 && text[0] != '-');
    }

    private string Size(Atom atom) => atom.Operation switch
    {
        null => Size(atom.Name),
        "/" or "%" => $"({Size(atom.Left!).Operand} {atom.Operation} {Size(atom.Right!).Operand})",
        "min" => $"Math.Min({Size(atom.Left!)}, {Size(atom.Right!)})",
        _ => $"Math.Max({Size(atom.Left!)}, {Size(atom.Right!)})",
    };
}

/// <summary>Fresh names of one method's locals, none of which is a name of the program.</summary>
internal sealed class MethodNames(HashSet<string> program)
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public bool Has(string name) => taken.Contains(name);

    /// <summary>No local gets this name.</summary>
    public MethodNames Reserve(string name)
    {
        taken.Add(name);
        return this;
    }

    public string Fresh(string wish)
    {
        var stem = string.Concat(wish.Select(c => char.IsLetterOrDigit(c) ? c : '_'));
        var name = Spelling.Identifier(stem);
        for (var i = 1; program.Contains(name) || !taken.Add(name); i++) name = $"{stem}{i}";
        return name;
    }
}
