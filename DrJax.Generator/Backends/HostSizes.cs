using System.Globalization;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>Symbolic sizes as C# expressions of type <c>nint</c>.</summary>
internal static class HostSizes
{
    public static string Expression(Dim dim, Spelling names)
    {
        if (dim.Terms.IsEmpty) return "0";
        var text = "";
        foreach (var term in dim.Terms)
        {
            var factor = Math.Abs(term.Factor).ToString(CultureInfo.InvariantCulture);
            var atoms = term.Atoms.Select(a => Expression(a, names));
            var product = string.Join(" * ", term.Atoms.IsEmpty ? [factor] : factor == "1" ? atoms : atoms.Prepend(factor));
            text += text.Length == 0 ? (term.Factor < 0 ? "-" : "") + product : (term.Factor < 0 ? " - " : " + ") + product;
        }
        return text;
    }

    /// <summary>The product of the dimensions as an array length.</summary>
    public static string Length(IEnumerable<Dim> dims, Spelling names) => Int(dims.Aggregate(Dim.One, (size, dim) => size * dim), names);

    /// <summary>A size where the surface takes an <c>int</c>.</summary>
    public static string Int(Dim dim, Spelling names) =>
        dim.AsConstant is { } value ? value.ToString(CultureInfo.InvariantCulture) : $"checked((int)({Expression(dim, names)}))";

    private static string Expression(Atom atom, Spelling names) => atom.Operation switch
    {
        null => names.Size(atom.Name),
        "/" or "%" => $"(({Expression(atom.Left!, names)}) {atom.Operation} ({Expression(atom.Right!, names)}))",
        "min" => $"global::System.Math.Min({Expression(atom.Left!, names)}, {Expression(atom.Right!, names)})",
        _ => $"global::System.Math.Max({Expression(atom.Left!, names)}, {Expression(atom.Right!, names)})",
    };
}
