using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>Values in kernels: functions are those of <c>DeviceMath</c>, bools lie in memory as bytes.</summary>
/// <param name="site">Where divisions of ints note that they have no quotient: arguments of <c>DeviceCheck</c>.</param>
internal sealed class DeviceDialect(Func<string> site) : ScalarDialect("DeviceMath")
{
    public override Term Apply(ScalarOp op, ElementType element, IReadOnlyList<Term> x) => (element switch
    {
        ElementType.Float32 or ElementType.Float64 => Floating(op, x),
        ElementType.Int32 => Whole(op, x),
        _ => null,
    }) ?? base.Apply(op, element, x);

    /// <summary>Divisions of ints: kernels cannot throw, and ILGPU rounds down where a power of two divides.</summary>
    private Term? Whole(ScalarOp op, IReadOnlyList<Term> x) => (op, HasQuotient(x[^1])) switch
    {
        (ScalarOp.Divide, true) => (Term?)new Term($"DeviceMath.Quotient({x[0]}, {x[1]})"),
        (ScalarOp.Remainder, true) => Term.Compound($"{x[0].Operand} % {x[1].Operand}"),
        (ScalarOp.Divide, false) => new Term($"DeviceCheck.Quotient({site()}, {x[0]}, {x[1]})"),
        (ScalarOp.Remainder, false) => new Term($"DeviceCheck.Remainder({site()}, {x[0]}, {x[1]})"),
        _ => default(Term?),
    };

    /// <summary>Whether every int has a quotient by a divisor: all but by 0, and the least by -1.</summary>
    private static bool HasQuotient(Term divisor) => int.TryParse(divisor.Text.Trim('(', ')'), out var constant) && constant is not (0 or -1);

    /// <summary>Operators that compilers for devices do not all compute as C# does: comparisons where a NaN takes part.</summary>
    private static Term? Floating(ScalarOp op, IReadOnlyList<Term> x) => op switch
    {
        ScalarOp.Less or ScalarOp.LessOrEqual or ScalarOp.Greater or ScalarOp.GreaterOrEqual or ScalarOp.Equal or ScalarOp.NotEqual or ScalarOp.Remainder
            => (Term?)new Term($"DeviceMath.{op}({x[0]}, {x[1]})"),
        _ => default(Term?),
    };

    public override Term Cast(Term x, ElementType from, ElementType to) => (from, to) switch
    {
        (ElementType.Float32 or ElementType.Float64, ElementType.Int32) => $"DeviceMath.ToInt({x})",
        (ElementType.Float32 or ElementType.Float64, ElementType.Bool) => Apply(ScalarOp.NotEqual, from, [x, Constant(0, from)]),
        _ => base.Cast(x, from, to),
    };

    public override Term FusedMultiplyAdd(ElementType element, Term x, Term y, Term z) => Term.Compound($"{z.Operand} + {x.Operand} * {y.Operand}");

    public override Term FromMemory(Term stored, ElementType element) => element == ElementType.Bool ? Term.Compound($"{stored.Operand} != 0") : stored;

    public override Term ToMemory(Term value, ElementType element) => element == ElementType.Bool ? $"(byte)({value.Operand} ? 1 : 0)" : value;

    /// <summary>What an element is on devices.</summary>
    public static string Stored(ElementType element) => element == ElementType.Bool ? "byte" : Spelling.Element(element);
}
