using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The greatest element of every window of the last axis: [.., length] → [.., windows]. Windows lie inside; elements at the end that fill none are left out. Ties share the derivative.</summary>
    /// <param name="x">Channels of sequences, or items of these.</param>
    /// <param name="window">The extent of a window, from 1 on: a constant in a program.</param>
    /// <param name="stride">The distance of neighbouring windows (by default they lie side by side), from 1 on: a constant in a program.</param>
    /// <exception cref="ArgumentException">An axis is shorter than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">window or stride is below 1.</exception>
    public static Mat<T> MaxPool1D<T>(Mat<T> x, int window, int stride) where T : unmanaged, INumber<T>
        => Pool<Mat<T>, T>("MaxPool1D", x, 1, window, stride, T.Max);

    /// <inheritdoc cref="MaxPool1D{T}(Mat{T}, int, int)"/>
    public static Mat<T> MaxPool1D<T>(Mat<T> x, int window) where T : unmanaged, INumber<T>
        => Pool<Mat<T>, T>("MaxPool1D", x, 1, window, window, T.Max);

    /// <inheritdoc cref="MaxPool1D{T}(Mat{T}, int, int)"/>
    public static Tensor3<T> MaxPool1D<T>(Tensor3<T> x, int window, int stride) where T : unmanaged, INumber<T>
        => Pool<Tensor3<T>, T>("MaxPool1D", x, 1, window, stride, T.Max);

    /// <inheritdoc cref="MaxPool1D{T}(Mat{T}, int, int)"/>
    public static Tensor3<T> MaxPool1D<T>(Tensor3<T> x, int window) where T : unmanaged, INumber<T>
        => Pool<Tensor3<T>, T>("MaxPool1D", x, 1, window, window, T.Max);

    /// <summary>The greatest element of every window of the last two axes: [.., height, width] → [.., windows down, windows across]. Windows lie inside; elements at the end that fill none are left out. Ties share the derivative.</summary>
    /// <param name="x">Channels of planes, or items of these.</param>
    /// <param name="window">The extent of a window along either axis, from 1 on: a constant in a program.</param>
    /// <param name="stride">The distance of neighbouring windows (by default they lie side by side), from 1 on: a constant in a program.</param>
    /// <exception cref="ArgumentException">An axis is shorter than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">window or stride is below 1.</exception>
    public static Tensor3<T> MaxPool2D<T>(Tensor3<T> x, int window, int stride) where T : unmanaged, INumber<T>
        => Pool<Tensor3<T>, T>("MaxPool2D", x, 2, window, stride, T.Max);

    /// <inheritdoc cref="MaxPool2D{T}(Tensor3{T}, int, int)"/>
    public static Tensor3<T> MaxPool2D<T>(Tensor3<T> x, int window) where T : unmanaged, INumber<T>
        => Pool<Tensor3<T>, T>("MaxPool2D", x, 2, window, window, T.Max);

    /// <inheritdoc cref="MaxPool2D{T}(Tensor3{T}, int, int)"/>
    public static Tensor4<T> MaxPool2D<T>(Tensor4<T> x, int window, int stride) where T : unmanaged, INumber<T>
        => Pool<Tensor4<T>, T>("MaxPool2D", x, 2, window, stride, T.Max);

    /// <inheritdoc cref="MaxPool2D{T}(Tensor3{T}, int, int)"/>
    public static Tensor4<T> MaxPool2D<T>(Tensor4<T> x, int window) where T : unmanaged, INumber<T>
        => Pool<Tensor4<T>, T>("MaxPool2D", x, 2, window, window, T.Max);

    /// <summary>The mean of every window of the last axis: [.., length] → [.., windows]. Windows lie inside; elements at the end that fill none are left out.</summary>
    /// <param name="x">Channels of sequences, or items of these.</param>
    /// <param name="window">The extent of a window, from 1 on: a constant in a program.</param>
    /// <param name="stride">The distance of neighbouring windows (by default they lie side by side), from 1 on: a constant in a program.</param>
    /// <exception cref="ArgumentException">An axis is shorter than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">window or stride is below 1.</exception>
    public static Mat<T> AvgPool1D<T>(Mat<T> x, int window, int stride) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Mat<T>, T>("AvgPool1D", x, 1, window, stride, static (a, b) => a + b) / T.CreateTruncating(window);

    /// <inheritdoc cref="AvgPool1D{T}(Mat{T}, int, int)"/>
    public static Mat<T> AvgPool1D<T>(Mat<T> x, int window) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Mat<T>, T>("AvgPool1D", x, 1, window, window, static (a, b) => a + b) / T.CreateTruncating(window);

    /// <inheritdoc cref="AvgPool1D{T}(Mat{T}, int, int)"/>
    public static Tensor3<T> AvgPool1D<T>(Tensor3<T> x, int window, int stride) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Tensor3<T>, T>("AvgPool1D", x, 1, window, stride, static (a, b) => a + b) / T.CreateTruncating(window);

    /// <inheritdoc cref="AvgPool1D{T}(Mat{T}, int, int)"/>
    public static Tensor3<T> AvgPool1D<T>(Tensor3<T> x, int window) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Tensor3<T>, T>("AvgPool1D", x, 1, window, window, static (a, b) => a + b) / T.CreateTruncating(window);

    /// <summary>The mean of every window of the last two axes: [.., height, width] → [.., windows down, windows across]. Windows lie inside; elements at the end that fill none are left out.</summary>
    /// <param name="x">Channels of planes, or items of these.</param>
    /// <param name="window">The extent of a window along either axis, from 1 on: a constant in a program.</param>
    /// <param name="stride">The distance of neighbouring windows (by default they lie side by side), from 1 on: a constant in a program.</param>
    /// <exception cref="ArgumentException">An axis is shorter than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">window or stride is below 1.</exception>
    public static Tensor3<T> AvgPool2D<T>(Tensor3<T> x, int window, int stride) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Tensor3<T>, T>("AvgPool2D", x, 2, window, stride, static (a, b) => a + b) / T.CreateTruncating(window * window);

    /// <inheritdoc cref="AvgPool2D{T}(Tensor3{T}, int, int)"/>
    public static Tensor3<T> AvgPool2D<T>(Tensor3<T> x, int window) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Tensor3<T>, T>("AvgPool2D", x, 2, window, window, static (a, b) => a + b) / T.CreateTruncating(window * window);

    /// <inheritdoc cref="AvgPool2D{T}(Tensor3{T}, int, int)"/>
    public static Tensor4<T> AvgPool2D<T>(Tensor4<T> x, int window, int stride) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Tensor4<T>, T>("AvgPool2D", x, 2, window, stride, static (a, b) => a + b) / T.CreateTruncating(window * window);

    /// <inheritdoc cref="AvgPool2D{T}(Tensor3{T}, int, int)"/>
    public static Tensor4<T> AvgPool2D<T>(Tensor4<T> x, int window) where T : unmanaged, IFloatingPointIeee754<T>
        => Pool<Tensor4<T>, T>("AvgPool2D", x, 2, window, window, static (a, b) => a + b) / T.CreateTruncating(window * window);

    private static X Pool<X, T>(string operation, X x, int spatial, int window, int stride, Func<T, T, T> combine)
        where X : struct, INdArray<X, T> where T : unmanaged
    {
        Windows.Positive(operation, "window", window);
        var planes = Planes.Of(x.Dims, spatial);
        var down = spatial == 2 ? Windows.Along(operation, planes.Height, window, stride, Padding.Valid, 1) : Windows.One;
        var across = Windows.Along(operation, planes.Width, window, stride, Padding.Valid, 1);
        var from = x.AsSpan();
        var to = new T[checked(planes.Items * planes.Channels * down.Count * across.Count)];
        var at = 0;
        for (var item = 0; item < planes.Items; item++)
            for (var c = 0; c < planes.Channels; c++)
                for (var i = 0; i < down.Count; i++)
                    for (var j = 0; j < across.Count; j++)
                    {
                        var total = from[planes.At(item, c, down.Index(i, 0), across.Index(j, 0))];
                        for (var k = 0; k < (spatial == 2 ? window : 1); k++)
                            for (var l = 0; l < window; l++)
                                if (k + l > 0) total = combine(total, from[planes.At(item, c, down.Index(i, k), across.Index(j, l))]);
                        to[at++] = total;
                    }
        return X.Wrap(to, 0, planes.Shape(x.Dims.Rank, planes.Channels, down.Count, across.Count, spatial));
    }
}
