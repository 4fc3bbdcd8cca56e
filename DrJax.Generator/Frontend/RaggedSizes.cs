using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>What sizes that differ from group to group cannot be, told where it is written.</summary>
internal static class RaggedSizes
{
    /// <summary>Rows, and other sizes, at which a size is tried.</summary>
    private const int MostRows = 64;

    private static readonly int[] Others = [1, 2, 3, 5, 8, 21, 60];

    /// <summary>The size, if a group of more rows has no smaller one: arrays have room for what the group of most rows needs.</summary>
    public static Dim Growing(Dim size, SyntaxNode at)
    {
        if (!size.IsRagged || size.Terms.All(t => t.Factor > 0 && t.Atoms.All(a => a.Operation is null))) return size;
        foreach (var other in Others)
        {
            long? before = null;
            for (var rows = 0; rows <= MostRows; rows++)
            {
                var now = size.Substitute(atom => atom.Operation is not null ? null : Dim.Constant(atom.IsRagged ? rows : other)).AsConstant;
                if (now < before) throw new Rejected(Diagnostics.RaggedSize, at, size.ToString());
                before = now ?? before;
            }
        }
        return size;
    }

    /// <summary>Groups without a row in common have no sum.</summary>
    public static void RefuseReduction(SurfaceCall c, int argument = 0)
    {
        if (c.Arguments[argument].Leaves.Any(leaf => leaf.Type.Shape.Any(d => d.IsRagged)))
            throw new Rejected(Diagnostics.RaggedReduction, c.At, c.Name, c.Text(argument));
    }

    /// <summary>Placed values have room for rows that differ, not for columns.</summary>
    public static void RefuseColumns(Value result, SyntaxNode at)
    {
        foreach (var leaf in result.Leaves)
            for (var axis = 1; axis < leaf.Type.Rank; axis++)
                if (leaf.Type.Shape[axis].IsRagged)
                    throw new Rejected(Diagnostics.RaggedResult, at, $"length {leaf.Type.Shape[axis]}", axis.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
