using System.Numerics;

namespace DrJax;

public static partial class Autodiff
{
    /// <summary>For f that returns a scalar and something beside it: both, and ∂scalar/∂a, in one pass.</summary>
    /// <remarks>What is beside the scalar (predictions, statistics, a new state) takes no part in the derivative.</remarks>
    /// <exception cref="InvalidOperationException">The call was not compiled: there is no eager derivative.</exception>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, S, X>(Func<A, (S, X)> f, A a)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGradAux{A, S, X}(Func{A, ValueTuple{S, X}}, A)"/>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, B, S, X>(Func<A, B, (S, X)> f, A a, B b)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGradAux{A, S, X}(Func{A, ValueTuple{S, X}}, A)"/>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, B, C, S, X>(Func<A, B, C, (S, X)> f, A a, B b, C c)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGradAux{A, S, X}(Func{A, ValueTuple{S, X}}, A)"/>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, B, C, D, S, X>(Func<A, B, C, D, (S, X)> f, A a, B b, C c, D d)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGradAux{A, S, X}(Func{A, ValueTuple{S, X}}, A)"/>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, B, C, D, G, S, X>(Func<A, B, C, D, G, (S, X)> f, A a, B b, C c, D d, G g)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGradAux{A, S, X}(Func{A, ValueTuple{S, X}}, A)"/>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, B, C, D, G, H, S, X>(Func<A, B, C, D, G, H, (S, X)> f,
        A a, B b, C c, D d, G g, H h)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGradAux{A, S, X}(Func{A, ValueTuple{S, X}}, A)"/>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, B, C, D, G, H, K, S, X>(Func<A, B, C, D, G, H, K, (S, X)> f,
        A a, B b, C c, D d, G g, H h, K k)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();

    /// <inheritdoc cref="ValueAndGradAux{A, S, X}(Func{A, ValueTuple{S, X}}, A)"/>
    public static (S Value, X Aux, A Gradient) ValueAndGradAux<A, B, C, D, G, H, K, M, S, X>(Func<A, B, C, D, G, H, K, M, (S, X)> f,
        A a, B b, C c, D d, G g, H h, K k, M m)
        where S : unmanaged, IFloatingPointIeee754<S>
        => throw NotCompiled();
}
