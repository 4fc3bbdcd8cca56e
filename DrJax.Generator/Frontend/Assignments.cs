using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Assignment gives a local a new value: there is no storage.</summary>
internal sealed partial class Translator
{
    private Value Assign(IOperation target, Value value, IOperation at, Scope s)
    {
        switch (target)
        {
            case ILocalReferenceOperation { IsDeclaration: true } n:
                s.Declare(n.Local, Held(n.Local, value, n));
                return value;
            case ILocalReferenceOperation n:
                Assign(n.Local, Held(n.Local, value, n), at, s);
                return value;
            case IParameterReferenceOperation n:
                Assign(n.Parameter, value, at, s);
                return value;
            case IDeclarationExpressionOperation n:
                return Assign(n.Expression, value, at, s);
            case IDiscardOperation:
                return value;
            case ITupleOperation:
                return Deconstruct(target, value, at, s);
            case IFieldReferenceOperation { Instance: { } owner, Field: var field } when Expression(owner, s) is Parts parts:
                Assign(owner, parts.With((field.CorrespondingTupleField ?? field).Name, value), at, s);
                return value;
            case IPropertyReferenceOperation { Instance: { } owner, Property: { IsIndexer: false } property } when Expression(owner,
                s) is Parts parts && parts.Field(property.Name) is not null:
                Assign(owner, parts.With(property.Name, value), at, s);
                return value;
            case IInstanceReferenceOperation:
                throw new Rejected(Diagnostics.Unsupported, at.Syntax, $"'{Text(at)}', a change of 'this' (return a record made by 'with', and assign what the call gives),");
            case IMemberReferenceOperation { Instance: { } owner } n when Expression(owner, s) is Parts:
                throw Stored(n.Member, target.Type!, target.Syntax);
            case IArrayElementReferenceOperation n:
                // Indices that assign would have to run before the value was computed.
                if (n.Indices.FirstOrDefault(Assigns) is { } moving) throw new Rejected(Diagnostics.Unsupported, moving.Syntax, $"'{Text(moving)}', an index that assigns, in one of several targets,");
                return AssignElement(n, [.. n.Indices.Select(i => Expression(i, s))], value, at, s);
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                throw new Rejected(Diagnostics.MutableState, target.Syntax, Text(target));
            default:
                throw Unsupported(target);
        }
    }

    private static void Assign(object symbol, Value value, IOperation at, Scope s)
    {
        if (!s.TryAssign(symbol, value)) throw new Rejected(Diagnostics.CapturedAssignment, at.Syntax, symbol is ISymbol local ? local.Name : ((Signal)symbol).Name);
    }

    private Value CompoundAssignment(ICompoundAssignmentOperation n, Scope s)
    {
        var (read, write) = Place(n.Target, n, s);
        if (n.OperatorMethod is { } declared && AsConstrained(declared, n.ConstrainedToType, s) is var method && IsUserSource(method))
            return write(Call(method, [read(), Expression(n.Value, s)], [n.Target, n.Value], n.Syntax, s));
        var (left, right) = (read(), Expression(n.Value, s));
        // int x; x += 0.5 computes in double and casts back, as C# does.
        if (n.InConversion is { IsIdentity: false, MethodSymbol: null } && left is Data x && right is Data y)
            left = new Data(Graph.Cast(x.Node, y.Node.Type.Element));
        var result = Binary(n.OperatorKind, left, right, n.Target, n.Value, n.Syntax);
        if (n.OutConversion is { IsIdentity: false, MethodSymbol: null } && result is Data z
            && CSharpTypes.Element(CSharpTypes.Resolve(n.Target.Type!, s.Types)) is { } element)
            result = new Data(Graph.Cast(z.Node, element));
        return write(result);
    }

    private Value IncrementOrDecrement(IIncrementOrDecrementOperation n, Scope s)
    {
        var (read, write) = Place(n.Target, n, s);
        if (n.OperatorMethod is { } declared && AsConstrained(declared, n.ConstrainedToType, s) is var method && IsUserSource(method))
        {
            var old = read();
            var changed = write(Call(method, [old], [n.Target], n.Syntax, s));
            return n.IsPostfix ? old : changed;
        }
        var before = Node(read(), n.Target);
        var one = Graph.Const(1, before.Type.Element);
        var after = n.Kind == OperationKind.Increment ? before + one : before - one;
        write(new Data(after));
        return new Data(n.IsPostfix ? before : after);
    }

    /// <summary>var (a, b) = tuple, record or placed tuple.</summary>
    private Value Deconstruct(IOperation target, Value value, IOperation at, Scope s)
    {
        if (target is IDeclarationExpressionOperation declaration) return Deconstruct(declaration.Expression, value, at, s);
        if (target is not ITupleOperation tuple) return Assign(target, value, at, s);
        if (value is PoisonValue) throw new Poisoned();
        var parts = value switch
        {
            Parts whole => whole.Fields.Select(f => f.Value).ToList(),
            PlacedValue { Group: Parts group } => [.. group.Fields.Select(f => (Value)new PlacedValue(f.Value))],
            _ => throw new Rejected(Diagnostics.Unsupported, at.Syntax, $"'{Text(at)}'"),
        };
        if (parts.Count != tuple.Elements.Length)
            throw new Rejected(Diagnostics.Unsupported, at.Syntax, "A deconstruction that the record's own fields do not give");
        for (var i = 0; i < parts.Count; i++) Deconstruct(tuple.Elements[i], parts[i], at, s);
        return value;
    }
}
