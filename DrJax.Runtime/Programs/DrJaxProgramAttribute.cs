namespace DrJax;

/// <summary>Marks a static method as a program: the generator compiles it and the calls to it run compiled.</summary>
/// <param name="placement">The name of the placement whose groups the program's <see cref="Placed{T}"/> values are spread over.</param>
/// <param name="size">The number of groups; 0 takes it from the arguments.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DrJaxProgramAttribute(string placement = "", int size = 0) : Attribute
{
    /// <summary>The placement's name, as the printed program shows it (<c>map@clients</c>); empty without a placement.</summary>
    public string Placement => placement;

    /// <summary>The number of groups, or 0 when the arguments give it.</summary>
    public int Size => size;
}
