using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>What to write in place of types and members of .NET that programs do not have.</summary>
internal static class Cures
{
    private const string Subset = "use float, double, int, bool, enums of int, Vec, Mat, Tensor3, Tensor4, Placed, tuples and positional records of these";

    private static readonly SymbolDisplayFormat Short = SymbolDisplayFormat.MinimallyQualifiedFormat;

    private static readonly Dictionary<string, string> Members = new()
    {
        ["Math.IEEERemainder"] = "write x - y * Round(x / y)",
        ["Math.CopySign"] = "write y < 0 ? -Abs(x) : Abs(x)",
        ["Math.ScaleB"] = "write x * Exp2(n)",
        ["Math.BigMul"] = "programs compute with ints of 32 bits; multiply doubles",
        ["Math.Round"] = "Round takes one argument: write Round(x * 100) / 100 for two digits",
        ["Double.IsNegative"] = "write x < 0",
        ["Single.IsNegative"] = "write x < 0",
        ["Double.Parse"] = "read numbers outside of the program and pass them in",
        ["Single.Parse"] = "read numbers outside of the program and pass them in",
        ["Int32.Parse"] = "read numbers outside of the program and pass them in",
    };

    /// <summary>In place of a value of a type.</summary>
    public static string Of(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object } => "write its type",
        { TypeKind: TypeKind.Delegate } => "a program's arguments and results are values: name the function where it is used, or make it a parameter of a helper",
        { TypeKind: TypeKind.Pointer } => "a program passes values: use Vec",
        { SpecialType: SpecialType.System_String or SpecialType.System_Char } => "texts stay outside of programs; use an enum for a choice",
        { SpecialType: SpecialType.System_Decimal } => "use double",
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => "use int",
        { SpecialType: SpecialType.System_Nullable_T } or INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => "a value is never missing: pass a bool beside it, or a record of both",
        { Name: nameof(Exception) } or { BaseType.Name: nameof(Exception) or nameof(SystemException) } => "make an exception where it is thrown",
        { Name: "Half", ContainingNamespace.Name: nameof(System) } => "use float",
        { TypeKind: TypeKind.Enum } => "make it an enum of int",
        IArrayTypeSymbol { Rank: 1, ElementType: IArrayTypeSymbol { Rank: 1, ElementType: var inner } } when CSharpTypes.Element(inner) is not null => $"use Mat<{Name(inner)}>",
        IArrayTypeSymbol { Rank: <= 4 } array when CSharpTypes.Element(array.ElementType) is not null => $"use {(array.Rank switch { 1 => "Vec", 2 => "Mat", 3 => "Tensor3", _ => "Tensor4" })}<{Name(array.ElementType)}>",
        INamedTypeSymbol { Arity: 1, TypeArguments: [var element] } items when IsOfItems(items) && CSharpTypes.Element(element) is not null => $"use Vec<{Name(element)}>",
        INamedTypeSymbol { Arity: 1, TypeArguments: [var element] } array when CSharpTypes.IsDrJax(array) && CSharpTypes.Element(element) is null && array.Name is "Vec" or "Mat" or "Tensor3" or "Tensor4"
            => "elements are float, double, int or bool",
        INamedTypeSymbol { TypeKind: TypeKind.Struct or TypeKind.Class, IsStatic: false } named when named.Locations.Any(l => l.IsInSource) => OfRecord(named),
        INamedTypeSymbol named when named.ContainingNamespace?.ToDisplayString() == "System.Numerics" => "use Vec, or a positional record struct of its numbers",
        _ => Subset,
    };

    /// <summary>A type of the project that is not made of positional members.</summary>
    private static string OfRecord(INamedTypeSymbol type)
    {
        if (type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } around)
            return $"'{type.Name}' inherits from '{around.Name}'; give it all its members itself, in a sealed positional record";
        if (CSharpTypes.Fields(type) is { } fields && fields.FirstOrDefault(f => CSharpTypes.Structure(f.Type) is null) is { Name: { } bad, Type: var of })
            return $"its '{bad}' is a '{of.ToDisplayString(Short)}'" + (CSharpTypes.Fields(of) is null ? $": {Of(of)}" : ", which cannot be compiled either");
        var members = type.GetMembers().Where(m => !m.IsStatic && !m.IsImplicitlyDeclared && m.DeclaredAccessibility == Accessibility.Public)
            .Select(m => m switch { IFieldSymbol f => $"{Name(f.Type)} {f.Name}", IPropertySymbol { IsIndexer: false, GetMethod: not null } p => $"{Name(p.Type)} {p.Name}", _ => null }).OfType<string>().ToList();
        return $"declare it by its members: {(type.IsValueType ? "record struct" : "sealed record")} {type.Name}({(members.Count is > 0 and <= 6 ? string.Join(", ", members) : "..")})";
    }

    private static bool IsOfItems(INamedTypeSymbol type) => type.Name is "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "List" or "IList" or "IReadOnlyList" or "ICollection" or "IReadOnlyCollection"
        or "IEnumerable" or "ImmutableArray" or "HashSet" or "Queue" or "Stack" or "LinkedList" && type.ContainingNamespace?.ToDisplayString().StartsWith("System", StringComparison.Ordinal) == true;

    private static string Name(ITypeSymbol type) => type.ToDisplayString(Short);

    /// <summary>In place of a method that has no source here.</summary>
    public static string Of(IMethodSymbol method)
    {
        var home = method.ContainingType;
        var (space, name) = (home?.ContainingNamespace?.ToDisplayString() ?? "", $"{home?.Name.Replace("MathF", "Math")}.{method.Name}");
        if (Members.TryGetValue(name, out var known)) return known;
        if (space == "System.Linq") return "write a loop, or Build(n, i => ..), Rows(m, f), Sum(n, i => ..) and the members of DrJax.Ops in place of LINQ";
        if (home is not null && CSharpTypes.IsDrJax(home)) return "programs use arrays as they are: by indices, ranges and the members of DrJax.Ops; do this outside of the program";
        if (method.Name is "ToString" or "Format" or "Concat" or "Join") return "texts stay outside of programs";
        if (method.Name is "CompareTo" or "Equals") return "compare by operators";
        if (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
            return "programs have the members of DrJax and System.Math: write what it computes in a method of this project, or compute it outside and pass it in";
        return "mark it [DrJaxProgram] there, use the members of DrJax and System.Math, or copy it into this project";
    }
}
