using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>[Shape] on parameters, results and members of records: a number is a size, a name means one size in all of a method's
/// signature.</summary>
internal sealed partial class Translator
{
    private void ApplyShapes(IMethodSymbol method, ImmutableArray<Value> arguments, Dictionary<string, Dim> named)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = method.OriginalDefinition.Parameters[i];
            ApplyShape(parameter.Name, parameter.GetAttributes(), parameter.Type, arguments[i], named);
        }
    }

    private void ApplyShape(string name, ImmutableArray<AttributeData> attributes, ITypeSymbol type, Value value, Dictionary<string,
        Dim> named)
    {
        if (attributes.FirstOrDefault(a =>
            a.AttributeClass is { Name: "ShapeAttribute" } home && CSharpTypes.IsDrJax(home)) is { } attribute)
        {
            if (attribute.ApplicationSyntaxReference?.GetSyntax(session.Cancellation) is { } at)
                ApplyShape(name, attribute, at, value, named);
            return;
        }
        if (value is PlacedValue placed && CSharpTypes.IsPlaced(type))
            ApplyShape(name, [], ((INamedTypeSymbol)type).TypeArguments[0], placed.Group, named);
        if (value is not Parts parts || type is not INamedTypeSymbol structure || CSharpTypes.Fields(type) is not { } fields) return;
        foreach (var (field, fieldType) in fields)
        {
            var declared = CSharpTypes.PrimaryConstructor(structure)?.Parameters.FirstOrDefault(p => p.Name == field)?.GetAttributes()
                ?? [];
            var members = structure.GetMembers(field).OfType<IPropertySymbol>().SelectMany(p => p.GetAttributes());
            ApplyShape($"{name}.{field}", [.. declared, .. members], fieldType, parts.Field(field)!, named);
        }
    }

    private void ApplyShape(string name, AttributeData attribute, SyntaxNode at, Value value, Dictionary<string, Dim> named)
    {
        var dims = attribute.ConstructorArguments.SelectMany(a => a.Kind == TypedConstantKind.Array ? a.Values : [a])
            .Select(d => d.Value).ToList();
        if (value.Leaves.ToList() is not [var leaf])
            throw new Rejected(Diagnostics.ShapeAttribute, at, name, "describes one array, this value has several");
        if (leaf.Type.Rank != dims.Count)
            throw new Rejected(Diagnostics.ShapeAttribute, at, name, $"has {dims.Count} axes, the array {leaf.Type.Rank}");
        for (var axis = 0; axis < dims.Count; axis++)
        {
            var side = new Side(leaf, axis, name);
            if (dims[axis] is int number)
                Equate(side.Dim, Ir.Dim.Constant(number), $"[Shape]: {side.Words(0)}, {{1}} is declared", at);
            else if (dims[axis] is string again && named.TryGetValue(again, out var first))
                Equate(side.Dim, first, $"[Shape]: {side.Words(0)}, '{again.Replace("{", "{{").Replace("}", "}}")}' is {{1}}", at);
            else if (dims[axis] is string once)
                named[once] = side.Dim;
        }
    }
}
