using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DrJax.Compiled.Devices;

namespace DrJax;

/// <summary>An immutable matrix of float, double, int or bool, row-major and contiguous. A row is a view: it copies nothing.
/// <c>default</c> is empty.</summary>
/// <remarks>Equality (<c>==</c>, <c>!=</c>, <see cref="Equals(Mat{T})"/>) is of shape and all contents, one bool;
/// elementwise comparison is <c>Ops.Equal</c>, <c>Ops.NotEqual</c> and the operators <c>&lt; &gt; &lt;= &gt;=</c>.</remarks>
[CollectionBuilder(typeof(ArrayBuilder), nameof(ArrayBuilder.CreateMat))]
[DebuggerDisplay("{Dims,nq} {ToString(),nq}")]
public readonly struct Mat<T> : INdArray<Mat<T>, T>, IArray<T>, IBatch<Vec<T>>, IEquatable<Mat<T>> where T : unmanaged
{
    private readonly T[]? _array;
    private readonly int _offset;
    private readonly int _rows, _columns;

    private Mat(T[]? array, int offset, Dims dims) => (_array, _offset, _rows, _columns) = (array, offset, dims.D0, dims.D1);

    /// <summary>Copies the elements, given in row-major order.</summary>
    /// <exception cref="ArgumentException">The number of elements is not the product of the axes.</exception>
    public Mat(ReadOnlySpan<T> elements, int rows, int columns) => this = Nd.Copy<Mat<T>, T>(elements, new(2, rows, columns));

    /// <summary>The array itself, row-major, not copied: the caller gives it up. For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Mat<T> UnsafeWrap(T[] array, int rows, int columns) => Nd.Wrap<Mat<T>, T>(array, new(2, rows, columns));

    /// <summary>A copy of the array: its first index is the row.</summary>
    public static implicit operator Mat<T>(T[,] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return new(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length),
            array.GetLength(0), array.GetLength(1));
    }

    /// <summary>The number of rows.</summary>
    public int Length => _rows;

    /// <summary>The number of rows.</summary>
    public int Rows => _rows;

    /// <summary>The number of columns.</summary>
    public int Columns => _columns;

    /// <summary>Row i: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">i is not in 0 .. Rows - 1.</exception>
    public Vec<T> this[int i] => Nd.Item<Mat<T>, Vec<T>, T>(this, i);

    /// <summary>The element of row i and column j.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public T this[int i, int j] => DeviceArrays.Ready(_array)![_offset + At(i, j)];

    /// <summary>Column j of the given rows: <c>m[.., j]</c>. A copy.</summary>
    public Vec<T> this[Range rows, int j]
    {
        get
        {
            var (start, length) = Nd.Span(rows, _rows);
            var column = new T[length];
            for (var i = 0; i < length; i++) column[i] = this[start + i, j];
            return Vec<T>.UnsafeWrap(column);
        }
    }

    /// <summary>The element at places counted from either end: <c>m[^1, j]</c>.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public T this[Index i, Index j] => this[Nd.From(i, _rows), Nd.From(j, _columns)];

    /// <summary>Part of the column at a place counted from either end: <c>m[.., ^1]</c>. A copy.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Range rows, Index j] => this[rows, Nd.From(j, _columns)];

    /// <summary>Part of the row at a place counted from either end: <c>m[^1, 1..]</c>. A copy.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Range columns] => this[Nd.From(i, _rows), columns];

    /// <summary>This matrix with the row at a place counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(Index i, Vec<T> row) => With(Nd.From(i, _rows), row);

    /// <summary>This matrix with the element at places counted from either end replaced.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(Index i, Index j, T value) => With(Nd.From(i, _rows), Nd.From(j, _columns), value);

    /// <summary>This matrix with part of the column at a place counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(Range rows, Index j, Vec<T> value) => With(rows, Nd.From(j, _columns), value);

    /// <summary>This matrix with part of the row at a place counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(Index i, Range columns, Vec<T> value) => With(Nd.From(i, _rows), columns, value);

    /// <summary>This matrix with row i replaced.</summary>
    /// <exception cref="ArgumentException">The row's length is not <see cref="Columns"/>.</exception>
    public Mat<T> With(int i, Vec<T> row)
    {
        Guard.SameShape("With", Dims.Inner, row.Dims);
        return Nd.With<Mat<T>, T>(this, Guard.Index(i, _rows) * _columns, row.AsSpan());
    }

    /// <summary>This matrix with the element of row i and column j replaced.</summary>
    public Mat<T> With(int i, int j, T value) => Nd.With<Mat<T>, T>(this, At(i, j), [value]);

    /// <summary>The rows in order.</summary>
    public IEnumerator<Vec<T>> GetEnumerator()
    {
        for (var i = 0; i < _rows; i++) yield return this[i];
    }

    private int At(int i, int j) => Guard.Index(i, _rows) * _columns + Guard.Index(j, _columns);

    /// <summary>f over this matrix with the row v beside every row.</summary>
    internal Mat<T> ZipRows(string operation, Vec<T> v, Func<T, T, T> f)
    {
        if (v.Length != _columns) throw new ArgumentException(ErrorTexts.Columns(operation, Dims, v.Dims));
        var from = AsSpan();
        var row = v.AsSpan();
        var to = new T[from.Length];
        for (var i = 0; i < to.Length; i++) to[i] = f(from[i], row[i % _columns]);
        return UnsafeWrap(to, _rows, _columns);
    }

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range rows, Range columns] => Nd.Box<Mat<T>, Mat<T>, T>(this, [], rows, columns);

    /// <summary>The box of the ranges and indices; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[int i, Range columns] => Nd.Box<Mat<T>, Vec<T>, T>(this, [0], Nd.One(i, _rows), columns);

    /// <summary>This array with the rows replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(Range rows, Mat<T> value)
        => Nd.With<Mat<T>, Mat<T>, T>(this, value, [], rows);

    /// <summary>This array with part of column j replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(Range rows, int j, Vec<T> value)
        => Nd.With<Mat<T>, Vec<T>, T>(this, value, [1], rows, Nd.One(j, _columns));

    /// <summary>This array with part of row i replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(int i, Range columns, Vec<T> value)
        => Nd.With<Mat<T>, Vec<T>, T>(this, value, [0], Nd.One(i, _rows), columns);

    /// <summary>This array with the box replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> With(Range rows, Range columns, Mat<T> value)
        => Nd.With<Mat<T>, Mat<T>, T>(this, value, [], rows, columns);

    /// <summary>The items of the first axis at the given places, in that order; a place may occur more than once.</summary>
    /// <exception cref="IndexOutOfRangeException">A place is outside the first axis.</exception>
    public Mat<T> this[Vec<int> at] => Nd.Gather<Mat<T>, T>(this, at);

    /// <summary>What the range syntax <c>x[a..b]</c> calls: a view of part of the first axis.</summary>
    public Mat<T> Slice(int start, int length) => Nd.Slice<Mat<T>, T>(this, start, length);

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
    public bool Equals(Mat<T> other) => Nd.Equal<Mat<T>, T>(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Mat<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Nd.Hash<Mat<T>, T>(this);

    /// <summary>Nested brackets on one line, in the invariant culture; an axis longer than 12 shows its first and last three
    /// items.</summary>
    public override string ToString() => ArrayFormat.Text(this);

    /// <summary>Whether shape and all contents are equal: one bool (elementwise: <c>Ops.Equal</c>).</summary>
    public static bool operator ==(Mat<T> x, Mat<T> y) => x.Equals(y);

    /// <summary>Whether shape or contents differ: one bool (elementwise: <c>Ops.NotEqual</c>).</summary>
    public static bool operator !=(Mat<T> x, Mat<T> y) => !x.Equals(y);

    internal Dims Dims => new(2, _rows, _columns);

    Dims INdArray.Dims => Dims;
    T[]? INdArray<T>.Array => _array;
    int INdArray<T>.Offset => _offset;
    static Mat<T> INdArray<Mat<T>, T>.Wrap(T[]? array, int offset, Dims dims) => new(array, offset, dims);
    int IBatch<Vec<T>>.Count => _rows;
    Vec<T> IBatch<Vec<T>>.At(int i) => this[i];

    internal Mat<R> Map<R>(Func<T, R> f) where R : unmanaged => Nd.Map<Mat<T>, T, Mat<R>, R>(this, f);

    internal Mat<R> Zip<U, R>(string operation, Mat<U> y, Func<T, U, R> f) where U : unmanaged where R : unmanaged
        => Nd.Zip<Mat<T>, T, Mat<U>, U, Mat<R>, R>(operation, this, y, f);
}
