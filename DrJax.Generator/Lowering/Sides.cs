using System.Collections.Immutable;

namespace DrJax.Generator.Lowering;

/// <summary>How an index along one axis may compare with an index along another.</summary>
[Flags]
internal enum Sides
{
    None = 0,
    Less = 1,
    Equal = 2,
    Greater = 4,
    All = 7,
}

/// <summary>A set of places of an array: those whose indices compare as told, for every pair of axes that it tells of; or none at all.</summary>
/// <param name="pairs">Keys are pairs of axes, the first the smaller.</param>
internal sealed class Places(ImmutableDictionary<(int First, int Second), Sides> pairs)
{
    private readonly ImmutableDictionary<(int First, int Second), Sides> pairs = pairs;

    public static readonly Places Everywhere = new(ImmutableDictionary<(int, int), Sides>.Empty);

    public static readonly Places Nowhere = new(ImmutableDictionary<(int, int), Sides>.Empty);

    public static Places Where(int axis, Sides sides, int other) => new(axis < other
        ? ImmutableDictionary<(int, int), Sides>.Empty.Add((axis, other), sides)
        : ImmutableDictionary<(int, int), Sides>.Empty.Add((other, axis), Mirrored(sides)));

    /// <summary>How the index along an axis may compare with that along another.</summary>
    public Sides this[int axis, int other] => axis < other
        ? pairs.TryGetValue((axis, other), out var sides) ? sides : Sides.All
        : Mirrored(pairs.TryGetValue((other, axis), out sides) ? sides : Sides.All);

    public Places And(Places x) =>
        this == Nowhere || x == Nowhere ? Nowhere
        : new(Merge(pairs.Keys.Union(x.pairs.Keys), key => this[key.First, key.Second] & x[key.First, key.Second]));

    public Places Or(Places x) =>
        this == Nowhere ? x : x == Nowhere ? this
        : new(Merge(pairs.Keys.Intersect(x.pairs.Keys), key => this[key.First, key.Second] | x[key.First, key.Second]));

    /// <summary>The places along other axes; null for an axis that is lost.</summary>
    public Places Along(Func<int, int?> axis)
    {
        if (pairs.IsEmpty) return this;
        var places = Everywhere;
        foreach (var pair in pairs)
            if (axis(pair.Key.First) is { } first && axis(pair.Key.Second) is { } second) places = places.And(Where(first, pair.Value, second));
        return places;
    }

    private static ImmutableDictionary<(int First, int Second), Sides> Merge(IEnumerable<(int First, int Second)> keys, Func<(int First, int Second), Sides> sides) =>
        keys.Select(key => (Key: key, Sides: sides(key))).Where(p => p.Sides != Sides.All).ToImmutableDictionary(p => p.Key, p => p.Sides);

    private static Sides Mirrored(Sides sides) =>
        (sides & Sides.Equal) | ((sides & Sides.Less) != 0 ? Sides.Greater : 0) | ((sides & Sides.Greater) != 0 ? Sides.Less : 0);
}
