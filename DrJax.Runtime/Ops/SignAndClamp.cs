using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>|x|.</summary>
    public static T Abs<T>(T x) where T : unmanaged, INumber<T> => T.Abs(x);

    /// <inheritdoc cref="Abs{T}(T)"/>
    public static Vec<T> Abs<T>(Vec<T> x) where T : unmanaged, INumber<T> => x.Map(Abs);

    /// <inheritdoc cref="Abs{T}(T)"/>
    public static Mat<T> Abs<T>(Mat<T> x) where T : unmanaged, INumber<T> => x.Map(Abs);

    /// <inheritdoc cref="Abs{T}(T)"/>
    public static Tensor3<T> Abs<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => x.Map(Abs);

    /// <inheritdoc cref="Abs{T}(T)"/>
    public static Tensor4<T> Abs<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => x.Map(Abs);

    /// <summary>-1, 0 or 1 with the sign of x; NaN of NaN.</summary>
    public static T Sign<T>(T x) where T : unmanaged, INumber<T> => x > T.Zero ? T.One : x < T.Zero ? -T.One : x;

    /// <inheritdoc cref="Sign{T}(T)"/>
    public static Vec<T> Sign<T>(Vec<T> x) where T : unmanaged, INumber<T> => x.Map(Sign);

    /// <inheritdoc cref="Sign{T}(T)"/>
    public static Mat<T> Sign<T>(Mat<T> x) where T : unmanaged, INumber<T> => x.Map(Sign);

    /// <inheritdoc cref="Sign{T}(T)"/>
    public static Tensor3<T> Sign<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => x.Map(Sign);

    /// <inheritdoc cref="Sign{T}(T)"/>
    public static Tensor4<T> Sign<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => x.Map(Sign);

    /// <summary>x held to [low, high]; high where low is greater than high.</summary>
    public static T Clamp<T>(T x, T low, T high) where T : unmanaged, INumber<T> => T.Min(T.Max(x, low), high);

    /// <inheritdoc cref="Clamp{T}(T, T, T)"/>
    public static Vec<T> Clamp<T>(Vec<T> x, T low, T high) where T : unmanaged, INumber<T> => x.Map(e => Clamp(e, low, high));

    /// <inheritdoc cref="Clamp{T}(T, T, T)"/>
    public static Mat<T> Clamp<T>(Mat<T> x, T low, T high) where T : unmanaged, INumber<T> => x.Map(e => Clamp(e, low, high));

    /// <inheritdoc cref="Clamp{T}(T, T, T)"/>
    public static Tensor3<T> Clamp<T>(Tensor3<T> x, T low, T high) where T : unmanaged, INumber<T> => x.Map(e => Clamp(e, low, high));

    /// <inheritdoc cref="Clamp{T}(T, T, T)"/>
    public static Tensor4<T> Clamp<T>(Tensor4<T> x, T low, T high) where T : unmanaged, INumber<T> => x.Map(e => Clamp(e, low, high));
}
