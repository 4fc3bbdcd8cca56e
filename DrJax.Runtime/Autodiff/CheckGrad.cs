namespace DrJax;

public static partial class Autodiff
{
    /// <summary>Compares the derivatives of f with respect to its first argument, forward and reverse, with central difference quotients in three
    /// directions, and with each other. For tests.</summary>
    /// <remarks>The arguments may be scalars, arrays, structures and placed values; f should be smooth near a (at a kink the quotient is none
    /// of the derivatives), and values and arguments of about 1. Everything is measured in the compiled function.</remarks>
    /// <returns>What was measured.</returns>
    /// <exception cref="GradientCheckException">A derivative is farther from the quotient than the tolerance, or is NaN.</exception>
    /// <exception cref="InvalidOperationException">The call was not compiled: there is no eager derivative.</exception>
    public static GradientCheck CheckGrad<A, R>(Func<A, R> f, A a) => throw NotCompiled();

    /// <inheritdoc cref="CheckGrad{A, R}(Func{A, R}, A)"/>
    public static GradientCheck CheckGrad<A, B, R>(Func<A, B, R> f, A a, B b) => throw NotCompiled();

    /// <inheritdoc cref="CheckGrad{A, R}(Func{A, R}, A)"/>
    public static GradientCheck CheckGrad<A, B, C, R>(Func<A, B, C, R> f, A a, B b, C c) => throw NotCompiled();

    /// <inheritdoc cref="CheckGrad{A, R}(Func{A, R}, A)"/>
    public static GradientCheck CheckGrad<A, B, C, D, R>(Func<A, B, C, D, R> f, A a, B b, C c, D d) => throw NotCompiled();

    /// <inheritdoc cref="CheckGrad{A, R}(Func{A, R}, A)"/>
    public static GradientCheck CheckGrad<A, B, C, D, G, R>(Func<A, B, C, D, G, R> f, A a, B b, C c, D d, G g) => throw NotCompiled();

    /// <inheritdoc cref="CheckGrad{A, R}(Func{A, R}, A)"/>
    public static GradientCheck CheckGrad<A, B, C, D, G, H, R>(Func<A, B, C, D, G, H, R> f, A a, B b, C c, D d, G g, H h)
        => throw NotCompiled();

    /// <inheritdoc cref="CheckGrad{A, R}(Func{A, R}, A)"/>
    public static GradientCheck CheckGrad<A, B, C, D, G, H, K, R>(Func<A, B, C, D, G, H, K, R> f, A a, B b, C c, D d, G g, H h, K k)
        => throw NotCompiled();

    /// <inheritdoc cref="CheckGrad{A, R}(Func{A, R}, A)"/>
    public static GradientCheck CheckGrad<A, B, C, D, G, H, K, M, R>(Func<A, B, C, D, G, H, K, M, R> f, A a, B b, C c, D d, G g, H h, K k, M m)
        => throw NotCompiled();
}
