using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using DrJax.Compiled.Devices;

namespace DrJax;

/// <summary>An immutable vector of float, double, int or bool, row-major and contiguous. <c>default</c> is empty.</summary>
/// <remarks>Equality (<c>==</c>, <c>!=</c>, <see cref="Equals(Vec{T})"/>) is of shape and all contents, one bool;
/// elementwise comparison is <c>Ops.Equal</c>, <c>Ops.NotEqual</c> and the operators <c>&lt; &gt; &lt;= &gt;=</c>.</remarks>
[CollectionBuilder(typeof(ArrayBuilder), nameof(ArrayBuilder.CreateVec))]
[DebuggerDisplay("{Dims,nq} {ToString(),nq}")]
public readonly struct Vec<T> : INdArray<Vec<T>, T>, IArray<T>, IBatch<T>, IEquatable<Vec<T>> where T : unmanaged
{
    private readonly T[]? _array;
    private readonly int _offset;
    private readonly int _length;

    private Vec(T[]? array, int offset, Dims dims) => (_array, _offset, _length) = (array, offset, dims.D0);

    /// <summary>Copies the elements.</summary>
    public Vec(ReadOnlySpan<T> elements) : this(elements.ToArray(), 0, new(1, elements.Length)) { }

    /// <summary>The array itself, not copied: the caller gives it up. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Vec<T> UnsafeWrap(T[] array) => new(array, 0, new(1, array.Length));

    /// <summary>A copy of the array.</summary>
    public static implicit operator Vec<T>(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return new(array);
    }

    /// <summary>The number of elements.</summary>
    public int Length => _length;

    /// <summary>Element i.</summary>
    /// <exception cref="IndexOutOfRangeException">i is not in 0 .. Length - 1.</exception>
    public T this[int i] => DeviceArrays.Ready(_array)![_offset + Guard.Index(i, _length)];

    /// <summary>This vector with element i replaced.</summary>
    public Vec<T> With(int i, T value) => Nd.With<Vec<T>, T>(this, Guard.Index(i, _length), [value]);

    /// <summary>This vector with the element at a place counted from either end replaced: <c>x.With(^1, v)</c>.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> With(Index i, T value) => With(Nd.From(i, _length), value);

    /// <summary>The elements in order; allocates nothing.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <summary>This array with the range replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> With(Range range, Vec<T> value)
        => Nd.With<Vec<T>, Vec<T>, T>(this, value, [], range);

    /// <summary>The items of the first axis at the given places, in that order; a place may occur more than once.</summary>
    /// <exception cref="IndexOutOfRangeException">A place is outside the first axis.</exception>
    public Vec<T> this[Vec<int> at] => Nd.Gather<Vec<T>, T>(this, at);

    /// <summary>What the range syntax <c>x[a..b]</c> calls: a view of part of the first axis.</summary>
    public Vec<T> Slice(int start, int length) => Nd.Slice<Vec<T>, T>(this, start, length);

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
    public bool Equals(Vec<T> other) => Nd.Equal<Vec<T>, T>(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Vec<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Nd.Hash<Vec<T>, T>(this);

    /// <summary>Nested brackets on one line, in the invariant culture; an axis longer than 12 shows its first and last three
    /// items.</summary>
    public override string ToString() => ArrayFormat.Text(this);

    /// <summary>Whether shape and all contents are equal: one bool (elementwise: <c>Ops.Equal</c>).</summary>
    public static bool operator ==(Vec<T> x, Vec<T> y) => x.Equals(y);

    /// <summary>Whether shape or contents differ: one bool (elementwise: <c>Ops.NotEqual</c>).</summary>
    public static bool operator !=(Vec<T> x, Vec<T> y) => !x.Equals(y);

    internal Dims Dims => new(1, _length);

    Dims INdArray.Dims => Dims;
    T[]? INdArray<T>.Array => _array;
    int INdArray<T>.Offset => _offset;
    static Vec<T> INdArray<Vec<T>, T>.Wrap(T[]? array, int offset, Dims dims) => new(array, offset, dims);
    int IBatch<T>.Count => _length;
    T IBatch<T>.At(int i) => this[i];

    internal Vec<R> Map<R>(Func<T, R> f) where R : unmanaged => Nd.Map<Vec<T>, T, Vec<R>, R>(this, f);

    internal Vec<R> Zip<U, R>(string operation, Vec<U> y, Func<T, U, R> f) where U : unmanaged where R : unmanaged
        => Nd.Zip<Vec<T>, T, Vec<U>, U, Vec<R>, R>(operation, this, y, f);
}
