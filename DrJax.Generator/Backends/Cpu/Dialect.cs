using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>How values are spelled: one at a time (<see cref="Scalar"/>), or as the lanes of <c>Vector512</c>.</summary>
internal abstract class Dialect
{
    public static Dialect Scalar { get; } = new ScalarDialect();

    public abstract string Type(ElementType element);

    public abstract Term Constant(double value, ElementType element);

    /// <summary>A row of the op table with operands of type <paramref name="element"/> filled in.</summary>
    public abstract Term Apply(ScalarOp op, ElementType element, IReadOnlyList<Term> x);

    public abstract Term Cast(Term x, ElementType from, ElementType to);

    /// <summary>The value for an operation that looks at all bits of a lane.</summary>
    public virtual Term Wrapped(Term x, Expr expr) => x;

    /// <summary>x * y + z rounded once.</summary>
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

    private sealed class ScalarDialect : Dialect
    {
        public override string Type(ElementType element) => Spelling.Element(element);

        public override Term Constant(double value, ElementType element) => Literals.Of(value, element);

        public override Term Apply(ScalarOp op, ElementType element, IReadOnlyList<Term> x) => op == ScalarOp.NotEqual && x[0] == x[1] && element is (ElementType.Float32 or ElementType.Float64)
            // C# warns of comparing a variable with itself.
            ? $"{Type(element)}.IsNaN({x[0]})"
            : Fill(OpTable.Row(op).Scalar, "ScalarMath", x);

        public override Term Cast(Term x, ElementType from, ElementType to) => (from, to) switch
        {
            (ElementType.Bool, _) => Term.Compound($"{x.Operand} ? {Constant(1, to)} : {Constant(0, to)}"),
            (_, ElementType.Bool) => Term.Compound($"{x.Operand} != {Constant(0, from)}"),
            _ => $"({Type(to)}){x.Operand}",
        };

        public override Term FusedMultiplyAdd(ElementType element, Term x, Term y, Term z) =>
            $"{(element == ElementType.Float32 ? "MathF" : "Math")}.FusedMultiplyAdd({x}, {y}, {z})";
    }
}

/// <summary>
/// Lanes of <c>Vector512</c>: 8 of double with integers as long, or 16 of float with integers as int; bools are masks of the floating type.
/// </summary>
internal sealed class LanesDialect(ElementType floating) : Dialect
{
    public int Count => floating == ElementType.Float32 ? 16 : 8;

    private string Integer => Count == 8 ? "long" : "int";

    private string Floating => Spelling.Element(floating);

    public override string Type(ElementType element) => $"Vector512<{(element == ElementType.Int32 ? Integer : Floating)}>";

    public override Term Constant(double value, ElementType element) => element switch
    {
        ElementType.Bool => $"{Type(element)}.{(value != 0 ? "AllBitsSet" : "Zero")}",
        _ when value == 0 && BitConverter.DoubleToInt64Bits(value) == 0 => $"{Type(element)}.Zero",
        _ when value == 1 => $"{Type(element)}.One",
        ElementType.Int32 when Count == 8 => $"Vector512.Create({Literals.Of(value, element)}L)",
        _ => $"Vector512.Create({Literals.Of(value, element)})",
    };

    /// <summary>One value in every lane.</summary>
    public Term Broadcast(Term x, ElementType element) => element switch
    {
        ElementType.Bool => Term.Compound($"{x.Operand} ? {Constant(1, element)} : {Constant(0, element)}"),
        ElementType.Int32 => $"Vector512.Create(({Integer}){x.Operand})",
        _ => $"Vector512.Create({x})",
    };

    /// <summary>start, start + 1, ... as integers.</summary>
    public Term Indices(string start) => Term.Compound($"Vector512.Create(({Integer}){start}) + {Type(ElementType.Int32)}.Indices");

    public override Term Apply(ScalarOp op, ElementType element, IReadOnlyList<Term> x) => (op, element) switch
    {
        // Masks of all ones are NaNs to a floating comparison.
        (ScalarOp.Equal, ElementType.Bool) => Term.Compound($"~({x[0].Operand} ^ {x[1].Operand})"),
        (ScalarOp.NotEqual, ElementType.Bool) => Term.Compound($"{x[0].Operand} ^ {x[1].Operand}"),
        _ => Fill(OpTable.Row(op).Vector ?? throw new InvalidOperationException($"{op} has no vector form: its nest must be scalar"), "VecMath", x),
    };

