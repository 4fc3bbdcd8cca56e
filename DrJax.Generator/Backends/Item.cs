namespace DrJax.Generator.Backends;

internal enum Placing
{
    /// <summary>A local if it is used twice, used in a deeper loop, or long.</summary>
    Auto,

    /// <summary>Always written where it is used: names and literals.</summary>
    Inline,

    /// <summary>Always a local.</summary>
    Local,
}

/// <summary>Something that a loop body computes: a value, lanes, a pointer. It belongs to the outermost loop level at which it is known.</summary>
/// <param name="level">The number of loops around it.</param>
/// <param name="wish">What a local that holds it would be called.</param>
/// <param name="uses">How many uses make it a local.</param>
internal sealed class Item(int level, string wish, Placing placing, Item[] operands, Func<Term> render, int uses = 2)
{
    // Longer expressions are cut into statements.
    private const int MaxWeight = 7;

    private int count;
    private int weight;
    private bool usedDeeper;

    public int Level => level;

    public string Wish => wish;

    public Placing Placing => placing;

    public Item[] Operands => operands;

    /// <summary>The local that holds it; null if it is written where it is used.</summary>
    public string? Name { get; private set; }

    /// <summary>A statement before the value can be used: the check of an index.</summary>
    public Func<string>? Check { get; init; }

    /// <summary>True if computing it where no iteration follows could fail.</summary>
    public bool Hazard { get; init; }

    /// <summary>How long it takes, in simple operations.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>What the local is first set to, and the statement that may set it to something else; null if one statement does.</summary>
    public (Func<Term> First, Func<string> Then)? InTwo { get; set; }

    public Term Value() => Name is { } name ? name : render();

    /// <summary>What the local is set to.</summary>
    public Term Definition() => InTwo is var (first, _) ? first() : render();

    /// <summary>Makes it a local.</summary>
    public void Keep(Func<string, string> fresh) => Name ??= fresh(wish);

    public void Use(int atLevel)
    {
        count++;
        usedDeeper |= atLevel > level;
    }

    /// <summary>Decides whether it becomes a local; its operands have decided. What could fail outside a loop needs a statement to guard.</summary>
    /// <param name="depth">The number of loops of the nest.</param>
    public void Decide(Func<string, string> fresh, int depth)
    {
        weight = 1 + operands.Sum(o => o.Name is null ? o.weight : 0);
        if (placing == Placing.Inline) weight = 0;
        else if (placing == Placing.Local || (Hazard && level < depth) || count >= uses || usedDeeper || weight > MaxWeight) Name = fresh(wish);
    }
}
