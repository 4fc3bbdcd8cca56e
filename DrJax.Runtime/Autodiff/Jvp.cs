namespace DrJax;

public static partial class Autodiff
{
    /// <summary>f(a, ...) and the directional derivative J·t for the tangent t of the first argument: forward mode.</summary>
    /// <exception cref="InvalidOperationException">The call was not compiled: there is no eager derivative.</exception>
    public static (R Value, R Tangent) Jvp<A, R>(Func<A, R> f, A a, A tangent) => throw NotCompiled();

    /// <inheritdoc cref="Jvp{A, R}(Func{A, R}, A, A)"/>
    public static (R Value, R Tangent) Jvp<A, B, R>(Func<A, B, R> f, A a, A tangent, B b) => throw NotCompiled();

    /// <inheritdoc cref="Jvp{A, R}(Func{A, R}, A, A)"/>
    public static (R Value, R Tangent) Jvp<A, B, C, R>(Func<A, B, C, R> f, A a, A tangent, B b, C c) => throw NotCompiled();

    /// <inheritdoc cref="Jvp{A, R}(Func{A, R}, A, A)"/>
    public static (R Value, R Tangent) Jvp<A, B, C, D, R>(Func<A, B, C, D, R> f, A a, A tangent, B b, C c, D d) => throw NotCompiled();

    /// <inheritdoc cref="Jvp{A, R}(Func{A, R}, A, A)"/>
    public static (R Value, R Tangent) Jvp<A, B, C, D, G, R>(Func<A, B, C, D, G, R> f, A a, A tangent, B b, C c, D d, G g)
        => throw NotCompiled();

    /// <inheritdoc cref="Jvp{A, R}(Func{A, R}, A, A)"/>
    public static (R Value, R Tangent) Jvp<A, B, C, D, G, H, R>(Func<A, B, C, D, G, H, R> f, A a, A tangent, B b, C c, D d, G g, H h)
        => throw NotCompiled();

    /// <inheritdoc cref="Jvp{A, R}(Func{A, R}, A, A)"/>
    public static (R Value, R Tangent) Jvp<A, B, C, D, G, H, K, R>(Func<A, B, C, D, G, H, K, R> f,
        A a, A tangent, B b, C c, D d, G g, H h, K k)
        => throw NotCompiled();

    /// <inheritdoc cref="Jvp{A, R}(Func{A, R}, A, A)"/>
    public static (R Value, R Tangent) Jvp<A, B, C, D, G, H, K, M, R>(Func<A, B, C, D, G, H, K, M, R> f,
        A a, A tangent, B b, C c, D d, G g, H h, K k, M m)
        => throw NotCompiled();
}
