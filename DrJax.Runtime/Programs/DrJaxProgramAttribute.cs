namespace DrJax;

/// <summary>Marks a static method as a program: the generator compiles it and the calls to it run compiled.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DrJaxProgramAttribute : Attribute
{
    /// <param name="placement">The name of the placement whose groups the program's <see cref="Placed{T}"/> values are spread over.</param>
    /// <param name="size">The number of groups; 0 takes it from the arguments.</param>
    public DrJaxProgramAttribute(string placement = "", int size = 0) => (Placement, Size, Inner) = (placement, size, []);

    /// <summary>Placements in placements: <c>("regions", "clients")</c> names those of a <c>Placed&lt;Placed&lt;T&gt;&gt;</c>. Sizes come from the
    /// arguments.</summary>
    /// <param name="placement">The name of the outermost placement.</param>
    /// <param name="inner">The names of the placements inside, outermost first. Without them, an inner placement has the name of the program
    /// that is called with its values.</param>
    public DrJaxProgramAttribute(string placement, params string[] inner) => (Placement, Inner) = (placement, inner);

    /// <summary>The placement's name, as the printed program shows it (<c>map@clients</c>); empty without a placement.</summary>
    public string Placement { get; }

    /// <summary>The names of the placements inside, outermost first.</summary>
    public IReadOnlyList<string> Inner { get; }

    /// <summary>The number of groups, or 0 when the arguments give it.</summary>
    public int Size { get; }
}
