using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Takes arrays of constant shape and few elements apart: each element becomes a scalar value. Structure is then a choice of elements, sums and contractions are additions in the order of their elements. So where lanes are groups what one group computes stays in
/// registers. What cannot be taken apart (indices known at run time, functions of matrices, large operands) gets its operands put together again.
/// </summary>
internal sealed class SmallArrays(Graph graph)
{
    /// <summary>More elements than these stay an array: its loops cost less than their text.</summary>
    public const int MostElements = 64;

    /// <summary>A function of more nodes than these when taken apart stays as it is, so that generated code is bounded.</summary>
    private const int MostNodes = 3000;

    private readonly Dictionary<(Func, EquatableArray<Pieces>), Elements> done = [];

    public Graph Graph { get; } = graph;

    public static bool IsSmall(Ir.ValueType type) => type is { IsPlaced: false, Size.AsConstant: <= MostElements } && type.Shape.All(dim => dim.AsConstant is not null);

    /// <summary>
    /// The function with the elements of its small results apart, unless that makes it too large; and for each result now, which one it was or belonged
    /// to, and (not null) which element it is in row-major order. Parameters stay as they are.
    /// </summary>
    /// <param name="dropsZeros">Whether elements of a result that are zeros which nothing computes are left out.</param>
    public (Func Func, ImmutableArray<(int Result, int? Element)> Parts) Run(Func f, Func<int, bool> dropsZeros)
    {
        var elements = new Elements(this, f, [.. f.Parameters.Select(p => Pieces.Whole)]);
        var wanted = f.Results.Select((r, i) => !elements.IsApart(r) || r.Type.IsScalar ? Pieces.Whole
            : dropsZeros(i) ? elements.PiecesOf(r) : Pieces.All(elements.PiecesOf(r).Present.Count)).ToEquatable();
        var apart = elements.Func(wanted);
        return Count(apart, []) <= MostNodes
            ? (apart, [.. wanted.SelectMany((pieces, i) => pieces.IsApart ? Enumerable.Range(0, pieces.Present.Count).Where(k => pieces.Present[k]).Select(k => (i, (int?)k)) : [(i, null)])])
            : (f, [.. f.Results.Select((_, i) => (i, (int?)null))]);
    }

    /// <summary>A function of a region with some parameters in pieces.</summary>
    public Elements Of(Func f, EquatableArray<Pieces> parameters)
    {
        return done.TryGetValue((f, parameters), out var known) ? known : done[(f, parameters)] = new Elements(this, f, parameters);
    }

    private static int Count(Func f, HashSet<Func> seen) => !seen.Add(f) ? 0 : f.Nodes.Count + f.Nodes.SelectMany(n => Verifier.Functions(n)).Sum(inner => Count(inner, seen));
}

/// <summary>How a value is passed: whole, or (apart) those of its elements that are <paramref name="Present"/>; the others are zeros that nothing computes.</summary>
internal sealed record Pieces(EquatableArray<bool> Present, bool IsApart = true)
{
    public static Pieces Whole { get; } = new([], IsApart: false);

    public static Pieces All(int count) => new(Enumerable.Repeat(true, count).ToEquatable());
}
