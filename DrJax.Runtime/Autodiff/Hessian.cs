using System.Numerics;

namespace DrJax;

public static partial class Autodiff
{
    /// <summary>∂²f/∂a²: the [n, n] matrix of second derivatives with respect to the first argument.</summary>
    /// <exception cref="InvalidOperationException">The call was not compiled: there is no eager derivative.</exception>
    public static Mat<E> Hessian<E>(Func<Vec<E>, E> f, Vec<E> a) where E : unmanaged, IFloatingPointIeee754<E> => throw NotCompiled();

    /// <inheritdoc cref="Hessian{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> Hessian<E, B>(Func<Vec<E>, B, E> f, Vec<E> a, B b) where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Hessian{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> Hessian<E, B, C>(Func<Vec<E>, B, C, E> f, Vec<E> a, B b, C c) where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Hessian{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> Hessian<E, B, C, D>(Func<Vec<E>, B, C, D, E> f, Vec<E> a, B b, C c, D d)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Hessian{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> Hessian<E, B, C, D, G>(Func<Vec<E>, B, C, D, G, E> f, Vec<E> a, B b, C c, D d, G g)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Hessian{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> Hessian<E, B, C, D, G, H>(Func<Vec<E>, B, C, D, G, H, E> f, Vec<E> a, B b, C c, D d, G g, H h)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Hessian{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> Hessian<E, B, C, D, G, H, K>(Func<Vec<E>, B, C, D, G, H, K, E> f, Vec<E> a, B b, C c, D d, G g, H h, K k)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="Hessian{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> Hessian<E, B, C, D, G, H, K, M>(Func<Vec<E>, B, C, D, G, H, K, M, E> f,
        Vec<E> a, B b, C c, D d, G g, H h, K k, M m)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();
}
