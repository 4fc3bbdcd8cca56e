namespace DrJax;

public static partial class Autodiff
{
    /// <summary>f(x, ...). Inside programs, the values that f computes on the way are not kept for the reverse derivative, which computes them
    /// again from the arguments: less memory for one more evaluation of f.</summary>
    public static R Checkpoint<A, R>(Func<A, R> f, A a)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a);
    }

    /// <inheritdoc cref="Checkpoint{A, R}(Func{A, R}, A)"/>
    public static R Checkpoint<A, B, R>(Func<A, B, R> f, A a, B b)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a, b);
    }

    /// <inheritdoc cref="Checkpoint{A, R}(Func{A, R}, A)"/>
    public static R Checkpoint<A, B, C, R>(Func<A, B, C, R> f, A a, B b, C c)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a, b, c);
    }

    /// <inheritdoc cref="Checkpoint{A, R}(Func{A, R}, A)"/>
    public static R Checkpoint<A, B, C, D, R>(Func<A, B, C, D, R> f, A a, B b, C c, D d)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a, b, c, d);
    }

    /// <inheritdoc cref="Checkpoint{A, R}(Func{A, R}, A)"/>
    public static R Checkpoint<A, B, C, D, G, R>(Func<A, B, C, D, G, R> f, A a, B b, C c, D d, G g)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a, b, c, d, g);
    }

    /// <inheritdoc cref="Checkpoint{A, R}(Func{A, R}, A)"/>
    public static R Checkpoint<A, B, C, D, G, H, R>(Func<A, B, C, D, G, H, R> f, A a, B b, C c, D d, G g, H h)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a, b, c, d, g, h);
    }

    /// <inheritdoc cref="Checkpoint{A, R}(Func{A, R}, A)"/>
    public static R Checkpoint<A, B, C, D, G, H, K, R>(Func<A, B, C, D, G, H, K, R> f, A a, B b, C c, D d, G g, H h, K k)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a, b, c, d, g, h, k);
    }

    /// <inheritdoc cref="Checkpoint{A, R}(Func{A, R}, A)"/>
    public static R Checkpoint<A, B, C, D, G, H, K, M, R>(Func<A, B, C, D, G, H, K, M, R> f, A a, B b, C c, D d, G g, H h, K k, M m)
    {
        ArgumentNullException.ThrowIfNull(f);
        return f(a, b, c, d, g, h, k, m);
    }
}
