using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends;

/// <summary>How values are spelled: one at a time (<see cref="Scalar"/>), or as the lanes of a vector (<see cref="LanesDialect"/>).</summary>
internal abstract class Dialect
{
    public static Dialect Scalar { get; } = new ScalarDialect("ScalarMath");

    public abstract string Type(ElementType element);

    public abstract Term Constant(double value, ElementType element);

    /// <summary>A row of the op table with operands of type <paramref name="element"/> filled in.</summary>
    public abstract Term Apply(ScalarOp op, ElementType element, IReadOnlyList<Term> x);

    public abstract Term Cast(Term x, ElementType from, ElementType to);

    /// <summary>The value for an operation that looks at all bits of a lane.</summary>
    public virtual Term Wrapped(Term x, Expr expr) => x;

    /// <summary>What memory holds, as a value.</summary>
    public virtual Term FromMemory(Term stored, ElementType element) => stored;

    /// <summary>A value as memory holds it.</summary>
    public virtual Term ToMemory(Term value, ElementType element) => value;

    /// <summary>x * y + z, rounded once where the hardware has that.</summary>
    public abstract Term FusedMultiplyAdd(ElementType element, Term x, Term y, Term z);

    public Term Combine(ReduceKind kind, ElementType element, Term x, Term y) =>
        Apply(kind switch { ReduceKind.Sum => ScalarOp.Add, ReduceKind.Max => ScalarOp.Max, _ => ScalarOp.Min }, element, [x, y]);

    public Term Identity(ReduceKind kind, ElementType element) => element switch
    {
        ElementType.Int32 => Constant(kind switch { ReduceKind.Sum => 0, ReduceKind.Max => int.MinValue, _ => int.MaxValue }, element),
        _ => Constant(kind switch { ReduceKind.Sum => 0, ReduceKind.Max => double.NegativeInfinity, _ => double.PositiveInfinity }, element),
    };

    /// <summary>Fills the holes of a template. Operands of operators get parentheses, operands of calls need none.</summary>
    protected static Term Fill(string template, string maths, IReadOnlyList<Term> x)
    {
        var call = template.StartsWith("M.", StringComparison.Ordinal);
        var text = call ? maths + template.Substring(1) : template;
        for (var i = 0; i < x.Count; i++) text = text.Replace($"{{{i}}}", call ? x[i].Text : x[i].Operand);
        return new Term(text, call);
    }
}

/// <summary>Values one at a time.</summary>
/// <param name="maths">The class whose methods the op table's <c>M</c> stands for.</param>
internal class ScalarDialect(string maths) : Dialect
{
    public override string Type(ElementType element) => Spelling.Element(element);

    public override Term Constant(double value, ElementType element) => Literals.Of(value, element);

    public override Term Apply(ScalarOp op, ElementType element, IReadOnlyList<Term> x) => op == ScalarOp.NotEqual && x[0] == x[1] && element is (ElementType.Float32 or ElementType.Float64)
        // C# warns of comparing a variable with itself.
        ? $"{Type(element)}.IsNaN({x[0]})"
        : Fill(OpTable.Row(op).Scalar, maths, x);

    public override Term Cast(Term x, ElementType from, ElementType to) => (from, to) switch
    {
        (ElementType.Bool, _) => Term.Compound($"{x.Operand} ? {Constant(1, to)} : {Constant(0, to)}"),
        (_, ElementType.Bool) => Term.Compound($"{x.Operand} != {Constant(0, from)}"),
        _ => $"({Type(to)}){x.Operand}",
    };

    public override Term FusedMultiplyAdd(ElementType element, Term x, Term y, Term z) =>
        $"{(element == ElementType.Float32 ? "MathF" : "Math")}.FusedMultiplyAdd({x}, {y}, {z})";
}
