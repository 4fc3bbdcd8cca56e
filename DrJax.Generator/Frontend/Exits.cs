using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>A value that a scope keeps beside those of C#'s locals: whether control has left, what a return gave, what a switch is over.</summary>
internal sealed class Signal(string name)
{
    public string Name { get; } = name;
}

/// <summary>
/// Where statements may lead other than to the next one. A jump is a flag that is false until it is taken; what follows a statement in which a
/// flag may have been set runs where none is.
/// </summary>
internal sealed class Exits
{
    private readonly ImmutableArray<(ILabelSymbol Target, Signal Taken)> jumps;

    private readonly IMethodSymbol? function;

    private Exits(IMethodSymbol? function, Signal returned, Signal result, Signal thrown, Signal ended, ImmutableArray<(ILabelSymbol Target, Signal Taken)> jumps)
    {
        (this.function, Returned, Result, Thrown, Ended) = (function, returned, result, thrown, ended);
        this.jumps = jumps;
        Flags = [returned, .. jumps.Select(j => j.Taken)];
    }

    /// <summary>Whether the function around has returned.</summary>
    public Signal Returned { get; }

    /// <summary>What it has returned; of no meaning where it has not.</summary>
    public Signal Result { get; }

    /// <summary>What has been thrown (see <see cref="Translator"/>'s throws): statements go on all the same, because the program does not run then.</summary>
    public Signal Thrown { get; }

    /// <summary>Whether a throw certainly ended these statements: then nothing else of them is read.</summary>
    public Signal Ended { get; }

    /// <summary>Every flag: control goes on to the next statement where all are false.</summary>
    public ImmutableArray<Signal> Flags { get; }

    /// <param name="function">Whose body it is; null outside of any.</param>
    public static Exits OfBody(IMethodSymbol? function) => new(function, new Signal("returned"), new Signal("result"), new Signal("thrown"), new Signal("ended"), []);

    /// <summary>Whether a name is read after this function has returned: a local or parameter of a function around, or a parameter that gives a value back.</summary>
    public bool Outlive(object name) => name is IParameterSymbol { RefKind: RefKind.Ref or RefKind.Out } || name is ISymbol symbol && !SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol?.OriginalDefinition, function?.OriginalDefinition);

    /// <summary>Within a switch: its end, and whatever could be reached before.</summary>
    public Exits WithEnd(ILabelSymbol target, Signal taken) => new(function, Returned, Result, Thrown, Ended, jumps.Add((target, taken)));

    /// <summary>Within an iteration: its end and the loop's; those of loops around are out of reach.</summary>
    public Exits OfLoop(ILabelSymbol next, Signal continued, ILabelSymbol end, Signal broke) =>
        new(function, Returned, Result, Thrown, Ended, [(next, continued), (end, broke)]);

    /// <summary>The flag of a jump's target; null if it is none that break or continue has.</summary>
    public Signal? Find(ILabelSymbol target) =>
        jumps.FirstOrDefault(j => SymbolEqualityComparer.Default.Equals(j.Target, target)).Taken;
}
