using System.Numerics;

namespace DrJax;

public static partial class Autodiff
{
    /// <summary>∂f/∂a by forward mode: one tangent for each element of a. The result's axes, then a's: a gradient for a scalar function,
    /// [out, in] for a vector, [rows, columns, in] for a matrix.</summary>
    /// <remarks>Cheaper than <see cref="JacRev{E}(Func{Vec{E}, E}, Vec{E})"/> where a has fewer elements than the result.</remarks>
    /// <exception cref="InvalidOperationException">The call was not compiled: there is no eager derivative.</exception>
    public static Vec<E> JacFwd<E>(Func<Vec<E>, E> f, Vec<E> a) where E : unmanaged, IFloatingPointIeee754<E> => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Vec<E> JacFwd<E, B>(Func<Vec<E>, B, E> f, Vec<E> a, B b)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Vec<E> JacFwd<E, B, C>(Func<Vec<E>, B, C, E> f, Vec<E> a, B b, C c)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Vec<E> JacFwd<E, B, C, D>(Func<Vec<E>, B, C, D, E> f, Vec<E> a, B b, C c, D d)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Vec<E> JacFwd<E, B, C, D, G>(Func<Vec<E>, B, C, D, G, E> f, Vec<E> a, B b, C c, D d, G g)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Vec<E> JacFwd<E, B, C, D, G, H>(Func<Vec<E>, B, C, D, G, H, E> f, Vec<E> a, B b, C c, D d, G g, H h)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Vec<E> JacFwd<E, B, C, D, G, H, K>(Func<Vec<E>, B, C, D, G, H, K, E> f, Vec<E> a, B b, C c, D d, G g, H h, K k)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Vec<E> JacFwd<E, B, C, D, G, H, K, M>(Func<Vec<E>, B, C, D, G, H, K, M, E> f, Vec<E> a, B b, C c, D d, G g, H h, K k, M m)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E>(Func<Vec<E>, Vec<E>> f, Vec<E> a) where E : unmanaged, IFloatingPointIeee754<E> => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E, B>(Func<Vec<E>, B, Vec<E>> f, Vec<E> a, B b)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E, B, C>(Func<Vec<E>, B, C, Vec<E>> f, Vec<E> a, B b, C c)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E, B, C, D>(Func<Vec<E>, B, C, D, Vec<E>> f, Vec<E> a, B b, C c, D d)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E, B, C, D, G>(Func<Vec<E>, B, C, D, G, Vec<E>> f, Vec<E> a, B b, C c, D d, G g)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E, B, C, D, G, H>(Func<Vec<E>, B, C, D, G, H, Vec<E>> f, Vec<E> a, B b, C c, D d, G g, H h)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E, B, C, D, G, H, K>(Func<Vec<E>, B, C, D, G, H, K, Vec<E>> f, Vec<E> a, B b, C c, D d, G g, H h, K k)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Mat<E> JacFwd<E, B, C, D, G, H, K, M>(Func<Vec<E>, B, C, D, G, H, K, M, Vec<E>> f,
        Vec<E> a, B b, C c, D d, G g, H h, K k, M m)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E>(Func<Vec<E>, Mat<E>> f, Vec<E> a)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E, B>(Func<Vec<E>, B, Mat<E>> f, Vec<E> a, B b)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E, B, C>(Func<Vec<E>, B, C, Mat<E>> f, Vec<E> a, B b, C c)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E, B, C, D>(Func<Vec<E>, B, C, D, Mat<E>> f, Vec<E> a, B b, C c, D d)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E, B, C, D, G>(Func<Vec<E>, B, C, D, G, Mat<E>> f, Vec<E> a, B b, C c, D d, G g)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E, B, C, D, G, H>(Func<Vec<E>, B, C, D, G, H, Mat<E>> f, Vec<E> a, B b, C c, D d, G g, H h)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E, B, C, D, G, H, K>(Func<Vec<E>, B, C, D, G, H, K, Mat<E>> f, Vec<E> a, B b, C c, D d, G g, H h, K k)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();

    /// <inheritdoc cref="JacFwd{E}(Func{Vec{E}, E}, Vec{E})"/>
    public static Tensor3<E> JacFwd<E, B, C, D, G, H, K, M>(Func<Vec<E>, B, C, D, G, H, K, M, Mat<E>> f,
        Vec<E> a, B b, C c, D d, G g, H h, K k, M m)
        where E : unmanaged, IFloatingPointIeee754<E>
        => throw NotCompiled();
}
