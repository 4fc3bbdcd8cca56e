namespace DrJax;

public static partial class Ops
{
    /// <summary>x where the mask is true, y where it is false.</summary>
    /// <remarks>Both are computed: a NaN or infinite derivative of the one not chosen is not kept out. A conditional (<c>?:</c>) keeps it
    /// out.</remarks>
    public static T Where<T>(bool mask, T x, T y) where T : unmanaged => mask ? x : y;

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Vec<T> Where<T>(Vec<bool> mask, Vec<T> x, Vec<T> y) where T : unmanaged
        => mask.Zip("Where", x, (m, a) => (m, a)).Zip("Where", y, (p, b) => p.m ? p.a : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Vec<T> Where<T>(Vec<bool> mask, Vec<T> x, T y) where T : unmanaged => mask.Zip("Where", x, (m, a) => m ? a : y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Vec<T> Where<T>(Vec<bool> mask, T x, Vec<T> y) where T : unmanaged => mask.Zip("Where", y, (m, b) => m ? x : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Vec<T> Where<T>(Vec<bool> mask, T x, T y) where T : unmanaged => mask.Map(m => m ? x : y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Mat<T> Where<T>(Mat<bool> mask, Mat<T> x, Mat<T> y) where T : unmanaged
        => mask.Zip("Where", x, (m, a) => (m, a)).Zip("Where", y, (p, b) => p.m ? p.a : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Mat<T> Where<T>(Mat<bool> mask, Mat<T> x, T y) where T : unmanaged => mask.Zip("Where", x, (m, a) => m ? a : y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Mat<T> Where<T>(Mat<bool> mask, T x, Mat<T> y) where T : unmanaged => mask.Zip("Where", y, (m, b) => m ? x : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Mat<T> Where<T>(Mat<bool> mask, T x, T y) where T : unmanaged => mask.Map(m => m ? x : y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor3<T> Where<T>(Tensor3<bool> mask, Tensor3<T> x, Tensor3<T> y) where T : unmanaged
        => mask.Zip("Where", x, (m, a) => (m, a)).Zip("Where", y, (p, b) => p.m ? p.a : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor3<T> Where<T>(Tensor3<bool> mask, Tensor3<T> x, T y) where T : unmanaged
        => mask.Zip("Where", x, (m, a) => m ? a : y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor3<T> Where<T>(Tensor3<bool> mask, T x, Tensor3<T> y) where T : unmanaged
        => mask.Zip("Where", y, (m, b) => m ? x : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor3<T> Where<T>(Tensor3<bool> mask, T x, T y) where T : unmanaged => mask.Map(m => m ? x : y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor4<T> Where<T>(Tensor4<bool> mask, Tensor4<T> x, Tensor4<T> y) where T : unmanaged
        => mask.Zip("Where", x, (m, a) => (m, a)).Zip("Where", y, (p, b) => p.m ? p.a : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor4<T> Where<T>(Tensor4<bool> mask, Tensor4<T> x, T y) where T : unmanaged
        => mask.Zip("Where", x, (m, a) => m ? a : y);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor4<T> Where<T>(Tensor4<bool> mask, T x, Tensor4<T> y) where T : unmanaged
        => mask.Zip("Where", y, (m, b) => m ? x : b);

    /// <inheritdoc cref="Where{T}(bool, T, T)"/>
    public static Tensor4<T> Where<T>(Tensor4<bool> mask, T x, T y) where T : unmanaged => mask.Map(m => m ? x : y);
}