    public override Term Cast(Term x, ElementType from, ElementType to) => (from, to) switch
    {
        (ElementType.Bool, ElementType.Int32) => $"Simd.MaskToInt{Count}({x})",
        (ElementType.Bool, _) => Term.Compound($"{x.Operand} & {Constant(1, to)}"),
        (_, ElementType.Bool) => $"VecMath.NotEqual({x}, {Constant(0, from)})",
        (ElementType.Int32, _) => $"Simd.To{(Count == 8 ? "Double" : "Single")}({x})",
        (_, ElementType.Int32) => $"Simd.ToInt{Count}({x})",
        _ => throw new InvalidOperationException($"no lanes for a cast from {from} to {to}: its nest must be scalar"),
    };

    /// <summary>Lanes of 64 bits keep what an int cannot hold.</summary>
    public override Term Wrapped(Term x, Expr expr) => Count == 8 && MayOverflow(expr) ? $"Simd.Wrap({x})" : x;

    private static bool MayOverflow(Expr expr) => expr is ApplyExpr { Element: ElementType.Int32 } e && e.Op switch
    {
        ScalarOp.Max or ScalarOp.Min => false,
        ScalarOp.Select => MayOverflow(e.Operands[1]) || MayOverflow(e.Operands[2]),
        _ => !IsIndex(e),
    };

    /// <summary>What counts places in an array is an int.</summary>
    private static bool IsIndex(Expr expr) => expr is AxisExpr or SizeExpr or ConstExpr
        || expr is ApplyExpr { Op: ScalarOp.Add or ScalarOp.Subtract } sum && sum.Operands.All(IsIndex);

    public override Term FusedMultiplyAdd(ElementType element, Term x, Term y, Term z) => $"Vector512.FusedMultiplyAdd({x}, {y}, {z})";

    /// <summary>True in the first <paramref name="count"/> lanes.</summary>
    public string First(string count) => $"Simd.FirstLanes{Count}({count})";

    /// <summary>The lanes combined to one value.</summary>
    public Term Fold(ReduceKind kind, Term x) => $"Simd.Fold{(kind == ReduceKind.Sum ? "" : kind.ToString())}({x})";

    /// <summary>Lanes from memory, <paramref name="stride"/> elements apart (null: adjacent), all of them or the first <paramref name="count"/>.</summary>
    public Term Load(ElementType element, string pointer, Term? stride, string? count)
    {
        if (stride is { } step)
        {
            return IsFloating(element)
                ? count is null ? $"Simd.LoadStrided({pointer}, {step})" : $"Simd.LoadStridedPartial({pointer}, {step}, {count})"
                : $"Lanes.LoadStrided{Memory(element)}({pointer}, {step}, {count ?? $"{Count}"})";
        }
        return count is null
            ? IsFloating(element) ? $"Vector512.Load({pointer})" : $"Simd.Load{Memory(element)}({pointer})"
            : IsFloating(element) ? $"Simd.LoadPartial({pointer}, {count})" : $"Simd.Load{Memory(element)}Partial({pointer}, {count})";
    }

    /// <summary>Lane j from <paramref name="pointer"/> + offset j; all of them or the first <paramref name="count"/>.</summary>
    public Term Gather(ElementType element, string pointer, Term offsets, string? count) =>
        $"Simd.Gather{(IsFloating(element) ? "" : Memory(element))}({pointer}, {offsets}{(count is null ? "" : ", " + count)})";

    /// <summary>Indices times a size.</summary>
    public Term Scaled(Term indices, Dim stride, Names names) => stride.IsConstant(1) ? indices
        : Term.Compound($"{indices.Operand} * {(stride.AsConstant is { } size ? Constant(size, ElementType.Int32) : Broadcast(names.Size(stride), ElementType.Int32))}");

    public string Store(ElementType element, string pointer, Term value, Term? stride, string? count)
    {
        if (stride is { } step) return $"Lanes.StoreStrided({pointer}, {value}, {step}, {count ?? $"{Count}"});";
        if (!IsFloating(element)) return count is null ? $"Simd.Store{Memory(element)}({pointer}, {value});" : $"Simd.Store{Memory(element)}Partial({pointer}, {value}, {count});";
        return count is null ? $"Vector512.Store({value}, {pointer});" : $"Simd.StorePartial({pointer}, {value}, {count});";
    }

    // How integers and bools lie in memory, as the runtime's names have it.
    private string Memory(ElementType element) => (element == ElementType.Bool ? "Mask" : "Int") + Count;

    private bool IsFloating(ElementType element) =>
        element is ElementType.Int32 or ElementType.Bool ? false
        : element == floating ? true
        : throw new InvalidOperationException($"a nest of {floating} lanes accesses {element}: it must be scalar");
}
