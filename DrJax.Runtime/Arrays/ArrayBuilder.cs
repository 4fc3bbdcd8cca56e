using System.ComponentModel;

namespace DrJax;

/// <summary>What collection expressions of arrays call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArrayBuilder
{
    /// <summary>A vector of the elements.</summary>
    public static Vec<T> CreateVec<T>(ReadOnlySpan<T> elements) where T : unmanaged => new(elements);

    /// <summary>A matrix of rows of one length.</summary>
    public static Mat<T> CreateMat<T>(ReadOnlySpan<Vec<T>> rows) where T : unmanaged => Stack<Vec<T>, Mat<T>, T>(rows);

    /// <summary>A tensor of matrices of one shape.</summary>
    public static Tensor3<T> CreateTensor3<T>(ReadOnlySpan<Mat<T>> items) where T : unmanaged => Stack<Mat<T>, Tensor3<T>, T>(items);

    /// <summary>A tensor of tensors of one shape.</summary>
    public static Tensor4<T> CreateTensor4<T>(ReadOnlySpan<Tensor3<T>> items) where T : unmanaged
        => Stack<Tensor3<T>, Tensor4<T>, T>(items);

    private static Y Stack<X, Y, T>(ReadOnlySpan<X> items)
        where X : struct, INdArray<X, T> where Y : struct, INdArray<Y, T> where T : unmanaged
    {
        var copy = items.ToArray();
        return Nd.Stack<X, Y, T>("collection expression", copy.Length, i => copy[i]);
    }
}
