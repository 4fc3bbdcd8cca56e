using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The greatest integer not above x.</summary>
    public static T Floor<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Floor(x);

    /// <inheritdoc cref="Floor{T}(T)"/>
    public static Vec<T> Floor<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Floor);

    /// <inheritdoc cref="Floor{T}(T)"/>
    public static Mat<T> Floor<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Floor);

    /// <inheritdoc cref="Floor{T}(T)"/>
    public static Tensor3<T> Floor<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Floor);

    /// <inheritdoc cref="Floor{T}(T)"/>
    public static Tensor4<T> Floor<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Floor);

    /// <summary>The least integer not below x.</summary>
    public static T Ceiling<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Ceiling(x);

    /// <inheritdoc cref="Ceiling{T}(T)"/>
    public static Vec<T> Ceiling<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Ceiling);

    /// <inheritdoc cref="Ceiling{T}(T)"/>
    public static Mat<T> Ceiling<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Ceiling);

    /// <inheritdoc cref="Ceiling{T}(T)"/>
    public static Tensor3<T> Ceiling<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Ceiling);

    /// <inheritdoc cref="Ceiling{T}(T)"/>
    public static Tensor4<T> Ceiling<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Ceiling);

    /// <summary>The nearest integer; halves go to the even one.</summary>
    public static T Round<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Round(x);

    /// <inheritdoc cref="Round{T}(T)"/>
    public static Vec<T> Round<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Round);

    /// <inheritdoc cref="Round{T}(T)"/>
    public static Mat<T> Round<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Round);

    /// <inheritdoc cref="Round{T}(T)"/>
    public static Tensor3<T> Round<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Round);

    /// <inheritdoc cref="Round{T}(T)"/>
    public static Tensor4<T> Round<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Round);

    /// <summary>The integer part of x: towards 0.</summary>
    public static T Truncate<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => T.Truncate(x);

    /// <inheritdoc cref="Truncate{T}(T)"/>
    public static Vec<T> Truncate<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Truncate);

    /// <inheritdoc cref="Truncate{T}(T)"/>
    public static Mat<T> Truncate<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Truncate);

    /// <inheritdoc cref="Truncate{T}(T)"/>
    public static Tensor3<T> Truncate<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Truncate);

    /// <inheritdoc cref="Truncate{T}(T)"/>
    public static Tensor4<T> Truncate<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(Truncate);
}
