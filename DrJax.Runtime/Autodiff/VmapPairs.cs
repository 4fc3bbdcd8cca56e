namespace DrJax;

public static partial class Autodiff
{
    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Vec<R>, Vec<Q>) Vmap<X, R, Q>(Func<X, (R, Q)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Vec<R>, Mat<Q>) Vmap<X, R, Q>(Func<X, (R, Vec<Q>)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Vec<R>, Tensor3<Q>) Vmap<X, R, Q>(Func<X, (R, Mat<Q>)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Mat<R>, Vec<Q>) Vmap<X, R, Q>(Func<X, (Vec<R>, Q)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Mat<R>, Mat<Q>) Vmap<X, R, Q>(Func<X, (Vec<R>, Vec<Q>)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Mat<R>, Tensor3<Q>) Vmap<X, R, Q>(Func<X, (Vec<R>, Mat<Q>)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Tensor3<R>, Vec<Q>) Vmap<X, R, Q>(Func<X, (Mat<R>, Q)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Tensor3<R>, Mat<Q>) Vmap<X, R, Q>(Func<X, (Mat<R>, Vec<Q>)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }

    /// <inheritdoc cref="Vmap{X, R}(Func{X, R}, IBatch{X})"/>
    public static (Tensor3<R>, Tensor3<Q>) Vmap<X, R, Q>(Func<X, (Mat<R>, Mat<Q>)> f, IBatch<X> xs) where R : unmanaged where Q : unmanaged
    {
        var items = Batch.Items(f, xs);
        return (Ops.Build(items.Length, i => items[i].Item1), Ops.Build(items.Length, i => items[i].Item2));
    }
}
