using System.Collections.Immutable;

namespace DrJax.Generator.Ir;

/// <summary>How a C# type is made of leaves, depth first: what the host code needs to take arguments apart and put results together.</summary>
/// <param name="CSharp">The type as generated code spells it, fully qualified (<c>global::..</c>).</param>
internal abstract record Structure(string CSharp)
{
    public abstract IEnumerable<Leaf> Leaves { get; }
}

/// <summary>A scalar (<paramref name="Rank"/> 0) or array of the surface.</summary>
/// <param name="IsEnum">It is an enum, computed with as its int.</param>
internal sealed record Leaf(string CSharp, ElementType Element, int Rank, bool IsEnum = false) : Structure(CSharp)
{
    public override IEnumerable<Leaf> Leaves => [this];
}

/// <summary>A tuple or a positional record of structures; items of a tuple are named Item1, Item2, .. whatever the user calls them.</summary>
/// <param name="IsKey">It is the key of random numbers, whose ints are no sizes.</param>
internal sealed record Composite(string CSharp, bool IsTuple, EquatableArray<Field> Fields, bool IsKey = false) : Structure(CSharp)
{
    public override IEnumerable<Leaf> Leaves => Fields.SelectMany(f => f.Type.Leaves);
}

internal sealed record Field(string Name, Structure Type);

/// <summary><c>Placed&lt;T&gt;</c>: leaves are those of one group.</summary>
/// <param name="CountsRows">Whether each group's number of rows is a last leaf, which C# does not show.</param>
internal sealed record PlacedStructure(string CSharp, Structure Group, bool CountsRows = false) : Structure(CSharp)
{
    public override IEnumerable<Leaf> Leaves => CountsRows ? Group.Leaves.Append(new Leaf("int", ElementType.Int32, 0)) : Group.Leaves;
}

/// <summary>A parameter of a program's C# method.</summary>
internal sealed record Parameter(string Name, Structure Type);

/// <summary>
/// What must hold when the program is called and could not be decided at build time. <paramref name="Message"/> is the text of the exception
/// with {0} and {1} for the two sizes.
/// </summary>
internal sealed record Requirement(Dim Left, Dim Right, string Message, RequirementKind Kind = RequirementKind.Equal)
{
    /// <summary>What the user's code throws where it does not hold, in place of an exception with the message.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>What eager code throws where it does not hold, if that says it in other words than the message.</summary>
    public Refusal? Failure { get; init; }

    /// <summary>What is thrown in place of an exception with the message; null if nothing.</summary>
    public Refusal? Thrown => Refusal ?? Failure;

    /// <summary>The same of other sizes.</summary>
    public Requirement WithSizes(Func<Dim, Dim> size) => this with { Left = size(Left), Right = size(Right), Refusal = Refusal?.WithSizes(size), Failure = Failure?.WithSizes(size) };
}

internal enum RequirementKind
{
    Equal,
    LessOrEqual,

    /// <summary>Demanded by the user's code only.</summary>
    Different,

    /// <summary>As <see cref="LessOrEqual"/>, for an index: it fails as an array's indexer does.</summary>
    InRange,
}

/// <summary>
/// An entry of the compiler: a C# signature and the function it computes. The function has one parameter a leaf of the signature, in order
/// (an int scalar outside a placement is also the size symbol of its name), and one result a leaf of <paramref name="Result"/>.
/// Size symbols: axis k of leaf <c>p.Main</c> is <c>p.Main.k</c>; a placement's size is the placement's name; the rows of one group of a ragged
/// parameter are <c>p.rows@placement</c>, as a size of the whole program those of the longest group.
/// </summary>
internal sealed record Program(
    string Name,
    EquatableArray<Parameter> Parameters,
    Structure Result,
    Placement? Placement,
    Func Function,
    EquatableArray<Requirement> Requirements)
{
    /// <summary>What the function's nodes are made by; everything that is made of the function adds to it.</summary>
    public Graph Graph => Function.Results[0].Graph;

    /// <summary>The programs of other assemblies that have become part of this one.</summary>
    public EquatableArray<Library> Libraries { get; init; } = [];

    /// <summary>What refuses arguments by their values, if anything does.</summary>
    public Guard? Guard { get; init; }

    /// <summary>The guard as a program of the same parameters.</summary>
    public Program? GuardProgram() => Guard is not { } guard ? null
        : new(Name + "Guard", Parameters, Results(guard.Function), Placement, guard.Function, Requirements.Where(r => r.Kind != RequirementKind.InRange).ToEquatable()) { Libraries = Libraries };

    private static Structure Results(Func guard)
    {
        Leaf[] leaves = [.. guard.Results.Select((_, i) => i == 0 ? new Leaf("int", ElementType.Int32, 0) : new Leaf("double", ElementType.Float64, 0))];
        return leaves.Length == 1 ? leaves[0]
            : new Composite($"({string.Join(", ", leaves.Select(l => l.CSharp))})", IsTuple: true, leaves.Select((l, i) => new Field($"Item{i + 1}", l)).ToEquatable());
    }
}
