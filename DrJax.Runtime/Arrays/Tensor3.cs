using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using DrJax.Compiled.Devices;

namespace DrJax;

/// <summary>An immutable tensor of rank 3 of float, double, int or bool, row-major and contiguous. An item of the first axis is a view:
/// it copies nothing. <c>default</c> is empty.</summary>
/// <remarks>Equality (<c>==</c>, <c>!=</c>, <see cref="Equals(Tensor3{T})"/>) is of shape and all contents, one bool;
/// elementwise comparison is <c>Ops.Equal</c>, <c>Ops.NotEqual</c> and the operators <c>&lt; &gt; &lt;= &gt;=</c>.</remarks>
[CollectionBuilder(typeof(ArrayBuilder), nameof(ArrayBuilder.CreateTensor3))]
[DebuggerDisplay("{Dims,nq} {ToString(),nq}")]
public readonly partial struct Tensor3<T> : INdArray<Tensor3<T>, T>, IArray<T>, IBatch<Mat<T>>, IEquatable<Tensor3<T>> where T : unmanaged
{
    private readonly T[]? _array;
    private readonly int _offset;
    private readonly int _d0, _d1, _d2;

    private Tensor3(T[]? array, int offset, Dims dims) => (_array, _offset, _d0, _d1, _d2) = (array, offset, dims.D0, dims.D1, dims.D2);

    /// <summary>Copies the elements, given in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of elements is not the product of the axes.</exception>
    public Tensor3(ReadOnlySpan<T> elements, int d0, int d1, int d2) => this = Nd.Copy<Tensor3<T>, T>(elements, new(3, d0, d1, d2));

    /// <summary>The array itself, row-major, not copied: the caller gives it up. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Tensor3<T> UnsafeWrap(T[] array, int d0, int d1, int d2) => Nd.Wrap<Tensor3<T>, T>(array, new(3, d0, d1, d2));

    /// <summary>The length of the first axis.</summary>
    public int Length => _d0;

    /// <summary>Matrix i of the first axis: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">i is outside the first axis.</exception>
    public Mat<T> this[int i] => Nd.Item<Tensor3<T>, Mat<T>, T>(this, i);

    /// <summary>Row j of matrix i: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[int i, int j] => this[i][j];

    /// <summary>An element.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public T this[int i, int j, int k] => DeviceArrays.Ready(_array)![_offset + At(i, j, Guard.Index(k, _d2))];

    /// <summary>This tensor with matrix i replaced.</summary>
    /// <exception cref="ArgumentException">The matrix has another shape than <c>this[i]</c>.</exception>
    public Tensor3<T> With(int i, Mat<T> matrix)
    {
        Guard.SameShape("With", Dims.Inner, matrix.Dims);
        return Nd.With<Tensor3<T>, T>(this, Guard.Index(i, _d0) * Dims.Stride, matrix.AsSpan());
    }

    /// <summary>This tensor with row j of matrix i replaced.</summary>
    /// <exception cref="ArgumentException">The row has another length than <c>this[i, j]</c>.</exception>
    public Tensor3<T> With(int i, int j, Vec<T> row)
    {
        Guard.SameShape("With", Dims.Inner.Inner, row.Dims);
        return Nd.With<Tensor3<T>, T>(this, At(i, j, 0), row.AsSpan());
    }

    /// <summary>This tensor with one element replaced.</summary>
    public Tensor3<T> With(int i, int j, int k, T value) => Nd.With<Tensor3<T>, T>(this, At(i, j, Guard.Index(k, _d2)), [value]);

    /// <summary>The matrices of the first axis in order.</summary>
    public IEnumerator<Mat<T>> GetEnumerator()
    {
        for (var i = 0; i < _d0; i++) yield return this[i];
    }

    private int At(int i, int j, int k) => (Guard.Index(i, _d0) * _d1 + Guard.Index(j, _d1)) * _d2 + k;

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[int i, Range rows] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [0], Nd.One(i, _d0), rows);

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range items, int j] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [1], items, Nd.One(j, _d1));

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range items, Range rows] => Nd.Box<Tensor3<T>, Tensor3<T>, T>(this, [], items, rows);

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range items, Range rows, int k] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [2], items, rows, Nd.One(k, _d2));

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[int i, Range rows, Range columns] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [0], Nd.One(i, _d0), rows, columns);

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range items, Range rows, Range columns] => Nd.Box<Tensor3<T>, Tensor3<T>, T>(this, [], items, rows, columns);

    /// <summary>This array with the items replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> With(Range items, Tensor3<T> value)
        => Nd.With<Tensor3<T>, Tensor3<T>, T>(this, value, [], items);

    /// <summary>This array with row j of the items replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> With(Range items, int j, Mat<T> value)
        => Nd.With<Tensor3<T>, Mat<T>, T>(this, value, [1], items, Nd.One(j, _d1));

    /// <summary>This array with the box replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> With(Range items, Range rows, Range columns, Tensor3<T> value)
        => Nd.With<Tensor3<T>, Tensor3<T>, T>(this, value, [], items, rows, columns);

    /// <summary>The items of the first axis at the given places, in that order; a place may occur more than once.</summary>
    /// <exception cref="IndexOutOfRangeException">A place is outside the first axis.</exception>
    public Tensor3<T> this[Vec<int> at] => Nd.Gather<Tensor3<T>, T>(this, at);

    /// <summary>What the range syntax <c>x[a..b]</c> calls: a view of part of the first axis.</summary>
    public Tensor3<T> Slice(int start, int length) => Nd.Slice<Tensor3<T>, T>(this, start, length);

    /// <summary>The length of an axis, counted from 0.</summary>
    public int Dimension(int axis) => Dims[axis];

    /// <summary>The elements in row-major order, without a copy.</summary>
    public ReadOnlySpan<T> AsSpan() => new(DeviceArrays.Ready(_array), _offset, Dims.Count);

    /// <summary>A copy of the elements in row-major order.</summary>
    public T[] ToArray() => AsSpan().ToArray();

    /// <summary>What <c>fixed (T* p = x)</c> calls; a null reference when empty.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ref readonly T GetPinnableReference() => ref AsSpan().GetPinnableReference();

    /// <summary>Whether shape and all elements are equal (NaN equals NaN, 0 equals -0, as in
    /// <see cref="double.Equals(double)"/>).</summary>
    public bool Equals(Tensor3<T> other) => Nd.Equal<Tensor3<T>, T>(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Tensor3<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Nd.Hash<Tensor3<T>, T>(this);

    /// <summary>Nested brackets on one line, in the invariant culture; an axis longer than 12 shows its first and last three
    /// items.</summary>
    public override string ToString() => ArrayFormat.Text(this);

    /// <summary>Whether shape and all contents are equal: one bool (elementwise: <c>Ops.Equal</c>).</summary>
    public static bool operator ==(Tensor3<T> x, Tensor3<T> y) => x.Equals(y);

    /// <summary>Whether shape or contents differ: one bool (elementwise: <c>Ops.NotEqual</c>).</summary>
    public static bool operator !=(Tensor3<T> x, Tensor3<T> y) => !x.Equals(y);

    internal Dims Dims => new(3, _d0, _d1, _d2);

    Dims INdArray.Dims => Dims;
    T[]? INdArray<T>.Array => _array;
    int INdArray<T>.Offset => _offset;
    static Tensor3<T> INdArray<Tensor3<T>, T>.Wrap(T[]? array, int offset, Dims dims) => new(array, offset, dims);
    int IBatch<Mat<T>>.Count => _d0;
    Mat<T> IBatch<Mat<T>>.At(int i) => this[i];

    internal Tensor3<R> Map<R>(Func<T, R> f) where R : unmanaged => Nd.Map<Tensor3<T>, T, Tensor3<R>, R>(this, f);

    internal Tensor3<R> Zip<U, R>(string operation, Tensor3<U> y, Func<T, U, R> f) where U : unmanaged where R : unmanaged
        => Nd.Zip<Tensor3<T>, T, Tensor3<U>, U, Tensor3<R>, R>(operation, this, y, f);
}
