using System.Numerics;

namespace DrJax;

/// <summary>How windows meet the ends of an axis.</summary>
public enum Padding
{
    /// <summary>Every window lies inside.</summary>
    Valid,

    /// <summary>With zeros around the axis there are ⌈length / stride⌉ windows: as many as elements where the stride is 1.</summary>
    Same,
}

public static partial class Ops
{
    /// <summary>The cross-correlation of x with a kernel (what JAX and PyTorch call a convolution): y[o, i] = Σ over c and k of kernel[o, c, k] x[c, i·stride +
    /// k·dilation - low], where x is 0 outside of its axis.</summary>
    /// <param name="x">[channels in, length].</param>
    /// <param name="kernel">[channels out, channels in, window].</param>
    /// <param name="stride">The distance of neighbouring windows, from 1 on: a constant in a program.</param>
    /// <param name="padding">Valid: windows lie inside (low = 0). Same: zeros around x, as many before as after or one fewer, so that there are
    /// ⌈length / stride⌉ windows.</param>
    /// <param name="dilation">The distance of neighbouring elements of a window, from 1 on: a constant in a program.</param>
    /// <returns>[channels out, windows].</returns>
    /// <exception cref="ArgumentException">x has other channels than the kernel takes, or is smaller than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">stride or dilation is below 1.</exception>
    public static Mat<T> Conv1D<T>(Mat<T> x, Tensor3<T> kernel, int stride = 1, Padding padding = Padding.Valid, int dilation = 1) where T : unmanaged, INumber<T>
        => Convolve<Mat<T>, Tensor3<T>, Mat<T>, T>("Conv1D", x, kernel, 1, stride, padding, dilation);

    /// <summary>As <see cref="Conv1D{T}(Mat{T}, Tensor3{T}, int, Padding, int)"/>, of every item: x is [items, channels in, length], the result
    /// [items, channels out, windows].</summary>
    /// <exception cref="ArgumentException">x has other channels than the kernel takes, or is smaller than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">stride or dilation is below 1.</exception>
    public static Tensor3<T> Conv1D<T>(Tensor3<T> x, Tensor3<T> kernel, int stride = 1, Padding padding = Padding.Valid, int dilation = 1) where T : unmanaged, INumber<T>
        => Convolve<Tensor3<T>, Tensor3<T>, Tensor3<T>, T>("Conv1D", x, kernel, 1, stride, padding, dilation);

    /// <summary>As <see cref="Conv1D{T}(Mat{T}, Tensor3{T}, int, Padding, int)"/>, over two axes: x is [channels in, height, width], the kernel
    /// [channels out, channels in, window height, window width], the result [channels out, windows down, windows across].</summary>
    /// <exception cref="ArgumentException">x has other channels than the kernel takes, or is smaller than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">stride or dilation is below 1.</exception>
    public static Tensor3<T> Conv2D<T>(Tensor3<T> x, Tensor4<T> kernel, int stride = 1, Padding padding = Padding.Valid, int dilation = 1) where T : unmanaged, INumber<T>
        => Convolve<Tensor3<T>, Tensor4<T>, Tensor3<T>, T>("Conv2D", x, kernel, 2, stride, padding, dilation);

    /// <summary>As <see cref="Conv2D{T}(Tensor3{T}, Tensor4{T}, int, Padding, int)"/>, of every item: x is [items, channels in, height, width], the result
    /// [items, channels out, windows down, windows across].</summary>
    /// <exception cref="ArgumentException">x has other channels than the kernel takes, or is smaller than a window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">stride or dilation is below 1.</exception>
    public static Tensor4<T> Conv2D<T>(Tensor4<T> x, Tensor4<T> kernel, int stride = 1, Padding padding = Padding.Valid, int dilation = 1) where T : unmanaged, INumber<T>
        => Convolve<Tensor4<T>, Tensor4<T>, Tensor4<T>, T>("Conv2D", x, kernel, 2, stride, padding, dilation);

