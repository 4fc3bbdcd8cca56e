namespace DrJax;

/// <summary>An array as the batch of its items along the first axis: what <see cref="Autodiff.Vmap{X, R}(Func{X, R}, IBatch{X})"/> maps
/// over. The items of <see cref="Vec{T}"/> are scalars, of <see cref="Mat{T}"/> rows, of <see cref="Tensor3{T}"/> matrices.</summary>
public interface IBatch<X>
{
    /// <summary>The length of the first axis.</summary>
    internal int Count { get; }

    /// <summary>Item i.</summary>
    internal X At(int i);
}

internal static class Batch
{
    internal static int Of<X>(Delegate f, IBatch<X> xs)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(xs);
        return xs.Count;
    }

    internal static int Of<X, Y>(Delegate f, IBatch<X> xs, IBatch<Y> ys)
    {
        var (n, m) = (Of(f, xs), Of(f, ys));
        return n == m ? n : throw new ArgumentException($"Vmap: the first array has {n} items, the second has {m}");
    }

    internal static R[] Items<X, R>(Func<X, R> f, IBatch<X> xs)
    {
        var items = new R[Of(f, xs)];
        for (var i = 0; i < items.Length; i++) items[i] = f(xs.At(i));
        return items;
    }
}
