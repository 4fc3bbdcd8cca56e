namespace DrJax;

public static partial class Autodiff
{
    /// <summary>f of every item of the first axis of xs, stacked along a new first axis: items of a vector are scalars, of a matrix rows, of a
    /// tensor matrices. The other arguments are the same for all items. A tuple of arrays is mapped over item by item.</summary>
    /// <exception cref="ArgumentException">f's results have different shapes, or the arrays of a tuple different lengths.</exception>
    public static Vec<R> Vmap<X, R>(Func<X, R> f, IBatch<X> xs) where R : unmanaged => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Vec<R> Vmap<X, B, R>(Func<X, B, R> f, IBatch<X> xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Vec<R> Vmap<X, B, C, R>(Func<X, B, C, R> f, IBatch<X> xs, B b, C c)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Vec<R> Vmap<X, B, C, D, R>(Func<X, B, C, D, R> f, IBatch<X> xs, B b, C c, D d)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c, d));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Mat<R> Vmap<X, R>(Func<X, Vec<R>> f, IBatch<X> xs) where R : unmanaged => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Mat<R> Vmap<X, B, R>(Func<X, B, Vec<R>> f, IBatch<X> xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Mat<R> Vmap<X, B, C, R>(Func<X, B, C, Vec<R>> f, IBatch<X> xs, B b, C c)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Mat<R> Vmap<X, B, C, D, R>(Func<X, B, C, D, Vec<R>> f, IBatch<X> xs, B b, C c, D d)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c, d));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor3<R> Vmap<X, R>(Func<X, Mat<R>> f, IBatch<X> xs)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor3<R> Vmap<X, B, R>(Func<X, B, Mat<R>> f, IBatch<X> xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor3<R> Vmap<X, B, C, R>(Func<X, B, C, Mat<R>> f, IBatch<X> xs, B b, C c)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor3<R> Vmap<X, B, C, D, R>(Func<X, B, C, D, Mat<R>> f, IBatch<X> xs, B b, C c, D d)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c, d));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor4<R> Vmap<X, R>(Func<X, Tensor3<R>> f, IBatch<X> xs)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor4<R> Vmap<X, B, R>(Func<X, B, Tensor3<R>> f, IBatch<X> xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor4<R> Vmap<X, B, C, R>(Func<X, B, C, Tensor3<R>> f, IBatch<X> xs, B b, C c)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor4<R> Vmap<X, B, C, D, R>(Func<X, B, C, D, Tensor3<R>> f, IBatch<X> xs, B b, C c, D d)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs), i => f(xs.At(i), b, c, d));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Vec<R> Vmap<X, Y, R>(Func<X, Y, R> f, (IBatch<X>, IBatch<Y>) xs)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Vec<R> Vmap<X, Y, B, R>(Func<X, Y, B, R> f, (IBatch<X>, IBatch<Y>) xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i), b));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Mat<R> Vmap<X, Y, R>(Func<X, Y, Vec<R>> f, (IBatch<X>, IBatch<Y>) xs)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Mat<R> Vmap<X, Y, B, R>(Func<X, Y, B, Vec<R>> f, (IBatch<X>, IBatch<Y>) xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i), b));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor3<R> Vmap<X, Y, R>(Func<X, Y, Mat<R>> f, (IBatch<X>, IBatch<Y>) xs)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor3<R> Vmap<X, Y, B, R>(Func<X, Y, B, Mat<R>> f, (IBatch<X>, IBatch<Y>) xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i), b));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor4<R> Vmap<X, Y, R>(Func<X, Y, Tensor3<R>> f, (IBatch<X>, IBatch<Y>) xs)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i)));

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static Tensor4<R> Vmap<X, Y, B, R>(Func<X, Y, B, Tensor3<R>> f, (IBatch<X>, IBatch<Y>) xs, B b)
        where R : unmanaged
        => Ops.Build(Batch.Of(f, xs.Item1, xs.Item2), i => f(xs.Item1.At(i), xs.Item2.At(i), b));
}