    private static R Convolve<X, K, R, T>(string operation, X x, K kernel, int spatial, int stride, Padding padding, int dilation)
        where X : struct, INdArray<X, T> where K : struct, INdArray<K, T> where R : struct, INdArray<R, T> where T : unmanaged, INumber<T>
    {
        var (planes, weights) = (Planes.Of(x.Dims, spatial), kernel.Dims);
        if (planes.Channels != weights.D1)
            throw new ArgumentException(ErrorTexts.Channels(operation, x.Dims, weights, planes.Channels, weights.D1));
        // The window's height (1 for one axis of space) and width.
        var (m, n) = spatial == 2 ? (weights.D2, weights.D3) : (1, weights.D2);
        var down = spatial == 2 ? Windows.Along(operation, planes.Height, m, stride, padding, dilation) : Windows.One;
        var across = Windows.Along(operation, planes.Width, n, stride, padding, dilation);
        var from = x.AsSpan();
        var by = kernel.AsSpan();
        var to = new T[checked(planes.Items * weights.D0 * down.Count * across.Count)];
        var at = 0;
        for (var item = 0; item < planes.Items; item++)
            for (var o = 0; o < weights.D0; o++)
                for (var i = 0; i < down.Count; i++)
                    for (var j = 0; j < across.Count; j++)
                    {
                        var sum = T.Zero;
                        for (var c = 0; c < weights.D1; c++)
                            for (var k = 0; k < m; k++)
                                for (var l = 0; l < n; l++)
                                    if (down.Index(i, k) is var row and >= 0 && row < planes.Height && across.Index(j, l) is var column and >= 0 && column < planes.Width)
                                        sum += by[((o * weights.D1 + c) * m + k) * n + l] * from[planes.At(item, c, row, column)];
                        to[at++] = sum;
                    }
        return R.Wrap(to, 0, planes.Shape(x.Dims.Rank, weights.D0, down.Count, across.Count, spatial));
    }

    /// <summary>An array as items of channels of planes; what it has not is 1.</summary>
    private readonly record struct Planes(int Items, int Channels, int Height, int Width)
    {
        public static Planes Of(Dims x, int spatial) => (x.Rank - spatial, spatial) switch
        {
            (1, 1) => new(1, x.D0, 1, x.D1),
            (1, _) => new(1, x.D0, x.D1, x.D2),
            (_, 1) => new(x.D0, x.D1, 1, x.D2),
            _ => new(x.D0, x.D1, x.D2, x.D3),
        };

        public int At(int item, int channel, int row, int column) => ((item * Channels + channel) * Height + row) * Width + column;

        public Dims Shape(int rank, int channels, int height, int width, int spatial) => (rank - spatial, spatial) switch
        {
            (1, 1) => new(2, channels, width),
            (1, _) => new(3, channels, height, width),
            (_, 1) => new(3, Items, channels, width),
            _ => new(4, Items, channels, height, width),
        };
    }

    /// <summary>The windows along one axis.</summary>
    private readonly record struct Windows(int Count, int Stride, int Dilation, int Low)
    {
        public static Windows One { get; } = new(1, 1, 1, 0);

        public static Windows Along(string operation, int length, int extent, int stride, Padding padding, int dilation)
        {
            Positive(operation, "stride", stride);
            Positive(operation, "dilation", dilation);
            if (extent < 1) throw new ArgumentException($"{operation}: at least 1 element is needed in a window, there are {extent}");
            var span = (extent - 1) * dilation + 1;
            if (padding == Padding.Valid && span > length) throw new ArgumentException(ErrorTexts.Window(operation, span, length));
            var count = padding == Padding.Valid ? (length - span) / stride + 1 : (length + stride - 1) / stride;
            return new(count, stride, dilation, padding == Padding.Valid ? 0 : Math.Max((count - 1) * stride + span - length, 0) / 2);
        }

        /// <summary>Where element k of window i is on the axis, which it may miss.</summary>
        public int Index(int i, int k) => i * Stride + k * Dilation - Low;

        public static void Positive(string operation, string name, int value)
        {
            if (value < 1) throw new ArgumentOutOfRangeException(name, $"{operation}: {name} is at least 1, got {value}");
        }
    }
}
