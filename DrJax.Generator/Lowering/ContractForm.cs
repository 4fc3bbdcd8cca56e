using System.Collections.Immutable;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Lowering;

/// <summary>A contraction's domain: the axes of its result (of the batch, of A, of B), then those that are summed; and where in it the operands' axes lie.</summary>
internal sealed class ContractForm(Contract node)
{
    public Contract Node { get; } = node;

    public int Batch { get; } = node.Axes.BatchA.Count;

    public ImmutableArray<int> FreeA { get; } = node.Axes.FreeA(node.A.Type.Rank);

    public ImmutableArray<int> FreeB { get; } = node.Axes.FreeB(node.B.Type.Rank);

    public ImmutableArray<Dim> Domain { get; } = [.. node.Type.Shape, .. node.Axes.SumA.Select(axis => node.A.Type.Shape[axis])];

    public LoopAxis[] Axes() => [.. Domain.Select((extent, i) => new LoopAxis("ijklmnpq"[Math.Min(i, 7)] + (i > 7 ? $"{i}" : ""), extent))];

    /// <summary>The index of A at an index of the domain.</summary>
    public ImmutableArray<Expr> OfA(ImmutableArray<Expr> at) => [.. Node.A.Type.Shape.Select((_, axis) => at[DomainOfA(axis)!.Value])];

    public ImmutableArray<Expr> OfB(ImmutableArray<Expr> at) => [.. Node.B.Type.Shape.Select((_, axis) => at[DomainOfB(axis)!.Value])];

    /// <summary>The place in the domain of an axis of A.</summary>
    public int? DomainOfA(int axis) => Place(axis, Node.Axes.BatchA, FreeA, Batch, Node.Axes.SumA);

    public int? DomainOfB(int axis) => Place(axis, Node.Axes.BatchB, FreeB, Batch + FreeA.Length, Node.Axes.SumB);

    private int Place(int axis, EquatableArray<int> batch, ImmutableArray<int> free, int firstFree, EquatableArray<int> summed) =>
        batch.IndexOf(axis) is >= 0 and var b ? b
        : free.IndexOf(axis) is >= 0 and var f ? firstFree + f
        : Node.Type.Rank + summed.IndexOf(axis);
}
