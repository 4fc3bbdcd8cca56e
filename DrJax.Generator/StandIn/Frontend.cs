using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
namespace DrJax.Generator.Frontend;
internal sealed record FrontendResult(Program? Program, EquatableArray<DiagnosticInfo> Diagnostics);
/// <summary>Scalar straight-line stand-in.</summary>
internal static class Compiler
{
    public static FrontendResult CompileMethod(IMethodSymbol m, Compilation c, CancellationToken t)
    {
        try { return new(Make(m, c, new Graph()), []); }
        catch (Exception e) when (e is IrException) { return new(null, [new DiagnosticInfo("DRJ040", LocationInfo.Of(m.Locations[0]), [e.Message])]); }
    }
    public static FrontendResult CompileCall(IInvocationOperation call, Compilation c, CancellationToken t)
    {
        var f = call.Arguments[0].Value is IDelegateCreationOperation { Target: IMethodReferenceOperation r } ? r.Method : null;
        if (f is null || call.TargetMethod.Name != "Grad") return new(null, [new DiagnosticInfo("DRJ031", LocationInfo.Of(call.Syntax.GetLocation()), ["it", "Grad"])]);
        try
        {
            var g = new Graph();
            var p = Make(f, c, g);
            return new(p with { Name = "Grad" }, []);
        }
        catch (Exception e) when (e is IrException) { return new(null, [new DiagnosticInfo("DRJ040", LocationInfo.Of(call.Syntax.GetLocation()), [e.Message])]); }
    }
    static Structure S(ITypeSymbol t) => t.SpecialType == SpecialType.System_Double ? new Leaf("double", ElementType.Float64, 0) : t.SpecialType == SpecialType.System_Int32 ? new Leaf("int", ElementType.Int32, 0) : throw new IrException("type " + t);
    static Program Make(IMethodSymbol m, Compilation c, Graph g) =>
        new(m.Name, m.Parameters.Select(p => new Parameter(p.Name, S(p.Type))).ToEquatable(), S(m.ReturnType), null, Fn(m, c, g, 0), []);
    static Func Fn(IMethodSymbol m, Compilation c, Graph g, int depth)
    {
        if (depth > 8) throw new IrException("recursion");
        var syntax = m.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() ?? throw new IrException("no source");
        if (!c.ContainsSyntaxTree(syntax.SyntaxTree)) throw new IrException("no source");
        var op = (IMethodBodyOperation?)c.GetSemanticModel(syntax.SyntaxTree).GetOperation(syntax) ?? throw new IrException("body");
        var ps = m.Parameters.ToDictionary(p => (ISymbol)p, p => g.Param(p.Name, Ir.ValueType.Scalar(((Leaf)S(p.Type)).Element)), SymbolEqualityComparer.Default);
        var ret = (op.BlockBody ?? op.ExpressionBody)!.Operations.OfType<IReturnOperation>().LastOrDefault()?.ReturnedValue ?? throw new IrException("return");
        var r = E(ret);
        return new Func(m.Name, [.. m.Parameters.Select(p => ps[p])], [r]);
        Node E(IOperation o) => o switch
        {
            { ConstantValue: { HasValue: true, Value: double v } } => g.Const(v, ElementType.Float64),
            IParameterReferenceOperation p when ps.ContainsKey(p.Parameter) => ps[p.Parameter],
            IConversionOperation { Type.SpecialType: SpecialType.System_Double } v => g.Cast(E(v.Operand), ElementType.Float64),
            IParenthesizedOperation p => E(p.Operand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } b => E(b.LeftOperand) + E(b.RightOperand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } b => E(b.LeftOperand) * E(b.RightOperand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } b => E(b.LeftOperand) - E(b.RightOperand),
            IInvocationOperation i when i.Arguments.Length == i.TargetMethod.Parameters.Length => g.Call(Fn(i.TargetMethod, c, g, depth + 1), i.Arguments.OrderBy(a => a.Parameter!.Ordinal).Select(a => E(a.Value)))[0],
            _ => throw new IrException(o.Kind.ToString()),
        };
    }
}
