namespace DrJax;

/// <summary>
/// What exceptions say of sizes that do not meet and of indices that are outside. Eager methods and the compiler have this file in common, so that
/// compiled programs say the same: a number or shape is itself there, and here a place in generated text.
/// </summary>
internal static class ErrorTexts
{
    /// <summary>The parameters that exceptions of lengths and ranges name.</summary>
    public const string Length = "n", Start = "start";

    public static string Shapes<S>(string operation, S x, S y) => $"{operation}: shapes {x} and {y} differ";

    public static string Columns<S>(string operation, S x, S y) => $"{operation}: shapes {x} and {y} differ in the number of columns";

    public static string SummedAxis<S, N>(S x, S y, N columns, N rows) => $"MatMul: shapes {x} and {y} differ in the summed axis ({columns} and {rows})";

    public static string Items<S, N>(string operation, S x, S y, N first, N second) => $"{operation}: shapes {x} and {y} have {first} and {second} items";

    public static string Elements<S, N>(N count, S shape, N needed) => $"Reshape: x has {count} elements, the shape {shape} has {needed}";

    public static string OtherAxes<S>(S x, S y, int axis) => $"Concat: shapes {x} and {y} differ in another axis than {axis}";

    public static string Channels<S, N>(string operation, S x, S kernel, N first, N second) => $"{operation}: shapes {x} and {kernel} differ in the channels ({first} and {second})";

    public static string Window<N>(string operation, N span, N length) => $"{operation}: a window spans {span} elements of an axis of {length}";

    public static string Subscript<N>(char index, N first, char a, N second, char b) => $"Einsum: index '{index}' is {first} in {a}, {second} in {b}";

    public static string NotNegative<N>(string operation, N length) => $"{operation}: a length is not negative, got {length}";

    public static string Element(string operation, int axis) => $"{operation}: at least 1 element is needed along axis {axis}, there are 0";

    public static string Index<N>(N index, N length) => $"index {index} is outside an axis of length {length}";

    public static string Range<N>(N start, N end, N length) => $"range {start}..{end} is outside an axis of length {length}";
}
