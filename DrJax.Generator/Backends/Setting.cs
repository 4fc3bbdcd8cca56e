using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends;

/// <summary>Where the text of a <see cref="Body"/> stands: what sizes, locals and memory are called there, and what an index that is outside does.</summary>
internal abstract class Setting(Names names)
{
    protected Names Names => names;

    /// <summary>How single values are spelled.</summary>
    public abstract Dialect Scalar { get; }

    /// <summary>The type of loop variables.</summary>
    public abstract string Counter { get; }

    /// <summary>The type of distances in memory.</summary>
    public abstract string Distance { get; }

    public abstract Term Size(Dim dim);

    public virtual string Name(Local local) => names[local];

    public abstract Term Value(Local local);

    /// <summary>The pointer to which addresses in a buffer are added; null if they count from its first element.</summary>
    public abstract Term? Start(Buffer buffer);

    /// <summary>The constant part of an address.</summary>
    public virtual Dim Offset(Buffer buffer, Address address) => address.Offset;

    /// <summary>The element at an address, as something to read (<see cref="Dialect.FromMemory"/>) or to assign to.</summary>
    public abstract Term Element(Buffer buffer, Term at);

    /// <summary>Whether a statement checks an index before its use; otherwise <see cref="Checked"/> does.</summary>
    public virtual bool Throws => true;

    /// <summary>The statement that throws if an index is outside.</summary>
    public virtual string Check(IndexExpr index, Term value) =>
        $"Check.Index({Literal(Describe(index.X))}, {value}, {Literal(Describe(index.Extent))}, {Size(index.Extent)});";

    /// <summary>The index, checked.</summary>
    public abstract Term Checked(IndexExpr index, Term value);

    // ---- words ----------------------------------------------------------------------------------------------------------------

    /// <summary>What is indexed with, for the reader of an exception.</summary>
    public static string Describe(Expr index) => index switch
    {
        LoadExpr load => $"an element of {load.Buffer.Name}",
        LocalExpr local => local.Local.Name,
        AxisExpr or SizeExpr or ConstExpr => "an index",
        _ => "a computed index",
    };

    /// <summary>What is indexed.</summary>
    public static string Describe(Dim extent)
    {
        if (extent.Terms.Length != 1 || extent.Terms[0] is not { Factor: 1, Atoms.Length: 1 }) return $"an axis of {extent}";
        var name = extent.Terms[0].Atoms[0].Name;
        var dot = name.LastIndexOf('.');
        return dot > 0 && int.TryParse(name.Substring(dot + 1), out var axis) ? $"axis {axis} of {name.Substring(0, dot)}" : $"an axis of {name}";
    }

    public static string Literal(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}

/// <summary>Methods of the host: everything by its name, memory by pointers.</summary>
internal class HostSetting(Names names) : Setting(names)
{
    public override Dialect Scalar => Dialect.Scalar;

    public override string Counter => "nint";

    public override string Distance => "nint";

    public override Term Size(Dim dim) => Names.Size(dim);

    public override Term Value(Local local) => Names[local];

    public override Term? Start(Buffer buffer) => Names[buffer];

    public override Term Element(Buffer buffer, Term at)
    {
        var plus = at.Primary ? -1 : at.Text.IndexOf(" + ", StringComparison.Ordinal);
        return plus < 0 ? $"{at.Text}[0]" : $"{at.Text.Substring(0, plus)}[{at.Text.Substring(plus + 3)}]";
    }

    public override Term Checked(IndexExpr index, Term value) => value;
}
