using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>What of C# lies outside the subset, and what is said about it: at the keyword where there is one.</summary>
internal sealed partial class Translator
{
    private static Exception Unsupported(IOperation o)
    {
        if (o is IInvalidOperation || o.Type is { TypeKind: TypeKind.Error }) return new NotCSharp();
        return o.Kind switch
        {
            OperationKind.Branch => Keyword(Diagnostics.Jump, o, o.Syntax.GetFirstToken().ValueText),
            OperationKind.Try => Keyword(Diagnostics.Exceptions, o, "'try' cannot be compiled: a program catches nothing; catch around its call"),
            OperationKind.Throw => Keyword(Diagnostics.Exceptions, o, "'throw' is compiled as a statement, an arm of '?:' or of a 'switch'; write it as one of these"),
            OperationKind.Using or OperationKind.UsingDeclaration => Keyword(Diagnostics.Resources, o, "using"),
            OperationKind.Lock => Keyword(Diagnostics.Resources, o, "lock"),
            OperationKind.Await => Keyword(Diagnostics.Async, o, "await"),
            OperationKind.YieldReturn or OperationKind.YieldBreak => Keyword(Diagnostics.Async, o, "yield"),
            OperationKind.AddressOf => new Rejected(Diagnostics.Reference, o.Syntax, "&"),
            OperationKind.SizeOf or OperationKind.TypeOf or OperationKind.NameOf =>
                new Rejected(Diagnostics.Unsupported, o.Syntax, $"'{Text(o)}'"),
            OperationKind.ArrayCreation => new Rejected(Diagnostics.PlainArray, o.Syntax),
            OperationKind.AnonymousObjectCreation => Keyword(Diagnostics.Creation, o, "{ .. }", "write a tuple (Name: value, ..)"),
            OperationKind.TranslatedQuery => Keyword(Diagnostics.Unsupported, o, "A query expression"),
            OperationKind.DynamicInvocation or OperationKind.DynamicMemberReference or OperationKind.DynamicObjectCreation or OperationKind.DynamicIndexerAccess
                => new Rejected(Diagnostics.Dynamic, o.Syntax),
            OperationKind.InterpolatedString => new Rejected(Diagnostics.Text, o.Syntax, "string"),
            OperationKind.IsType or OperationKind.Coalesce or OperationKind.ConditionalAccess or OperationKind.CoalesceAssignment
                => new Rejected(Diagnostics.Null, o.Syntax, Text(o)),
            OperationKind.InstanceReference => new Rejected(Diagnostics.Instance, o.Syntax, Text(o)),
            OperationKind.EventReference or OperationKind.EventAssignment => new Rejected(Diagnostics.MutableState, o.Syntax, Text(o)),
            OperationKind.None when o.Syntax is StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
                => Keyword(Diagnostics.Reference, o, "stackalloc"),
            OperationKind.None when o.Syntax is FixedStatementSyntax or PrefixUnaryExpressionSyntax
                => Keyword(Diagnostics.Reference, o, o.Syntax.GetFirstToken().ValueText),
            _ => new Rejected(Diagnostics.Unsupported, o.Syntax, $"'{Text(o)}'"),
        };
    }

    /// <summary>At the first token of the construct.</summary>
    private static Rejected Keyword(DiagnosticDescriptor descriptor, IOperation o, params string[] arguments) =>
        At(descriptor, o.Syntax.GetFirstToken(), arguments);

    private static Rejected At(DiagnosticDescriptor descriptor, SyntaxToken token, params string[] arguments) =>
        new(descriptor, token.GetLocation(), arguments);

    /// <summary>Refuses what is wrong with a statement's syntax before its operations are read.</summary>
    private static void RefuseModes(IOperation o)
    {
        if (o.Syntax.Parent is CheckedStatementSyntax statement && statement.IsKind(SyntaxKind.CheckedStatement))
            throw At(Diagnostics.Checked, statement.Keyword);
        if (o.Syntax.Parent is UnsafeStatementSyntax block) throw At(Diagnostics.Reference, block.UnsafeKeyword, "unsafe");
    }
}
