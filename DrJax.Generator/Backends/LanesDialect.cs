using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Backends;

/// <summary>
/// Lanes of a vector: of double with integers as long, or of float with integers as int; bools are masks of the floating type. In 512 bits there are 8
/// or 16; in 256 bits, the halves of these.
/// </summary>
internal sealed class LanesDialect(ElementType floating, VectorWidth width) : Dialect
{
    public int Count => (int)width / (IsSingle ? 32 : 64);

    /// <summary>How many of these vectors are one of 512 bits, which is what reductions of any width combine.</summary>
    public int Halves => (int)VectorWidth.Bits512 / (int)width;

    private bool IsSingle => floating == ElementType.Float32;

    private string Vector => $"Vector{(int)width}";

    private string Simd => width == VectorWidth.Bits512 ? "Simd" : $"Simd{(int)width}";

    private string Maths => width == VectorWidth.Bits512 ? "VecMath" : $"VecMath{(int)width}";

    private string Integer => IsSingle ? "int" : "long";

    private string Floating => Spelling.Element(floating);

    public override string Type(ElementType element) => $"{Vector}<{(element == ElementType.Int32 ? Integer : Floating)}>";

    public override Term Constant(double value, ElementType element) => element switch
    {
        ElementType.Bool => $"{Type(element)}.{(value != 0 ? "AllBitsSet" : "Zero")}",
        _ when value == 0 && BitConverter.DoubleToInt64Bits(value) == 0 => $"{Type(element)}.Zero",
        _ when value == 1 => $"{Type(element)}.One",
        ElementType.Int32 when !IsSingle => $"{Vector}.Create({Literals.Of(value, element)}L)",
        _ => $"{Vector}.Create({Literals.Of(value, element)})",
    };

    /// <summary>One value in every lane.</summary>
    public Term Broadcast(Term x, ElementType element) => element switch
    {
        ElementType.Bool => Term.Compound($"{x.Operand} ? {Constant(1, element)} : {Constant(0, element)}"),
        ElementType.Int32 => $"{Vector}.Create(({Integer}){x.Operand})",
        _ => $"{Vector}.Create({x})",
    };

    /// <summary>start, start + 1, ... as integers.</summary>
    public Term Indices(string start) => Term.Compound($"{Vector}.Create(({Integer}){start}) + {Type(ElementType.Int32)}.Indices");

    public override Term Apply(ScalarOp op, ElementType element, IReadOnlyList<Term> x) => (op, element) switch
    {
        // Masks of all ones are NaNs to a floating comparison.
        (ScalarOp.Equal, ElementType.Bool) => Term.Compound($"~({x[0].Operand} ^ {x[1].Operand})"),
        (ScalarOp.NotEqual, ElementType.Bool) => Term.Compound($"{x[0].Operand} ^ {x[1].Operand}"),
        _ => Fill(OpTable.Row(op).Vector ?? throw new InvalidOperationException($"{op} has no vector form: its nest must be scalar"), Maths, x),
    };

    public override Term Cast(Term x, ElementType from, ElementType to) => (from, to) switch
    {
        (ElementType.Bool, ElementType.Int32) => $"{Simd}.MaskToInt{Count}({x})",
        (ElementType.Bool, _) => Term.Compound($"{x.Operand} & {Constant(1, to)}"),
        (_, ElementType.Bool) => $"{Maths}.NotEqual({x}, {Constant(0, from)})",
        (ElementType.Int32, _) => $"{Simd}.To{(!IsSingle ? "Double" : "Single")}({x})",
        (_, ElementType.Int32) => $"{Simd}.ToInt{Count}({x})",
        _ => throw new InvalidOperationException($"no lanes for a cast from {from} to {to}: its nest must be scalar"),
    };

    /// <summary>Lanes of 64 bits keep what an int cannot hold.</summary>
    public override Term Wrapped(Term x, Expr expr) => !IsSingle && MayOverflow(expr) ? $"{Simd}.Wrap({x})" : x;

    private static bool MayOverflow(Expr expr) => expr is ApplyExpr { Element: ElementType.Int32 } e && e.Op switch
    {
        ScalarOp.Max or ScalarOp.Min => false,
        ScalarOp.Select => MayOverflow(e.Operands[1]) || MayOverflow(e.Operands[2]),
        _ => !IsIndex(e),
    };

    /// <summary>What counts places in an array is an int.</summary>
    private static bool IsIndex(Expr expr) => expr is AxisExpr or SizeExpr or ConstExpr
        || expr is ApplyExpr { Op: ScalarOp.Add or ScalarOp.Subtract } sum && sum.Operands.All(IsIndex);

