using System.Collections.Immutable;
using DrJax.Generator.Ir;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Generator.Transforms;

/// <summary>
/// Gives a program each group's true number of rows: a last int leaf for every parameter whose groups are ragged, named as the symbol of its
/// rows without the placement. <see cref="Ragged"/> computes with it.
/// </summary>
internal static class RowCounts
{
    public static Program Open(Program program)
    {
        var leaves = new Queue<Param>(program.Function.Parameters);
        var symbols = new HashSet<string>(program.Function.Parameters.SelectMany(p => p.Type.Shape).Where(d => d.IsRagged).SelectMany(d => d.Atoms).Select(a => a.Name));
        if (symbols.Count == 0) return program;
        var opened = ImmutableArray.CreateBuilder<Param>();
        var signature = program.Parameters.Select(p => p with { Type = Take(p.Type, p.Name) }).ToEquatable();
        var function = program.Function;
        return program with { Parameters = signature, Function = new Func(function.Name, opened.ToImmutable(), function.Results) };

        Structure Take(Structure type, string path)
        {
            switch (type)
            {
                case Composite composite:
                    return composite with { Fields = composite.Fields.Select(f => f with { Type = Take(f.Type, $"{path}.{f.Name}") }).ToEquatable() };
                case PlacedStructure placed:
                    var first = leaves.Peek();
                    foreach (var _ in placed.Leaves) opened.Add(leaves.Dequeue());
                    var placement = first.Type.Placements[0];
                    if (!symbols.Contains(Atom.RowsOf(path, placement.Name).Name)) return placed;
                    opened.Add(first.Graph.Param(NameOf(Atom.RowsOf(path, placement.Name)), ValueType.Scalar(ElementType.Int32) with { Placements = [placement] }));
                    return placed with { CountsRows = true };
                default:
                    foreach (var _ in type.Leaves) opened.Add(leaves.Dequeue());
                    return type;
            }
        }
    }

    /// <summary>The name of the parameter that holds the rows of every group.</summary>
    public static string NameOf(Atom rows) => rows.Name.Substring(0, rows.Name.IndexOf('@'));
}
