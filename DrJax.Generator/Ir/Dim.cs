using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

/// <summary>An unknown of a size: a parameter's axis, a placement's size, an int parameter, or an operation that polynomials cannot express.</summary>
/// <remarks>Two atoms are the same unknown exactly if their names are equal; the name of a compound atom spells its operands.</remarks>
internal sealed record Atom(string Name, string? Operation = null, Dim? Left = null, Dim? Right = null)
{
    /// <summary>Whether the size differs from group to group of a placement: the rows <c>p.rows@clients</c> of a ragged parameter.</summary>
    public bool IsRagged => Operation is null && Name.Contains('@');

    /// <summary>The number of rows of one group of the ragged parameter <paramref name="path"/>.</summary>
    public static Atom RowsOf(string path, string placement) => new($"{path}.rows@{placement}");

    public bool Equals(Atom? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode();

    public override string ToString() => Name;
}

/// <summary>A symbolic size: an integer polynomial over <see cref="Atom"/>s in normal form, so that equal polynomials are equal objects by value.</summary>
/// <remarks>A difference that is a non-zero constant proves two sizes unequal; any other difference can only be checked when the program is called.</remarks>
internal sealed class Dim : IEquatable<Dim>
{
    /// <summary>One product of atoms with its coefficient; atoms are sorted by name, repeated for powers.</summary>
    public readonly record struct Term(ImmutableArray<Atom> Atoms, long Factor)
    {
        public string Product => string.Join("*", Atoms.Select(a => a.Name));
    }

    private readonly string text;

    private Dim(IEnumerable<Term> terms)
    {
        Terms = [.. terms.GroupBy(t => t.Product)
            .Select(g => new Term(g.First().Atoms, g.Sum(t => t.Factor)))
            .Where(t => t.Factor != 0)
            .OrderByDescending(t => t.Atoms.Length).ThenBy(t => t.Product, StringComparer.Ordinal)];
        text = Print(Terms);
    }

    public ImmutableArray<Term> Terms { get; }

    public static Dim Zero { get; } = Constant(0);

    public static Dim One { get; } = Constant(1);

    public static Dim Constant(long value) => new([new Term([], value)]);

    public static Dim Of(Atom atom) => new([new Term([atom], 1)]);

    /// <summary>The size named <paramref name="name"/>: a parameter's axis (<c>x.0</c>), an int parameter or a placement.</summary>
    public static Dim Symbol(string name) => Of(new Atom(name));

    public static implicit operator Dim(int value) => Constant(value);

    public static Dim operator +(Dim a, Dim b) => new(a.Terms.Concat(b.Terms));

    public static Dim operator -(Dim a) => new(a.Terms.Select(t => t with { Factor = -t.Factor }));

    public static Dim operator -(Dim a, Dim b) => a + -b;

    public static Dim operator *(Dim a, Dim b) => new(
        from x in a.Terms
        from y in b.Terms
        select new Term([.. x.Atoms.Concat(y.Atoms).OrderBy(s => s.Name, StringComparer.Ordinal)], x.Factor * y.Factor));

    /// <summary>The quotient as C# rounds it (towards zero); an atom of its own unless both are constants or the division is exact term by term.</summary>
    public static Dim operator /(Dim a, Dim b)
    {
        if (b.AsConstant is { } d and not 0)
        {
            if (a.AsConstant is { } n) return Constant(n / d);
            if (a.Terms.All(t => t.Factor % d == 0)) return new(a.Terms.Select(t => t with { Factor = t.Factor / d }));
        }
        return IsMultiple(a, b) && Exact(a, b) is { } quotient ? quotient : Compound("/", a, b);
    }

    public static Dim operator %(Dim a, Dim b)
    {
        if (b.AsConstant is { } d and not 0)
        {
            if (a.AsConstant is { } n) return Constant(n % d);
            if (a.Terms.All(t => t.Factor % d == 0)) return Zero;
        }
        return IsMultiple(a, b) && Exact(a, b) is not null ? Zero : Compound("%", a, b);
    }

    /// <summary>Whether something was divided by b on the way to a, which could not be if b were 0.</summary>
    private static bool IsMultiple(Dim a, Dim b) => a.Terms.All(t => t.Atoms.Any(atom => atom.Operation == "/" && atom.Right == b));

    /// <summary>The polynomial that gives a when it is multiplied by b; null if there is none.</summary>
    public static Dim? Exact(Dim a, Dim b)
    {
        if (b.Terms.IsEmpty) return null;
        var (quotient, rest, leading) = (Zero, a, b.Leading);
        while (!rest.Terms.IsEmpty)
        {
            var term = rest.Leading;
            var atoms = term.Atoms;
            foreach (var atom in leading.Atoms)
            {
                if (atoms.IndexOf(atom) is not (>= 0 and var at)) return null;
                atoms = atoms.RemoveAt(at);
            }
            if (term.Factor % leading.Factor != 0) return null;
            var part = new Dim([new Term(atoms, term.Factor / leading.Factor)]);
            (quotient, rest) = (quotient + part, rest - part * b);
        }
        return quotient;
    }

