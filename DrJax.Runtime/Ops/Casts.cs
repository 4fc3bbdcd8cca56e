using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>x as the nearest float.</summary>
    public static float ToFloat<T>(T x) where T : unmanaged, INumber<T> => float.CreateSaturating(x);

    /// <summary>1 of true, 0 of false.</summary>
    public static float ToFloat(bool x) => x ? 1 : 0;

    /// <inheritdoc cref="ToFloat{T}(T)"/>
    public static Vec<float> ToFloat<T>(Vec<T> x) where T : unmanaged, INumber<T> => x.Map(ToFloat);

    /// <inheritdoc cref="ToFloat(bool)"/>
    public static Vec<float> ToFloat(Vec<bool> x) => x.Map(ToFloat);

    /// <inheritdoc cref="ToFloat{T}(T)"/>
    public static Mat<float> ToFloat<T>(Mat<T> x) where T : unmanaged, INumber<T> => x.Map(ToFloat);

    /// <inheritdoc cref="ToFloat(bool)"/>
    public static Mat<float> ToFloat(Mat<bool> x) => x.Map(ToFloat);

    /// <inheritdoc cref="ToFloat{T}(T)"/>
    public static Tensor3<float> ToFloat<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => x.Map(ToFloat);

    /// <inheritdoc cref="ToFloat(bool)"/>
    public static Tensor3<float> ToFloat(Tensor3<bool> x) => x.Map(ToFloat);

    /// <inheritdoc cref="ToFloat{T}(T)"/>
    public static Tensor4<float> ToFloat<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => x.Map(ToFloat);

    /// <inheritdoc cref="ToFloat(bool)"/>
    public static Tensor4<float> ToFloat(Tensor4<bool> x) => x.Map(ToFloat);

    /// <summary>x as a double.</summary>
    public static double ToDouble<T>(T x) where T : unmanaged, INumber<T> => double.CreateSaturating(x);

    /// <summary>1 of true, 0 of false.</summary>
    public static double ToDouble(bool x) => x ? 1 : 0;

    /// <inheritdoc cref="ToDouble{T}(T)"/>
    public static Vec<double> ToDouble<T>(Vec<T> x) where T : unmanaged, INumber<T> => x.Map(ToDouble);

    /// <inheritdoc cref="ToDouble(bool)"/>
    public static Vec<double> ToDouble(Vec<bool> x) => x.Map(ToDouble);

    /// <inheritdoc cref="ToDouble{T}(T)"/>
    public static Mat<double> ToDouble<T>(Mat<T> x) where T : unmanaged, INumber<T> => x.Map(ToDouble);

    /// <inheritdoc cref="ToDouble(bool)"/>
    public static Mat<double> ToDouble(Mat<bool> x) => x.Map(ToDouble);

    /// <inheritdoc cref="ToDouble{T}(T)"/>
    public static Tensor3<double> ToDouble<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => x.Map(ToDouble);

    /// <inheritdoc cref="ToDouble(bool)"/>
    public static Tensor3<double> ToDouble(Tensor3<bool> x) => x.Map(ToDouble);

    /// <inheritdoc cref="ToDouble{T}(T)"/>
    public static Tensor4<double> ToDouble<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => x.Map(ToDouble);

    /// <inheritdoc cref="ToDouble(bool)"/>
    public static Tensor4<double> ToDouble(Tensor4<bool> x) => x.Map(ToDouble);

    /// <summary>The integer part of x: towards 0, held to the range of int, 0 of NaN.</summary>
    public static int ToInt<T>(T x) where T : unmanaged, INumber<T> => int.CreateSaturating(x);

    /// <summary>1 of true, 0 of false.</summary>
    public static int ToInt(bool x) => x ? 1 : 0;

    /// <inheritdoc cref="ToInt{T}(T)"/>
    public static Vec<int> ToInt<T>(Vec<T> x) where T : unmanaged, INumber<T> => x.Map(ToInt);

    /// <inheritdoc cref="ToInt(bool)"/>
    public static Vec<int> ToInt(Vec<bool> x) => x.Map(ToInt);

    /// <inheritdoc cref="ToInt{T}(T)"/>
    public static Mat<int> ToInt<T>(Mat<T> x) where T : unmanaged, INumber<T> => x.Map(ToInt);

    /// <inheritdoc cref="ToInt(bool)"/>
    public static Mat<int> ToInt(Mat<bool> x) => x.Map(ToInt);

    /// <inheritdoc cref="ToInt{T}(T)"/>
    public static Tensor3<int> ToInt<T>(Tensor3<T> x) where T : unmanaged, INumber<T> => x.Map(ToInt);

    /// <inheritdoc cref="ToInt(bool)"/>
    public static Tensor3<int> ToInt(Tensor3<bool> x) => x.Map(ToInt);

    /// <inheritdoc cref="ToInt{T}(T)"/>
    public static Tensor4<int> ToInt<T>(Tensor4<T> x) where T : unmanaged, INumber<T> => x.Map(ToInt);

    /// <inheritdoc cref="ToInt(bool)"/>
    public static Tensor4<int> ToInt(Tensor4<bool> x) => x.Map(ToInt);
}
