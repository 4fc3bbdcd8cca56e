using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>What a C# expression means to the Frontend: a tree whose leaves are nodes, or something known at build time only.</summary>
internal abstract class Value
{
    /// <summary>The nodes of the tree, depth first.</summary>
    public virtual IEnumerable<Node> Leaves => [];

    /// <summary>Whether nodes alone make the value up, so that it can cross a region's boundary.</summary>
    public virtual bool IsData => true;

    /// <summary>The tree with every node replaced.</summary>
    public virtual Value Select(Func<Node, Node> f) => this;
}

/// <summary>A scalar or array.</summary>
internal sealed class Data(Node node) : Value
{
    public Node Node { get; } = node;

    public override IEnumerable<Node> Leaves => [Node];

    public override Value Select(Func<Node, Node> f) => new Data(f(Node));
}

/// <summary>A tuple or a positional record.</summary>
internal sealed class Parts(ImmutableArray<(string Name, Value Value)> fields, bool isTuple) : Value
{
    public ImmutableArray<(string Name, Value Value)> Fields { get; } = fields;

    public bool IsTuple { get; } = isTuple;

    public static Parts Tuple(params IEnumerable<Value> items) => new([.. items.Select((v, i) => ($"Item{i + 1}", v))], isTuple: true);

    public override IEnumerable<Node> Leaves => Fields.SelectMany(f => f.Value.Leaves);

    public override bool IsData => Fields.All(f => f.Value.IsData);

    public override Value Select(Func<Node, Node> f) => new Parts([.. Fields.Select(p => (p.Name, p.Value.Select(f)))], IsTuple);

    public Value? Field(string name) => Fields.FirstOrDefault(f => f.Name == name).Value;

    public Parts With(string name, Value value) => new([.. Fields.Select(f => f.Name == name ? (name, value) : f)], IsTuple);
}

/// <summary>A placed tree: its nodes have a placement.</summary>
internal sealed class PlacedValue(Value group) : Value
{
    public Value Group { get; } = group;

    public override IEnumerable<Node> Leaves => Group.Leaves;

    public override Value Select(Func<Node, Node> f) => new PlacedValue(Group.Select(f));
}

/// <summary>A text that a member of DrJax reads when the program is built; null if only a run would tell it.</summary>
internal sealed class TextValue(string? text) : Value
{
    public string? Text { get; } = text;

    public override bool IsData => false;
}

/// <summary>The null of a nullable type, which is known when the program is built.</summary>
internal sealed class NullValue : Value
{
    public static NullValue Instance { get; } = new();

    public override bool IsData => false;
}

/// <summary>A lambda or local function with the scope it was written in, or a method by name (of a record: with the scope that holds the record).</summary>
internal class FunctionValue(IMethodSymbol symbol, IBlockOperation? body, Scope? scope, SyntaxNode syntax) : Value
{
    public IMethodSymbol Symbol { get; } = symbol;

    public IBlockOperation? Body { get; } = body;

    public Scope? Scope { get; } = scope;

    public SyntaxNode Syntax { get; } = syntax;

    public override bool IsData => false;
}

/// <summary>A C# <c>Index</c>.</summary>
internal sealed class IndexValue(Node node, bool fromEnd) : Value
{
    public Node Node { get; } = node;

    public bool FromEnd { get; } = fromEnd;

    public override bool IsData => false;
}

/// <summary>A C# <c>Range</c>; a missing bound is the axis's end.</summary>
internal sealed class RangeValue(IndexValue? start, IndexValue? end) : Value
{
    public IndexValue? Start { get; } = start;

    public IndexValue? End { get; } = end;

    public override bool IsData => false;
}

/// <summary>What a rejected statement leaves behind.</summary>
internal sealed class PoisonValue : Value
{
    public static PoisonValue Instance { get; } = new();

    public override bool IsData => false;
}

/// <summary>One of two functions; which, is decided where it is called.</summary>
internal sealed class ChosenFunction(Node condition, FunctionValue then, FunctionValue otherwise) : FunctionValue(then.Symbol, null, null, then.Syntax)
{
    public Node Condition { get; } = condition;

    public FunctionValue Then { get; } = then;

    public FunctionValue Otherwise { get; } = otherwise;

    public override Value Select(Func<Node, Node> f) => new ChosenFunction(f(Condition), (FunctionValue)Then.Select(f), (FunctionValue)Otherwise.Select(f));
}
