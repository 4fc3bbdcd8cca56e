using System.Numerics;

namespace DrJax;

public static partial class Autodiff
{
    /// <summary>∂f/∂a: the [out, in] matrix of derivatives with respect to the first argument.</summary>
    /// <remarks>By forward mode if the sizes known at build time say that a has fewer elements than the result, else by reverse mode;
    /// <see cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/> and <see cref="JacRev{E}(Func{Vec{E}, E}, Vec{E})"/> choose.</remarks>
    /// <exception cref="InvalidOperationException">The call was not compiled: there is no eager derivative.</exception>
    public static Mat<E> Jacobian<E>(Func<Vec<E>, Vec<E>> f, Vec<E> a) where E : unmanaged, IFloatingPointIeee754<E> => throw NotCompiled();

    /// <inheritdoc cref="Jacobian{E}(Func{Vec{E}, Vec{E}}, Vec{E})"/>
    public static Mat<E> Jacobian<E, B>(Func<Vec<E>, B, Vec<E>> f, Vec<E> a, B b) where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Jacobian{E}(Func{Vec{E}, Vec{E}}, Vec{E})"/>
    public static Mat<E> Jacobian<E, B, C>(Func<Vec<E>, B, C, Vec<E>> f, Vec<E> a, B b, C c) where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Jacobian{E}(Func{Vec{E}, Vec{E}}, Vec{E})"/>
    public static Mat<E> Jacobian<E, B, C, D>(Func<Vec<E>, B, C, D, Vec<E>> f, Vec<E> a, B b, C c, D d)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Jacobian{E}(Func{Vec{E}, Vec{E}}, Vec{E})"/>
    public static Mat<E> Jacobian<E, B, C, D, G>(Func<Vec<E>, B, C, D, G, Vec<E>> f, Vec<E> a, B b, C c, D d, G g)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Jacobian{E}(Func{Vec{E}, Vec{E}}, Vec{E})"/>
    public static Mat<E> Jacobian<E, B, C, D, G, H>(Func<Vec<E>, B, C, D, G, H, Vec<E>> f, Vec<E> a, B b, C c, D d, G g, H h)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Jacobian{E}(Func{Vec{E}, Vec{E}}, Vec{E})"/>
    public static Mat<E> Jacobian<E, B, C, D, G, H, K>(Func<Vec<E>, B, C, D, G, H, K, Vec<E>> f, Vec<E> a, B b, C c, D d, G g, H h, K k)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Jacobian{E}(Func{Vec{E}, Vec{E}}, Vec{E})"/>
    public static Mat<E> Jacobian<E, B, C, D, G, H, K, M>(Func<Vec<E>, B, C, D, G, H, K, M, Vec<E>> f,
        Vec<E> a, B b, C c, D d, G g, H h, K k, M m)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();
}
