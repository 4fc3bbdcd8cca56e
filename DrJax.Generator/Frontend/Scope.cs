using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>The values of C#'s locals and parameters (and of <see cref="Signal"/>s), in the region whose nodes they are.</summary>
internal sealed class Scope(Scope? parent, Region region, ImmutableDictionary<ITypeSymbol, ITypeSymbol> types,
    IEnumerable<object>? assignable = null, Exits? exits = null)
{
    private readonly Dictionary<object, Value?> values = [];

    /// <summary>Locals of the scopes around that statements here give values of their own: the results of the region.</summary>
    private readonly HashSet<object> assignable = [.. assignable ?? []];

    public Scope? Parent { get; } = parent;

    /// <summary>What a body threw that ran over this scope; null if nothing.</summary>
    public Value? Thrown { get; set; }

    public Region Region { get; } = region;

    /// <summary>Where a statement here may lead other than to the next one.</summary>
    public Exits Exits { get; } = exits ?? parent?.Exits ?? Exits.OfBody(null);

    /// <summary>What the type parameters of the methods around stand for.</summary>
    public ImmutableDictionary<ITypeSymbol, ITypeSymbol> Types { get; } = types;

    public static ImmutableDictionary<ITypeSymbol, ITypeSymbol> NoTypes { get; } = ImmutableDictionary.Create<ITypeSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);

    public static Scope Root(Region region, ImmutableDictionary<ITypeSymbol, ITypeSymbol> types) => new(null, region, types);

    /// <summary>A scope for statements of this one that form a function of their own.</summary>
    public Scope Inside(Region region, IEnumerable<object>? assignable = null, Exits? exits = null) =>
        new(this, region, Types, assignable: assignable, exits: exits);

    /// <summary>A scope for the body of a lambda or local function written here and called from <paramref name="region"/>.</summary>
    public Scope Called(Region region) => new(this, region, Types);

    public void Declare(object symbol, Value? value) => values[symbol] = value;

    /// <summary>Gives a visible local another value; false if it belongs to an enclosing region, of which it is no result.</summary>
    public bool TryAssign(object symbol, Value value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (!scope.values.ContainsKey(symbol) && !scope.assignable.Contains(symbol)) continue;
            if (!ReferenceEquals(scope.Region, Region)) return false;
            scope.values[symbol] = value;
            return true;
        }
        return false;
    }

    /// <summary>Whether the scope has a value of its own for a symbol.</summary>
    public bool Has(object symbol) => values.ContainsKey(symbol);

    /// <summary>Whether this scope is the other, or one within it.</summary>
    public bool IsWithin(Scope other)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
            if (ReferenceEquals(scope, other)) return true;
        return false;
    }

    /// <summary>The value as this scope's region sees it; null if not yet assigned (or not declared).</summary>
    public Value? Find(object symbol)
    {
        var name = symbol is ISymbol { Name: var local } ? local : ((Signal)symbol).Name;
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (!scope.values.TryGetValue(symbol, out var value)) continue;
            return value is null || ReferenceEquals(scope.Region, Region) ? value
                : value.Select(node => Region.Import(node, scope.Region, name));
        }
        return null;
    }
}