    /// <summary>The term of the highest powers of the atoms whose names come first: an order that multiplication keeps.</summary>
    private Term Leading => Terms.Aggregate((best, term) => Compare(term, best) > 0 ? term : best);

    private static int Compare(Term x, Term y)
    {
        for (var i = 0; i < x.Atoms.Length && i < y.Atoms.Length; i++)
            if (string.CompareOrdinal(y.Atoms[i].Name, x.Atoms[i].Name) is var order and not 0) return order;
        return x.Atoms.Length - y.Atoms.Length;
    }

    /// <summary>The size as atom*Factor + Others.</summary>
    public (Dim Factor, Dim Others) Split(Atom atom) => (
        new(Terms.Where(t => t.Atoms.Contains(atom)).Select(t => t with { Atoms = t.Atoms.Remove(atom) })),
        new(Terms.Where(t => !t.Atoms.Contains(atom))));

    public static Dim Min(Dim a, Dim b) => (a - b).AsConstant is { } c ? (c <= 0 ? a : b) : Compound("min", a, b);

    public static Dim Max(Dim a, Dim b) => (a - b).AsConstant is { } c ? (c >= 0 ? a : b) : Compound("max", a, b);

    private static Dim Compound(string operation, Dim a, Dim b) =>
        Of(new Atom(operation is "/" or "%" ? $"({Operand(a)} {operation} {Operand(b)})" : $"{operation}({a}, {b})", operation, a, b));

    private static string Operand(Dim dim) => dim.Terms.Length > 1 ? $"({dim})" : dim.text;

    /// <summary>The value, if no atom is left.</summary>
    public long? AsConstant => Terms.Length switch
    {
        0 => 0,
        1 when Terms[0].Atoms.IsEmpty => Terms[0].Factor,
        _ => null,
    };

    /// <summary>Certainly not negative: a polynomial without minus in axes of arrays (an int parameter may be negative).</summary>
    public bool IsNonNegative => Terms.All(t => t.Factor > 0 && t.Atoms.All(a => a.Operation is null && a.Name.Contains('.')));

    public bool IsConstant(long value) => AsConstant == value;

    /// <summary>Every parameter atom the size depends on, through compound atoms too.</summary>
    public IEnumerable<Atom> Atoms => Terms.SelectMany(t => t.Atoms)
        .SelectMany(a => a.Operation is null ? [a] : a.Left!.Atoms.Concat(a.Right!.Atoms)).Distinct();

    /// <summary>Whether the size differs from group to group (<see cref="Atom.IsRagged"/>): arrays have room for that of the longest.</summary>
    public bool IsRagged => text.Contains('@') && Atoms.Any(a => a.IsRagged);

    /// <summary>The size with atoms replaced.</summary>
    public Dim Substitute(Func<Atom, Dim?> value)
    {
        var sum = Zero;
        foreach (var term in Terms)
        {
            var product = Constant(term.Factor);
            foreach (var atom in term.Atoms) product *= Replace(atom);
            sum += product;
        }
        return sum;

        Dim Replace(Atom atom) => value(atom) ?? atom.Operation switch
        {
            null => Of(atom),
            "/" => atom.Left!.Substitute(value) / atom.Right!.Substitute(value),
            "%" => atom.Left!.Substitute(value) % atom.Right!.Substitute(value),
            "min" => Min(atom.Left!.Substitute(value), atom.Right!.Substitute(value)),
            _ => Max(atom.Left!.Substitute(value), atom.Right!.Substitute(value)),
        };
    }

    public bool Equals(Dim? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as Dim);

    public override int GetHashCode() => text.GetHashCode();

    public static bool operator ==(Dim? a, Dim? b) => Equals(a, b);

    public static bool operator !=(Dim? a, Dim? b) => !Equals(a, b);

    public override string ToString() => text;

    private static string Print(ImmutableArray<Term> terms)
    {
        if (terms.IsEmpty) return "0";
        var text = "";
        foreach (var term in terms)
        {
            var size = Math.Abs(term.Factor);
            var product = term.Atoms.IsEmpty ? $"{size}" : size == 1 ? term.Product : $"{size}*{term.Product}";
            text += text.Length == 0 ? (term.Factor < 0 ? "-" : "") + product : (term.Factor < 0 ? " - " : " + ") + product;
        }
        return text;
    }
}
