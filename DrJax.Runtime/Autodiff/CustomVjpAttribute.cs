namespace DrJax;

/// <summary>Gives a static method y = f(a, b, ..) the reverse derivative that another method of its type computes: the rule (a, b, .., ct) or
/// (a, b, .., y, ct) → (cta, ctb, ..), where ct is a cotangent in the type of y, and cta, ctb, .. are those of the parameters that have
/// float or double parts, in their types (one alone is no tuple).</summary>
/// <remarks>The rule takes the place of f's own derivative to any order, inside maps, loops and Vmap; it may call f, and must not differentiate
/// f. Forward mode through f needs a <see cref="CustomJvpAttribute"/> beside this one. A rule need not be linear in ct (a gradient may be
/// clipped); calls with the same arguments are one value, whose cotangents are added first. Called as plain C#, f is f.</remarks>
/// <param name="rule">The name of the rule.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CustomVjpAttribute(string rule) : Attribute
{
    /// <summary>The name of the rule, a static method of the same type.</summary>
    public string Rule => rule;
}
