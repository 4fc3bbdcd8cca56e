namespace DrJax.Generator.Ir;

internal enum ElementType
{
    Float32,
    Float64,
    Int32,
    Bool,
}

/// <summary>A placement axis: its name in the program's attribute and its number of groups.</summary>
internal sealed record Placement(string Name, Dim Size);

/// <summary>What is known of a value at build time: element type, shape of one group's value, and the placements over which it is partitioned (outermost first).</summary>
internal sealed record ValueType(ElementType Element, EquatableArray<Dim> Shape, EquatableArray<Placement> Placements)
{
    public static ValueType Scalar(ElementType element) => new(element, [], []);

    public static ValueType Array(ElementType element, params ReadOnlySpan<Dim> shape) => new(element, EquatableArray.Create(shape), []);

    public int Rank => Shape.Count;

    public bool IsScalar => Rank == 0;

    /// <summary>Only floating values have tangents.</summary>
    public bool IsDifferentiable => Element is ElementType.Float32 or ElementType.Float64;

    public bool IsPlaced => Placements.Count > 0;

    public Dim Size => Shape.Aggregate(Dim.One, (size, dim) => size * dim);

    public ValueType WithShape(IEnumerable<Dim> shape) => this with { Shape = shape.ToEquatable() };

    public ValueType WithElement(ElementType element) => this with { Element = element };

    public override string ToString() =>
        Name(Element) + (IsScalar ? "" : $"[{Shape}]") + string.Concat(Placements.Select(p => "@" + p.Name));

    private static string Name(ElementType element) => element switch
    {
        ElementType.Float32 => "f32",
        ElementType.Float64 => "f64",
        ElementType.Int32 => "i32",
        _ => "bool",
    };
}
