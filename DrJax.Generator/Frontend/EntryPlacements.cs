using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>The placements of a program's parameters, outermost first. Each level is one placement: all groups outside have the same number of groups.</summary>
internal sealed class EntryPlacements(Placement? outermost, EquatableArray<string> inner, Session session)
{
    private readonly List<Placement> placements = outermost is null ? [] : [outermost];

    public Placement? Outermost => outermost;

    /// <summary>The placement of a level; null if the program has none at all.</summary>
    public Placement? this[int level]
    {
        get
        {
            if (outermost is null) return null;
            for (var next = placements.Count; next <= level; next++)
            {
                var name = next <= inner.Count ? inner[next - 1] : session.Sizes.PlacementName(Provisional(next));
                placements.Add(new Placement(name, session.Sizes.Symbol(name)));
            }
            return placements[level];
        }
    }

    /// <summary>What a placement is called that nothing names: no name that C# could give.</summary>
    private string Provisional(int level) => placements[level - 1].Name + Prime;

    private const string Prime = "'";

    public static bool IsProvisional(Placement placement) => placement.Name.EndsWith(Prime, StringComparison.Ordinal);

    /// <summary>Sizes are known by name: two that are not the same must not have the same.</summary>
    public void CheckNames(IEnumerable<Param> parameters, Location at)
    {
        foreach (var placement in placements)
        {
            if (parameters.FirstOrDefault(p => p.Name == placement.Name && p.Type is { IsScalar: true, IsPlaced: false, Element: ElementType.Int32 }) is { } parameter)
                throw new Rejected(Diagnostics.AmbiguousSize, at, placement.Name, $"the int parameter '{parameter.Name}'");
            if (placements.Count(p => p.Name == placement.Name) > 1)
                throw new Rejected(Diagnostics.AmbiguousSize, at, placement.Name, "another placement of the program");
        }
    }
}
