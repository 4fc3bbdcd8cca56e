namespace DrJax.Generator.Ir;

/// <summary>An exception of the user's that a program throws before it runs, because its arguments are refused.</summary>
/// <param name="Statement">What throws it, as generated code writes it, with a <see cref="Place"/> for each hole.</param>
/// <param name="Holes">What only the call knows of it.</param>
/// <param name="Exposed">The statement for other assemblies, which may not be able to name the exception's type.</param>
internal sealed record Refusal(string Statement, EquatableArray<Hole> Holes, string Exposed)
{
    /// <summary>How the statement spells its hole number k.</summary>
    public static string Place(int k) => $"\u00ab{k}\u00bb";

    /// <summary>The group that sizes are looked at of: the first, unless they differ from group to group.</summary>
    public static Dim Group { get; } = Dim.Symbol("<group>");

    /// <summary>What Map makes of it: the exception comes inside of one that names the group.</summary>
    public Refusal InGroup(Hole group) => new(InGroup(Statement), Holes.Prepend(group).ToEquatable(), InGroup(Exposed));

    private string InGroup(string statement)
    {
        const string Thrown = "throw ", Made = "global::DrJax.MapException";
        for (var k = Holes.Count - 1; k >= 0; k--) statement = statement.Replace(Place(k), Place(k + 1));
        return statement.StartsWith(Thrown, StringComparison.Ordinal) ? $"throw new {Made}({Place(0)}, {statement.Substring(Thrown.Length).TrimEnd(';')});"
            : $"try {{ {statement} }} catch (global::System.Exception inGroup) {{ throw new {Made}({Place(0)}, inGroup); }}";
    }

    /// <summary>The same with other sizes in its holes.</summary>
    public Refusal WithSizes(Func<Dim, Dim> size) => this with { Holes = Holes.Select(h => h with { Size = h.Size is { } own ? size(own) : null }).ToEquatable() };

    /// <summary>Whether sizes say all there is to know of it.</summary>
    public bool IsOfSizes => Holes.All(h => h.Size is not null);
}

/// <summary>A number in the text of an exception: a size, or (null) a value that the guard computes.</summary>
/// <param name="Element">Its type.</param>
/// <param name="Size">The size.</param>
/// <param name="IsText">Whether it is only written, so that its type does not matter.</param>
internal sealed record Hole(ElementType Element, Dim? Size, bool IsText = false);

/// <summary>
/// What decides, before a program runs, whether its arguments are refused: a function of the program's parameters whose first result is 0, or 1 more
/// than the index of the refusal; the others are what that refusal's holes show, as float64.
/// </summary>
internal sealed record Guard(Func Function, EquatableArray<Refusal> Refusals);
