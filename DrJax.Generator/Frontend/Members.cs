using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Frontend;

/// <summary>Fields, properties, and records made and changed.</summary>
internal sealed partial class Translator
{
    private Value Field(IFieldReferenceOperation n, Scope s)
    {
        if (n.Instance is null) return StaticField(n, s);
        var owner = Expression(n.Instance, s);
        var name = (n.Field.CorrespondingTupleField ?? n.Field).Name;
        return owner switch
        {
            PoisonValue => throw new Poisoned(),
            Parts parts when parts.Field(name) is { } field => field,
            _ => throw Stored(n.Field, n.Field.Type, n.Syntax),
        };
    }

    private Value Property(IPropertyReferenceOperation n, Scope s)
    {
        if (n.Instance is null) return StaticProperty(n, s);
        var owner = Expression(n.Instance, s);
        if (owner is PoisonValue) throw new Poisoned();
        if (n.Property.IsIndexer && owner is ListValue or ArrayValue && n.Arguments.Length == 1) return ArrayItem(owner, [Expression(n.Arguments[0].Value, s)], n, s);
        if (!n.Property.IsIndexer && (OfNullable(n.Property.Name, owner, n.Instance.Type!, n) ?? MemberOf(owner, n.Property.Name)) is { } part) return part;
        if (owner is TextValue) throw new Rejected(Diagnostics.Text, n.Instance.Syntax, "string");
        if (owner is NullValue) throw new Rejected(Diagnostics.Null, n.Syntax, Text(n));
        ImmutableArray<Value> indices = [.. n.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => Expression(a.Value, s))];
        if (n.Property.GetMethod is { } getter && HasBody(getter) && CallOfMember(getter, n.Instance.Type!, owner, indices, n.Syntax, s) is { } result) return result;
        if (n.Property.IsIndexer && owner is not Parts) return Element(owner, indices, n, s);
        throw owner is Parts ? Stored(n.Property, n.Property.Type, n.Syntax) : new Rejected(Diagnostics.Instance, n.Syntax, n.Property.Name);
    }

    /// <summary>A size of an array, or a part of a structure.</summary>
    private Value? MemberOf(Value owner, string name) => (owner, name) switch
    {
        (PlacedValue placed, "Count") => SizeOf(placed.Leaves.First().Type.Placements[0].Size),
        (Data { Node.Type: { Rank: > 0 } type }, "Length" or "Rows") => SizeOf(type.Shape[0]),
        (Data { Node.Type: { Rank: 2 } type }, "Columns") => SizeOf(type.Shape[1]),
        (ListValue list, "Length" or "Count") => Int(list.Items.Length),
        (ArrayValue array, "Length" or "Count") => array.Rank == 1 ? LengthOf(array, 0) : SizeOf(Enumerable.Range(0, array.Rank).Select(array.Size).Aggregate((a, b) => a * b)),
        (Parts parts, _) => parts.Field(name),
        _ => null,
    };

    /// <summary>T.One, T.Zero, T.Pi of generic numbers; a getter with a body is a method; anything else may change.</summary>
    private Value StaticProperty(IPropertyReferenceOperation n, Scope s)
    {
        if (n.ConstrainedToType is { } constrained && CSharpTypes.Element(CSharpTypes.Resolve(constrained, s.Types)) is { } element)
        {
            double? value = n.Property.Name switch
            {
                "One" or "MultiplicativeIdentity" => 1,
                "Zero" or "AdditiveIdentity" => 0,
                "NegativeOne" => -1,
                "Pi" => Math.PI,
                "E" => Math.E,
                "Tau" => 2 * Math.PI,
                "NaN" => double.NaN,
                "PositiveInfinity" => double.PositiveInfinity,
                "NegativeInfinity" => double.NegativeInfinity,
                _ => null,
            };
            if (value is { } known) return new Data(Graph.Const(known, element));
        }
        if (n.Property.GetMethod is { } asked && AsConstrained(asked, n.ConstrainedToType, s) is { } getter && Bodies.Of(getter, session) is not null)
            return Call(getter, [], [], n.Syntax, s);
        if (n.Property.SetMethod is null && InitializerOf(n.Property) is not null) return Initial(n.Property, n.Property.Type, n, s);
        var home = n.Property.ContainingType.Name;
        throw home is "DateTime" or "DateTimeOffset" or "Environment" or "Random" or "Console" or "Guid" or "Stopwatch"
            ? Impure(n.Syntax, home, n.Property.Name)
            : new Rejected(Diagnostics.MutableState, n.Syntax, n.Property.Name);
    }

    private Value Creation(IObjectCreationOperation n, Scope s)
    {
        var type = (INamedTypeSymbol)CSharpTypes.Resolve(n.Type!, s.Types);
        if (type.SpecialType == SpecialType.None && n.Arguments.Length == 0 && n.Initializer is null && type.IsValueType
            && CSharpTypes.Structure(type) is Composite)
            return Default(type, n);
        if (CSharpTypes.IsKey(type) && n.Arguments.Length == 1)
            return Surface.Key(Graph.Const(0, ElementType.Int32), Node(n.Arguments[0].Value, s));
        if (type is { Name: nameof(Random), ContainingNamespace: { Name: nameof(System), ContainingNamespace.IsGlobalNamespace: true } })
            throw new Rejected(Diagnostics.HiddenRandomState, n.Syntax, "new Random");
        return Changed(Constructed(type, n.Constructor, n.Arguments, n.Syntax, s), n.Initializer, s);
    }

    /// <summary>A record by its primary constructor, or by another that passes on to it and does nothing else.</summary>
    private Parts Constructed(INamedTypeSymbol type, IMethodSymbol? by, ImmutableArray<IArgumentOperation> arguments, SyntaxNode at, Scope s)
    {
        var values = arguments.Select(a => (a.Parameter!.Ordinal, Value: Expression(a.Value, s))).OrderBy(a => a.Ordinal).Select(a => a.Value).ToList();
        if (CSharpTypes.PrimaryConstructor(type) is not { } constructor || by is null) throw Refused();
        if (SymbolEqualityComparer.Default.Equals(constructor.OriginalDefinition, by.OriginalDefinition))
            return new Parts([.. constructor.Parameters.Zip(values, (p, v) => (p.Name, v))], isTuple: false);
        if (Bodies.Initializer(by, session) is not { } next || !session.Active.Add(by.OriginalDefinition)) throw Refused();
        try
        {
            var inside = Scope.Root(s.Region, CSharpTypes.TypeArguments(by, s.Types));
            for (var i = 0; i < values.Count; i++) inside.Declare(by.OriginalDefinition.Parameters[i], values[i]);
            return Constructed(type, next.TargetMethod, next.Arguments, at, inside);
        }
        finally
        {
            session.Active.Remove(by.OriginalDefinition);
        }

        Rejected Refused() => new(Diagnostics.Creation, at, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            CSharpTypes.Structure(type) is null ? Cures.Of(type) : "call its positional constructor");
    }

    /// <summary>A field, or a property that has one, of a record: not one of what a program knows the record by.</summary>
    private static Rejected Stored(ISymbol member, ITypeSymbol type, SyntaxNode at) => member.ContainingType.IsRecord && Bodyless(member)
        ? new(Diagnostics.StoredMember, at, member.Name, member.ContainingType.Name, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)) : new(Diagnostics.Instance, at, member.Name);

    private static bool Bodyless(ISymbol member) => member is IFieldSymbol || member.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, member));

    /// <summary>Whether a getter computes, in place of reading a field of its own.</summary>
    private static bool HasBody(IMethodSymbol getter) => getter.AssociatedSymbol is not { } property || !Bodyless(property.OriginalDefinition);

    private Value With(IWithOperation n, Scope s) => Expression(n.Operand, s) switch
    {
        Parts parts => Changed(parts, n.Initializer, s),
        PoisonValue => throw new Poisoned(),
        _ => throw new Rejected(Diagnostics.Unsupported, n.Syntax, $"'{Text(n)}'"),
    };

    private Parts Changed(Parts parts, IObjectOrCollectionInitializerOperation? initializer, Scope s)
    {
        foreach (var o in initializer?.Initializers ?? [])
        {
            if (o is not ISimpleAssignmentOperation assignment) throw Unsupported(o);
            var name = assignment.Target switch
            {
                IPropertyReferenceOperation p => p.Property.Name,
                IFieldReferenceOperation f => (f.Field.CorrespondingTupleField ?? f.Field).Name,
                _ => "",
            };
            if (parts.Field(name) is null) throw Stored(((IMemberReferenceOperation)assignment.Target).Member, assignment.Target.Type!, assignment.Syntax);
            parts = parts.With(name, Expression(assignment.Value, s));
        }
        return parts;
    }
}
