using System.Globalization;

namespace DrJax.Generator.Ir;

/// <summary>Reads the small words of the printed IR: names, numbers, sizes and types. What it cannot read is an <see cref="IrException"/>.</summary>
/// <param name="size">What a size symbol stands for where the text is read.</param>
/// <param name="placement">The placement of a name.</param>
internal sealed class Scanner(string text, Func<string, Dim> size, Func<string, Placement> placement)
{
    private int at;

    public bool IsAtEnd => at == text.Length;

    public string Rest => text.Substring(at);

    public bool Take(string token)
    {
        if (string.CompareOrdinal(text, at, token, 0, token.Length) != 0) return false;
        at += token.Length;
        return true;
    }

    public void Expect(string token)
    {
        if (!Take(token)) throw Unreadable($"'{token}'");
    }

    public Scanner After(string token)
    {
        Expect(token);
        return this;
    }

    /// <summary>What stands before a character, which is read too.</summary>
    public string Until(char end)
    {
        var (from, to) = (at, text.IndexOf(end, at));
        if (to < 0) throw Unreadable($"'{end}'");
        at = to + 1;
        return text.Substring(from, to - from);
    }

    /// <summary>Up to the first character that ends a name.</summary>
    public string Name()
    {
        var from = at;
        while (at < text.Length && " ,;:()[]{}*+/%@<>|=".IndexOf(text[at]) < 0) at++;
        return at > from ? text.Substring(from, at - from) : throw Unreadable("a name");
    }

    public int Int()
    {
        var from = at;
        while (at < text.Length && (char.IsDigit(text[at]) || (at == from && text[at] == '-'))) at++;
        return int.TryParse(text.Substring(from, at - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value : throw Unreadable("an integer");
    }

    public EquatableArray<int> Ints() => List(Int, "; |");

    public EquatableArray<Dim> Dims() => List(Dim, ";]");

    /// <summary>Items separated by ", " up to one of the characters that can follow a list.</summary>
    private EquatableArray<T> List<T>(Func<T> item, string ends)
    {
        var items = new List<T>();
        if (at == text.Length || ends.IndexOf(text[at]) >= 0) return [];
        do items.Add(item());
        while (Take(", "));
        return items.ToEquatable();
    }

    public ValueType Type()
    {
        var element = Name() switch
        {
            "f32" => ElementType.Float32,
            "f64" => ElementType.Float64,
            "i32" => ElementType.Int32,
            "bool" => ElementType.Bool,
            var other => throw Unreadable($"an element type, not '{other}'"),
        };
        EquatableArray<Dim> shape = [];
        if (Take("["))
        {
            shape = Dims();
            Expect("]");
        }
        var placements = new List<Placement>();
        while (Take("@")) placements.Add(placement(Name()));
        return new(element, shape, placements.ToEquatable());
    }

    /// <summary>A polynomial as <see cref="Ir.Dim"/> prints it.</summary>
    public Dim Dim()
    {
        var sum = Take("-") ? -Product() : Product();
        while (true)
        {
            if (Take(" + ")) sum += Product();
            else if (Take(" - ")) sum -= Product();
            else return sum;
        }
    }

    private Dim Product()
    {
        var product = Factor();
        while (Take("*")) product *= Factor();
        return product;
    }

    private Dim Factor()
    {
        if (Take("min(")) return Pair(", ", ")", Ir.Dim.Min);
        if (Take("max(")) return Pair(", ", ")", Ir.Dim.Max);
        if (Take("("))
        {
            var left = Dim();
            return Take(" / ") ? left / Close(Dim()) : Take(" % ") ? left % Close(Dim()) : Close(left);
        }
        if (Take("<"))
        {
            var reserved = Ir.Dim.Symbol($"<{Name()}>");
            Expect(">");
            return reserved;
        }
        if (at < text.Length && char.IsDigit(text[at])) return Ir.Dim.Constant(Int());
        var name = Name();
        // The rows of one group of a placement.
        return size(Take("@") ? $"{name}@{Name()}" : name);

        Dim Close(Dim value)
        {
            Expect(")");
            return value;
        }
    }

    private Dim Pair(string between, string end, Func<Dim, Dim, Dim> combine)
    {
        var left = Dim();
        Expect(between);
        var right = Dim();
        Expect(end);
        return combine(left, right);
    }

    /// <summary>A constant as <see cref="Printer.Leaf"/> writes it: its form is its element type.</summary>
    public Node Constant(Graph graph)
    {
        var from = at;
        while (at < text.Length && " ,".IndexOf(text[at]) < 0) at++;
        var word = text.Substring(from, at - from);
        if (word is "true" or "false") return graph.Const(word == "true" ? 1 : 0, ElementType.Bool);
        var isSingle = word.EndsWith("f", StringComparison.Ordinal);
        var digits = isSingle ? word.Substring(0, word.Length - 1) : word;
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) throw Unreadable($"a constant, not '{word}'");
        var element = isSingle ? ElementType.Float32 : digits.All(c => char.IsDigit(c) || c == '-') ? ElementType.Int32 : ElementType.Float64;
        return graph.Const(value, element);
    }

    public IrException Unreadable(string expected) => new($"expected {expected} at column {at + 1} of \"{text}\"");
}
