using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>Methods, properties and indexers that users give their records: functions of the record and their parameters.</summary>
internal sealed partial class Translator
{
    /// <summary>The record whose member is being read.</summary>
    private static readonly Signal This = new("this");

    private static Value OwnRecord(IInstanceReferenceOperation n, Scope s)
    {
        try
        {
            return s.Find(This) ?? throw new Rejected(Diagnostics.Instance, n.Syntax, Text(n));
        }
        catch (PlacedCaptured)
        {
            throw new Rejected(Diagnostics.PlacedInMap, n.Syntax, This.Name);
        }
    }

    /// <summary>The call of an instance member of a record; null if the receiver is none.</summary>
    private Value? CallOfMember(IMethodSymbol member, ITypeSymbol receiver, Value owner, ImmutableArray<Value> arguments, SyntaxNode at, Scope s)
    {
        return MemberOf(member, receiver, owner, s) is { } method ? Call(Resolve(method, s), arguments.Insert(0, owner), [], at, s) : null;
    }

    /// <summary>The method that a member of a record is, or of any type that the project extends; null if it is of neither kind.</summary>
    private IMethodSymbol? MemberOf(IMethodSymbol member, ITypeSymbol receiver, Value owner, Scope s)
    {
        if (owner is PoisonValue) throw new Poisoned();
        if (member.ContainingType.IsExtension) return member;
        return owner is Parts ? MemberAsWritten(member, CSharpTypes.Resolve(receiver, s.Types), s) : null;
    }

    /// <summary>The member that runs, if its type alone tells: not one that a derived record may override.</summary>
    private IMethodSymbol? MemberAsWritten(IMethodSymbol member, ITypeSymbol receiver, Scope s)
    {
        var method = member.ContainingType.TypeKind == TypeKind.Interface ? Implementation(member, receiver, s) : member;
        var isOpen = method is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } && !receiver.IsSealed && !receiver.IsValueType;
        return method is null || isOpen || !IsUserSource(method) || method.IsImplicitlyDeclared ? null : method;
    }

    /// <summary>A static member of an interface is that of the type which it is asked of.</summary>
    private static IMethodSymbol AsConstrained(IMethodSymbol member, ITypeSymbol? constrained, Scope s) =>
        constrained is not null && member is { IsStatic: true, ContainingType.TypeKind: TypeKind.Interface }
            ? Implementation(member, CSharpTypes.Resolve(constrained, s.Types), s) ?? member : member;

    /// <summary>What a type makes of a member of an interface that it has: by a method of its own, or by the interface's.</summary>
    private static IMethodSymbol? Implementation(IMethodSymbol member, ITypeSymbol type, Scope s)
    {
        if (type.TypeKind is TypeKind.Interface or TypeKind.TypeParameter) return null;
        var home = (INamedTypeSymbol)CSharpTypes.Resolve(member.ContainingType, s.Types);
        var declared = home.GetMembers(member.Name).OfType<IMethodSymbol>()
            .FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member.OriginalDefinition));
        if (declared is null || type.FindImplementationForInterfaceMember(declared) is not IMethodSymbol found) return null;
        return member.IsGenericMethod ? found.Construct([.. member.TypeArguments]) : found;
    }

    /// <summary>A method's parameter by its place among the arguments, of which the record is the first.</summary>
    private static string ParameterName(IMethodSymbol method, int i) =>
        method.IsStatic ? method.Parameters[i].Name : i == 0 ? This.Name : method.Parameters[i - 1].Name;

    /// <summary>The arguments that a method's own parameters take.</summary>
    private static ImmutableArray<Value> WithoutRecord(IMethodSymbol method, ImmutableArray<Value> arguments) =>
        method.IsStatic ? arguments : arguments.RemoveAt(0);
}
