using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>foreach: over the items of an array's first axis and over ranges of ints a counted loop, over a short list one statement after the
/// other.</summary>
internal sealed partial class Translator
{
    /// <summary>A list of numbers up to this long is written out, so that an int of it may be a size.</summary>
    private const int LongestUnrolled = 16;

    private void ForEach(IForEachLoopOperation n, Scope s)
    {
        if (n.IsAsynchronous) throw Keyword(Diagnostics.Async, n, "await");
        var collection = n.Collection;
        while (collection is IConversionOperation { OperatorMethod: null } conversion) collection = conversion.Operand;
        if (collection is IInvocationOperation { TargetMethod: { Name: "Range", ContainingType: { Name: "Enumerable" } home } } range
            && home.ContainingNamespace.ToDisplayString() == "System.Linq")
        {
            var (first, count) = (Node(range.Arguments[0].Value, s), Node(range.Arguments[1].Value, s));
            if (Simplify.AsDim(count) is { } size)
            {
                AtMost(Ir.Dim.Zero, size, "the number of ints of Enumerable.Range must not be negative, it is {1}", range.Syntax, s);
                if (!size.IsNonNegative) count = Graph.Size(Ir.Dim.Max(Ir.Dim.Zero, size));
            }
            Over("i", count, (scope, index) => new Data(scope.Region.Import(first, s.Region, "first") + index));
            return;
        }
        switch (Expression(collection is ICollectionExpressionOperation ? n.Collection : collection, s))
        {
            case Data { Node: { Type.Rank: > 0 } items }:
                Over("i", Graph.Size(items.Type.Shape[0]), (scope, index) => new Data(Graph.At(scope.Region.Import(items, s.Region, Text(collection)), index)));
                break;
            case ArrayValue { Rank: 1, Items: var items } array:
                Over("i", array.Length ?? Graph.Size(array.Size(0)), (scope, index) => items.Select(leaf => Graph.At(scope.Region.Import(leaf, s.Region, Text(collection)), index)));
                break;
            case ListValue { Items: var items } when items.Length <= LongestUnrolled || Stack(items) is null:
                Unroll(n, items, s);
                break;
            case ListValue { Items: var items }:
                var rows = Stack(items)!;
                Over("i", Graph.Size(Ir.Dim.Constant(items.Length)),
                    (scope, index) => rows.Select(leaf => Graph.At(scope.Region.Import(leaf, s.Region, Text(collection)), index)));
                break;
            case PoisonValue:
                throw new Poisoned();
            default:
                throw Keyword(Diagnostics.ForEach, n, Text(collection));
        }

        void Over(string name, Node trips, Func<Scope, Node, Value> item) =>
            Iterate(new LoopForm(n, new Counter(name, trips, (scope, index) => Declare(n, item(scope, index), scope)), [], true, []), s);
    }

    private void Declare(IForEachLoopOperation n, Value item, Scope s)
    {
        if (n.LoopControlVariable is not IVariableDeclaratorOperation { Symbol: var variable })
        {
            Deconstruct(n.LoopControlVariable, item, n, s);
            return;
        }
        if (variable.RefKind != RefKind.None) throw new Rejected(Diagnostics.Reference, n.LoopControlVariable.Syntax, "ref");
        s.Declare(variable, item is Data { Node: { Type.IsScalar: true } node } && CSharpTypes.Element(CSharpTypes.Resolve(variable.Type, s.Types)) is { } element
            ? new Data(Graph.Cast(node, element)) : item);
    }

    private void Unroll(IForEachLoopOperation n, ImmutableArray<Value> items, Scope s)
    {
        var (continued, broke) = (new Signal("continued"), new Signal("left"));
        var inside = s.Inside(s.Region, exits: s.Exits.OfLoop(n.ContinueLabel, continued, n.ExitLabel, broke));
        // A return leaves the loop and what is around it.
        inside.Declare(broke, new Data(False));
        Item(0, inside);

        void Item(int k, Scope around)
        {
            if (k == items.Length) return;
            var scope = around.Inside(around.Region);
            scope.Declare(continued, new Data(False));
            Declare(n, items[k], scope);
            Run([n.Body], scope);
            scope.TryAssign(continued, new Data(False));
            Continue(next => Item(k + 1, next), Assigned(n.Body), n, scope);
        }
    }
}
