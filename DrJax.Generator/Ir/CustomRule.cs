namespace DrJax.Generator.Ir;

/// <summary>
/// The derivative of a function as its user wrote it, which takes the place of the function's own. Rules are functions like others: the second
/// derivative of the function is the derivative of its rule. A rule may call its function, so it is asked for only when it is there.
/// </summary>
internal sealed class CustomRule(Func<Func?> jvp, Func<Func?> vjp)
{
    /// <summary>Parameters of the function, then a tangent for every differentiable one → its results, then a tangent for every differentiable
    /// one. Linear in the tangents.</summary>
    public Func? Jvp => field ??= jvp();

    /// <summary>Parameters of the function, then a cotangent for every differentiable result → a cotangent for every differentiable parameter.</summary>
    public Func? Vjp => field ??= vjp();

    /// <summary>The rules that there are, with what the printed form calls them.</summary>
    public IEnumerable<(string Kind, Func Func)> Functions
    {
        get
        {
            if (Jvp is { } forward) yield return ("jvp", forward);
            if (Vjp is { } reverse) yield return ("vjp", reverse);
        }
    }
}
