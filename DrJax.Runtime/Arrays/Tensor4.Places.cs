namespace DrJax;

/// <content>Places counted from either end: <c>t[^1, j]</c>, <c>t[i, .., ^2]</c>.</content>
public readonly partial struct Tensor4<T>
{
    /// <summary>The item at places counted from either end: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Index j] => this[Nd.From(i, _d0), Nd.From(j, _d1)];

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Index i, Range j] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [0], Nd.One(Nd.From(i, _d0), _d0), j);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range i, Index j] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [1], i, Nd.One(Nd.From(j, _d1), _d1));

    /// <summary>The item at places counted from either end: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Index j, Index k] => this[Nd.From(i, _d0), Nd.From(j, _d1), Nd.From(k, _d2)];

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Index j, Range k] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [0, 1], Nd.One(Nd.From(i, _d0), _d0), Nd.One(Nd.From(j, _d1), _d1), k);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Range j, Index k] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [0, 2], Nd.One(Nd.From(i, _d0), _d0), j, Nd.One(Nd.From(k, _d2), _d2));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Index i, Range j, Range k] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [0], Nd.One(Nd.From(i, _d0), _d0), j, k);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range i, Index j, Index k] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [1, 2], i, Nd.One(Nd.From(j, _d1), _d1), Nd.One(Nd.From(k, _d2), _d2));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range i, Index j, Range k] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [1], i, Nd.One(Nd.From(j, _d1), _d1), k);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range i, Range j, Index k] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [2], i, j, Nd.One(Nd.From(k, _d2), _d2));

    /// <summary>The element at places counted from either end.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public T this[Index i, Index j, Index k, Index l] => this[Nd.From(i, _d0), Nd.From(j, _d1), Nd.From(k, _d2), Nd.From(l, _d3)];

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Index j, Index k, Range l] => Nd.Box<Tensor4<T>, Vec<T>, T>(this, [0, 1, 2], Nd.One(Nd.From(i, _d0), _d0), Nd.One(Nd.From(j, _d1), _d1), Nd.One(Nd.From(k, _d2), _d2), l);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Index j, Range k, Index l] => Nd.Box<Tensor4<T>, Vec<T>, T>(this, [0, 1, 3], Nd.One(Nd.From(i, _d0), _d0), Nd.One(Nd.From(j, _d1), _d1), k, Nd.One(Nd.From(l, _d3), _d3));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Index j, Range k, Range l] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [0, 1], Nd.One(Nd.From(i, _d0), _d0), Nd.One(Nd.From(j, _d1), _d1), k, l);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Range j, Index k, Index l] => Nd.Box<Tensor4<T>, Vec<T>, T>(this, [0, 2, 3], Nd.One(Nd.From(i, _d0), _d0), j, Nd.One(Nd.From(k, _d2), _d2), Nd.One(Nd.From(l, _d3), _d3));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Range j, Index k, Range l] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [0, 2], Nd.One(Nd.From(i, _d0), _d0), j, Nd.One(Nd.From(k, _d2), _d2), l);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Range j, Range k, Index l] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [0, 3], Nd.One(Nd.From(i, _d0), _d0), j, k, Nd.One(Nd.From(l, _d3), _d3));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Index i, Range j, Range k, Range l] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [0], Nd.One(Nd.From(i, _d0), _d0), j, k, l);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Range i, Index j, Index k, Index l] => Nd.Box<Tensor4<T>, Vec<T>, T>(this, [1, 2, 3], i, Nd.One(Nd.From(j, _d1), _d1), Nd.One(Nd.From(k, _d2), _d2), Nd.One(Nd.From(l, _d3), _d3));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range i, Index j, Index k, Range l] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [1, 2], i, Nd.One(Nd.From(j, _d1), _d1), Nd.One(Nd.From(k, _d2), _d2), l);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range i, Index j, Range k, Index l] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [1, 3], i, Nd.One(Nd.From(j, _d1), _d1), k, Nd.One(Nd.From(l, _d3), _d3));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range i, Index j, Range k, Range l] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [1], i, Nd.One(Nd.From(j, _d1), _d1), k, l);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range i, Range j, Index k, Index l] => Nd.Box<Tensor4<T>, Mat<T>, T>(this, [2, 3], i, j, Nd.One(Nd.From(k, _d2), _d2), Nd.One(Nd.From(l, _d3), _d3));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range i, Range j, Index k, Range l] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [2], i, j, Nd.One(Nd.From(k, _d2), _d2), l);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> this[Range i, Range j, Range k, Index l] => Nd.Box<Tensor4<T>, Tensor3<T>, T>(this, [3], i, j, k, Nd.One(Nd.From(l, _d3), _d3));

    /// <summary>This tensor with the item at places counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(Index i, Tensor3<T> value) => With(Nd.From(i, _d0), value);

    /// <summary>This tensor with the item at places counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(Index i, Index j, Mat<T> value) => With(Nd.From(i, _d0), Nd.From(j, _d1), value);

    /// <summary>This tensor with the item at places counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(Index i, Index j, Index k, Vec<T> value) => With(Nd.From(i, _d0), Nd.From(j, _d1), Nd.From(k, _d2), value);

    /// <summary>This tensor with the element at places counted from either end replaced.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor4<T> With(Index i, Index j, Index k, Index l, T value) => With(Nd.From(i, _d0), Nd.From(j, _d1), Nd.From(k, _d2), Nd.From(l, _d3), value);
}
