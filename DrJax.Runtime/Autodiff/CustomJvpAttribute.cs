namespace DrJax;

/// <summary>Gives a static method y = f(a, b, ..) the forward derivative that another method of its type computes: the rule (a, b, .., da, db, ..)
/// → dy or → (y, dy), where da, db, .. are tangents of the parameters that have float or double parts, in their types.</summary>
/// <remarks>The rule must be linear in the tangents: reverse mode transposes it. It takes the place of f's own derivative to any order (the
/// second derivative of f is the derivative of the rule), inside maps, loops and Vmap. It may call f, and must not differentiate f. Values
/// are always f's (or the rule's y, which must be the same); called as plain C#, f is f.</remarks>
/// <param name="rule">The name of the rule.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CustomJvpAttribute(string rule) : Attribute
{
    /// <summary>The name of the rule, a static method of the same type.</summary>
    public string Rule => rule;
}