    public override Term FusedMultiplyAdd(ElementType element, Term x, Term y, Term z) => $"{Vector}.FusedMultiplyAdd({x}, {y}, {z})";

    /// <summary>True in the first <paramref name="count"/> lanes.</summary>
    public string First(string count) => $"{Simd}.FirstLanes{Count}({count})";

    /// <summary>Whether a mask is true in some lane, or false in some.</summary>
    public Term Any(Term mask, bool isTrue) => Term.Compound($"{Vector}.ExtractMostSignificantBits({(isTrue ? mask.Text : "~" + mask.Operand)}) != 0");

    /// <summary>The lanes of the halves combined to one value.</summary>
    public Term Fold(ReduceKind kind, IEnumerable<Term> halves) => $"{Simd}.Fold{(kind == ReduceKind.Sum ? "" : kind.ToString())}({string.Join(", ", halves)})";

    /// <summary>The greater of x and a zero of either sign; NaN stays.</summary>
    public Term MaximumWithZero(Term x, ElementType element) => $"{Vector}.MaxNative({Constant(0, element)}, {x})";

    public Term SinCos(Term x) => $"{Maths}.SinCos({x})";

    /// <summary>The indices, those outside 0 to extent - 1 at the nearest end.</summary>
    public Term Clamp(Term indices, Term extent) => $"{Simd}.Clamp({indices}, {extent})";

    /// <summary>Lanes from memory, <paramref name="stride"/> elements apart (null: adjacent), all of them or the first <paramref name="count"/>.</summary>
    public Term Load(ElementType element, string pointer, Term? stride, string? count)
    {
        if (stride is { } step)
        {
            return IsFloating(element)
                ? count is null ? $"{Simd}.LoadStrided({pointer}, {step})" : $"{Simd}.LoadStridedPartial({pointer}, {step}, {count})"
                : $"{Simd}.LoadStrided{Memory(element)}({pointer}, {step}, {count ?? $"{Count}"})";
        }
        return count is null
            ? IsFloating(element) ? $"{Vector}.Load({pointer})" : $"{Simd}.Load{Memory(element)}({pointer})"
            : IsFloating(element) ? $"{Simd}.LoadPartial({pointer}, {count})" : $"{Simd}.Load{Memory(element)}Partial({pointer}, {count})";
    }

    /// <summary>Lane j from <paramref name="pointer"/> + offset j; all of them or the first <paramref name="count"/>.</summary>
    public Term Gather(ElementType element, string pointer, Term offsets, string? count) =>
        $"{Simd}.Gather{(IsFloating(element) ? "" : Memory(element))}({pointer}, {offsets}{(count is null ? "" : ", " + count)})";

    /// <summary>Rows of some columns, lane j's from <paramref name="pointer"/> + offset j, turned into lanes at <paramref name="memory"/>.</summary>
    public Term Rows(string pointer, Term offsets, long columns, string memory, string? count) =>
        $"{Simd}.Rows({pointer}, {offsets}, {columns}, {memory}{(count is null ? "" : ", " + count)})";

    /// <summary>Indices times a size.</summary>
    public Term Scaled(Term indices, Dim stride, Setting setting) => stride.IsConstant(1) ? indices
        : Term.Compound($"{indices.Operand} * {(stride.AsConstant is { } size ? Constant(size, ElementType.Int32) : Broadcast(setting.Size(stride), ElementType.Int32))}");

    public string Store(ElementType element, string pointer, Term value, Term? stride, string? count)
    {
        if (stride is { } step) return $"{Simd}.StoreStrided({pointer}, {value}, {step}, {count ?? $"{Count}"});";
        if (!IsFloating(element)) return count is null ? $"{Simd}.Store{Memory(element)}({pointer}, {value});" : $"{Simd}.Store{Memory(element)}Partial({pointer}, {value}, {count});";
        return count is null ? $"{Vector}.Store({value}, {pointer});" : $"{Simd}.StorePartial({pointer}, {value}, {count});";
    }

    // How integers and bools lie in memory, as the runtime's names have it.
    private string Memory(ElementType element) => (element == ElementType.Bool ? "Mask" : "Int") + Count;

    private bool IsFloating(ElementType element) =>
        element is ElementType.Int32 or ElementType.Bool ? false
        : element == floating ? true
        : throw new InvalidOperationException($"a nest of {floating} lanes accesses {element}: it must be scalar");
}
