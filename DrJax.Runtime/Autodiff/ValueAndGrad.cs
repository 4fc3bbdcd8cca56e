using System.Numerics;

namespace DrJax;

public static partial class Autodiff
{
    /// <summary>f(a, ...) and ∂f/∂a in one pass.</summary>
    /// <exception cref="InvalidOperationException">The call was not compiled: there is no eager derivative.</exception>
    public static (S Value, A Gradient) ValueAndGrad<A, S>(Func<A, S> f, A a) where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGrad{A, S}(Func{A, S}, A)"/>
    public static (S Value, A Gradient) ValueAndGrad<A, B, S>(Func<A, B, S> f, A a, B b) where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGrad{A, S}(Func{A, S}, A)"/>
    public static (S Value, A Gradient) ValueAndGrad<A, B, C, S>(Func<A, B, C, S> f, A a, B b, C c)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGrad{A, S}(Func{A, S}, A)"/>
    public static (S Value, A Gradient) ValueAndGrad<A, B, C, D, S>(Func<A, B, C, D, S> f, A a, B b, C c, D d)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGrad{A, S}(Func{A, S}, A)"/>
    public static (S Value, A Gradient) ValueAndGrad<A, B, C, D, G, S>(Func<A, B, C, D, G, S> f, A a, B b, C c, D d, G g)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGrad{A, S}(Func{A, S}, A)"/>
    public static (S Value, A Gradient) ValueAndGrad<A, B, C, D, G, H, S>(Func<A, B, C, D, G, H, S> f, A a, B b, C c, D d, G g, H h)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGrad{A, S}(Func{A, S}, A)"/>
    public static (S Value, A Gradient) ValueAndGrad<A, B, C, D, G, H, K, S>(Func<A, B, C, D, G, H, K, S> f,
        A a, B b, C c, D d, G g, H h, K k)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGrad{A, S}(Func{A, S}, A)"/>
    public static (S Value, A Gradient) ValueAndGrad<A, B, C, D, G, H, K, M, S>(Func<A, B, C, D, G, H, K, M, S> f,
        A a, B b, C c, D d, G g, H h, K k, M m)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();
}
