using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The items of an axis at the given places; the axes of the places stand where that axis stood.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such axis.</exception>
    /// <exception cref="IndexOutOfRangeException">A place is outside the axis.</exception>
    public static Vec<T> Take<T>(Vec<T> x, Vec<int> at) where T : unmanaged => Nd.Take<Vec<T>, Vec<int>, Vec<T>, T>(x, at, 0);

    /// <inheritdoc cref="Take{T}(Vec{T}, Vec{int})"/>
    public static Mat<T> Take<T>(Mat<T> x, Vec<int> at, int axis = 0) where T : unmanaged
        => Nd.Take<Mat<T>, Vec<int>, Mat<T>, T>(x, at, axis);

    /// <inheritdoc cref="Take{T}(Vec{T}, Vec{int})"/>
    public static Tensor3<T> Take<T>(Tensor3<T> x, Vec<int> at, int axis = 0) where T : unmanaged
        => Nd.Take<Tensor3<T>, Vec<int>, Tensor3<T>, T>(x, at, axis);

    /// <inheritdoc cref="Take{T}(Vec{T}, Vec{int})"/>
    public static Tensor4<T> Take<T>(Tensor4<T> x, Vec<int> at, int axis = 0) where T : unmanaged
        => Nd.Take<Tensor4<T>, Vec<int>, Tensor4<T>, T>(x, at, axis);

    /// <inheritdoc cref="Take{T}(Vec{T}, Vec{int})"/>
    public static Mat<T> Take<T>(Vec<T> x, Mat<int> at) where T : unmanaged => Nd.Take<Vec<T>, Mat<int>, Mat<T>, T>(x, at, 0);

    /// <inheritdoc cref="Take{T}(Vec{T}, Vec{int})"/>
    public static Tensor3<T> Take<T>(Mat<T> x, Mat<int> at, int axis = 0) where T : unmanaged
        => Nd.Take<Mat<T>, Mat<int>, Tensor3<T>, T>(x, at, axis);

    /// <inheritdoc cref="Take{T}(Vec{T}, Vec{int})"/>
    public static Tensor4<T> Take<T>(Tensor3<T> x, Mat<int> at, int axis = 0) where T : unmanaged
        => Nd.Take<Tensor3<T>, Mat<int>, Tensor4<T>, T>(x, at, axis);

    /// <summary>The elements at paired indices: result p is the element at (i[p], j[p], ..).</summary>
    /// <exception cref="ArgumentException">The index vectors differ in length.</exception>
    /// <exception cref="IndexOutOfRangeException">A place is outside the axis.</exception>
    public static Vec<T> Gather<T>(Mat<T> x, Vec<int> i, Vec<int> j) where T : unmanaged
        => Build(Paired("Gather", i, j), p => x[i[p], j[p]]);

    /// <inheritdoc cref="Gather{T}(Mat{T}, Vec{int}, Vec{int})"/>
    public static Vec<T> Gather<T>(Tensor3<T> x, Vec<int> i, Vec<int> j, Vec<int> k) where T : unmanaged
        => Build(Paired("Gather", i, j, k), p => x[i[p], j[p], k[p]]);

    /// <inheritdoc cref="Gather{T}(Mat{T}, Vec{int}, Vec{int})"/>
    public static Vec<T> Gather<T>(Tensor4<T> x, Vec<int> i, Vec<int> j, Vec<int> k, Vec<int> l) where T : unmanaged
        => Build(Paired("Gather", i, j, k, l), p => x[i[p], j[p], k[p], l[p]]);

    /// <summary>x with update p added to the item at[p] of its first axis, in the order of p; a place may occur more than once.</summary>
    /// <exception cref="ArgumentException">The updates do not have the shape of x[at].</exception>
    /// <exception cref="IndexOutOfRangeException">A place is outside the axis.</exception>
    public static Vec<T> ScatterAdd<T>(Vec<T> x, Vec<int> at, Vec<T> updates) where T : unmanaged, INumber<T>
        => Nd.ScatterAdd<Vec<T>, T>(x, at, updates);

    /// <inheritdoc cref="ScatterAdd{T}(Vec{T}, Vec{int}, Vec{T})"/>
    public static Mat<T> ScatterAdd<T>(Mat<T> x, Vec<int> at, Mat<T> updates) where T : unmanaged, INumber<T>
        => Nd.ScatterAdd<Mat<T>, T>(x, at, updates);

    /// <inheritdoc cref="ScatterAdd{T}(Vec{T}, Vec{int}, Vec{T})"/>
    public static Tensor3<T> ScatterAdd<T>(Tensor3<T> x, Vec<int> at, Tensor3<T> updates) where T : unmanaged, INumber<T>
        => Nd.ScatterAdd<Tensor3<T>, T>(x, at, updates);

    /// <inheritdoc cref="ScatterAdd{T}(Vec{T}, Vec{int}, Vec{T})"/>
    public static Tensor4<T> ScatterAdd<T>(Tensor4<T> x, Vec<int> at, Tensor4<T> updates) where T : unmanaged, INumber<T>
        => Nd.ScatterAdd<Tensor4<T>, T>(x, at, updates);

    /// <summary>x with update p added to the element at (i[p], j[p], ..), in the order of p.</summary>
    /// <exception cref="ArgumentException">The index vectors and the updates differ in length.</exception>
    /// <exception cref="IndexOutOfRangeException">A place is outside the axis.</exception>
    public static Mat<T> ScatterAdd<T>(Mat<T> x, Vec<int> i, Vec<int> j, Vec<T> updates) where T : unmanaged, INumber<T>
        => Nd.ScatterAdd<Mat<T>, T>(x, updates, i, j);

    /// <inheritdoc cref="ScatterAdd{T}(Mat{T}, Vec{int}, Vec{int}, Vec{T})"/>
    public static Tensor3<T> ScatterAdd<T>(Tensor3<T> x, Vec<int> i, Vec<int> j, Vec<int> k, Vec<T> updates) where T : unmanaged, INumber<T>
        => Nd.ScatterAdd<Tensor3<T>, T>(x, updates, i, j, k);

    /// <inheritdoc cref="ScatterAdd{T}(Mat{T}, Vec{int}, Vec{int}, Vec{T})"/>
    public static Tensor4<T> ScatterAdd<T>(Tensor4<T> x, Vec<int> i, Vec<int> j, Vec<int> k, Vec<int> l, Vec<T> updates) where T : unmanaged, INumber<T>
        => Nd.ScatterAdd<Tensor4<T>, T>(x, updates, i, j, k, l);

    /// <summary>Vectors of length n that are 1 at the index and 0 elsewhere: everywhere 0 if the index is outside. They are the new last
    /// axis.</summary>
    public static Vec<T> OneHot<T>(int at, int n) where T : unmanaged, INumber<T> => Build(Guard.Length("OneHot", n), i => i == at ? T.One : T.Zero);

    /// <inheritdoc cref="OneHot{T}(int, int)"/>
    public static Mat<T> OneHot<T>(Vec<int> at, int n) where T : unmanaged, INumber<T> => Build(at.Length, i => OneHot<T>(at[i], n));

    /// <inheritdoc cref="OneHot{T}(int, int)"/>
    public static Tensor3<T> OneHot<T>(Mat<int> at, int n) where T : unmanaged, INumber<T> => Build(at.Length, i => OneHot<T>(at[i], n));

    /// <inheritdoc cref="OneHot{T}(int, int)"/>
    public static Tensor4<T> OneHot<T>(Tensor3<int> at, int n) where T : unmanaged, INumber<T>
        => Build(at.Length, i => OneHot<T>(at[i], n));

    /// <summary>The one length of paired index vectors.</summary>
    private static int Paired(string operation, params ReadOnlySpan<Vec<int>> indices)
    {
        foreach (var index in indices) Guard.SameShape(operation, indices[0].Dims, index.Dims);
        return indices[0].Length;
    }
}
