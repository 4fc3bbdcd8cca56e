using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using DrJax.Compiled.Devices;

namespace DrJax;

/// <summary>An immutable tensor of rank 4 of float, double, int or bool, row-major and contiguous. An item of the first axis is a view:
/// it copies nothing. <c>default</c> is empty.</summary>
/// <remarks>Equality (<c>==</c>, <c>!=</c>, <see cref="Equals(Tensor4{T})"/>) is of shape and all contents, one bool;
/// elementwise comparison is <c>Ops.Equal</c>, <c>Ops.NotEqual</c> and the operators <c>&lt; &gt; &lt;= &gt;=</c>.</remarks>
[CollectionBuilder(typeof(ArrayBuilder), nameof(ArrayBuilder.CreateTensor4))]
[DebuggerDisplay("{Dims,nq} {ToString(),nq}")]
public readonly partial struct Tensor4<T> : INdArray<Tensor4<T>, T>, IArray<T>, IBatch<Tensor3<T>>, IEquatable<Tensor4<T>> where T : unmanaged
{
    private readonly T[]? _array;
    private readonly int _offset;
    private readonly int _d0, _d1, _d2, _d3;

    private Tensor4(T[]? array, int offset, Dims dims)
        => (_array, _offset, _d0, _d1, _d2, _d3) = (array, offset, dims.D0, dims.D1, dims.D2, dims.D3);

    /// <summary>Copies the elements, given in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of elements is not the product of the axes.</exception>
    public Tensor4(ReadOnlySpan<T> elements, int d0, int d1, int d2, int d3)
        => this = Nd.Copy<Tensor4<T>, T>(elements, new(4, d0, d1, d2, d3));

    /// <summary>The array itself, row-major, not copied: the caller gives it up. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Tensor4<T> UnsafeWrap(T[] array, int d0, int d1, int d2, int d3) => Nd.Wrap<Tensor4<T>, T>(array, new(4, d0, d1, d2, d3));

    /// <summary>The length of the first axis.</summary>
    public int Length => _d0;

    /// <summary>Tensor i of the first axis: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">i is outside the first axis.</exception>
    public Tensor3<T> this[int i] => Nd.Item<Tensor4<T>, Tensor3<T>, T>(this, i);

    /// <summary>Matrix j of tensor i: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[int i, int j] => this[i][j];

    /// <summary>Row k of matrix j of tensor i: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[int i, int j, int k] => this[i][j, k];

    /// <summary>An element.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public T this[int i, int j, int k, int l] => DeviceArrays.Ready(_array)![_offset + At(i, j, k, Guard.Index(l, _d3))];

    /// <summary>This tensor with the tensor i of the first axis replaced.</summary>
    /// <exception cref="ArgumentException">The tensor has another shape than <c>this[i]</c>.</exception>
    public Tensor4<T> With(int i, Tensor3<T> tensor)
    {
        Guard.SameShape("With", Dims.Inner, tensor.Dims);
        return Nd.With<Tensor4<T>, T>(this, Guard.Index(i, _d0) * Dims.Stride, tensor.AsSpan());
    }

    /// <summary>This tensor with one element replaced.</summary>
    public Tensor4<T> With(int i, int j, int k, int l, T value)
        => Nd.With<Tensor4<T>, T>(this, At(i, j, k, Guard.Index(l, _d3)), [value]);

    /// <summary>The tensors of the first axis in order.</summary>
    public IEnumerator<Tensor3<T>> GetEnumerator()
    {
        for (var i = 0; i < _d0; i++) yield return this[i];
    }

    private int At(int i, int j, int k, int l)
        => ((Guard.Index(i, _d0) * _d1 + Guard.Index(j, _d1)) * _d2 + Guard.Index(k, _d2)) * _d3 + l;

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[int i, Range second] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [0], Nd.One(i, _d0), second);

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range first, int j] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [1], first, Nd.One(j, _d1));

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> this[Range first, Range second] => Nd.Box<Tensor4<T>, Tensor4<T>, T>(this, [], first, second);

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> this[Range first, Range second, Range third] => Nd.Box<Tensor4<T>, Tensor4<T>, T>(this, [], first, second, third);

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> this[Range first, Range second, Range third, Range fourth] => Nd.Box<Tensor4<T>, Tensor4<T>, T>(this, [], first, second, third, fourth);

    /// <summary>This array with the items replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(Range first, Tensor4<T> value)
        => Nd.With<Tensor4<T>, Tensor4<T>, T>(this, value, [], first);

    /// <summary>This array with tensor j of the items replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(Range first, int j, Tensor3<T> value)
        => Nd.With<Tensor4<T>, Tensor3<T>, T>(this, value, [1], first, Nd.One(j, _d1));

    /// <summary>This array with matrix j of tensor i replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(int i, int j, Mat<T> value)
        => Nd.With<Tensor4<T>, Mat<T>, T>(this, value, [0, 1], Nd.One(i, _d0), Nd.One(j, _d1));

    /// <summary>This array with row k of matrix j of tensor i replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(int i, int j, int k, Vec<T> value)
        => Nd.With<Tensor4<T>, Vec<T>, T>(this, value, [0, 1, 2], Nd.One(i, _d0), Nd.One(j, _d1), Nd.One(k, _d2));

    /// <summary>This array with the box replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(Range first, Range second, Range third, Range fourth, Tensor4<T> value)
        => Nd.With<Tensor4<T>, Tensor4<T>, T>(this, value, [], first, second, third, fourth);

    /// <summary>The items of the first axis at the given places, in that order; a place may occur more than once.</summary>
    /// <exception cref="IndexOutOfRangeException">A place is outside the first axis.</exception>
    public Tensor4<T> this[Vec<int> at] => Nd.Gather<Tensor4<T>, T>(this, at);

    /// <summary>What the range syntax <c>x[a..b]</c> calls: a view of part of the first axis.</summary>
    public Tensor4<T> Slice(int start, int length) => Nd.Slice<Tensor4<T>, T>(this, start, length);

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
    public bool Equals(Tensor4<T> other) => Nd.Equal<Tensor4<T>, T>(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Tensor4<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Nd.Hash<Tensor4<T>, T>(this);

    /// <summary>Nested brackets on one line, in the invariant culture; an axis longer than 12 shows its first and last three
    /// items.</summary>
    public override string ToString() => ArrayFormat.Text(this);

    /// <summary>Whether shape and all contents are equal: one bool (elementwise: <c>Ops.Equal</c>).</summary>
    public static bool operator ==(Tensor4<T> x, Tensor4<T> y) => x.Equals(y);

    /// <summary>Whether shape or contents differ: one bool (elementwise: <c>Ops.NotEqual</c>).</summary>
    public static bool operator !=(Tensor4<T> x, Tensor4<T> y) => !x.Equals(y);

    internal Dims Dims => new(4, _d0, _d1, _d2, _d3);

    Dims INdArray.Dims => Dims;
    T[]? INdArray<T>.Array => _array;
    int INdArray<T>.Offset => _offset;
    static Tensor4<T> INdArray<Tensor4<T>, T>.Wrap(T[]? array, int offset, Dims dims) => new(array, offset, dims);
    int IBatch<Tensor3<T>>.Count => _d0;
    Tensor3<T> IBatch<Tensor3<T>>.At(int i) => this[i];

    internal Tensor4<R> Map<R>(Func<T, R> f) where R : unmanaged => Nd.Map<Tensor4<T>, T, Tensor4<R>, R>(this, f);

    internal Tensor4<R> Zip<U, R>(string operation, Tensor4<U> y, Func<T, U, R> f) where U : unmanaged where R : unmanaged
        => Nd.Zip<Tensor4<T>, T, Tensor4<U>, U, Tensor4<R>, R>(operation, this, y, f);
}
