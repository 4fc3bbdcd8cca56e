namespace DrJax;

/// <content>Places counted from either end: <c>t[^1, j]</c>, <c>t[i, .., ^2]</c>.</content>
public readonly partial struct Tensor3<T>
{
    /// <summary>The item at places counted from either end: a view.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Index j] => this[Nd.From(i, _d0), Nd.From(j, _d1)];

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Range j] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [0], Nd.One(Nd.From(i, _d0), _d0), j);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range i, Index j] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [1], i, Nd.One(Nd.From(j, _d1), _d1));

    /// <summary>The element at places counted from either end.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public T this[Index i, Index j, Index k] => this[Nd.From(i, _d0), Nd.From(j, _d1), Nd.From(k, _d2)];

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Index j, Range k] => Nd.Box<Tensor3<T>, Vec<T>, T>(this, [0, 1], Nd.One(Nd.From(i, _d0), _d0), Nd.One(Nd.From(j, _d1), _d1), k);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Index i, Range j, Index k] => Nd.Box<Tensor3<T>, Vec<T>, T>(this, [0, 2], Nd.One(Nd.From(i, _d0), _d0), j, Nd.One(Nd.From(k, _d2), _d2));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Index i, Range j, Range k] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [0], Nd.One(Nd.From(i, _d0), _d0), j, k);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Vec<T> this[Range i, Index j, Index k] => Nd.Box<Tensor3<T>, Vec<T>, T>(this, [1, 2], i, Nd.One(Nd.From(j, _d1), _d1), Nd.One(Nd.From(k, _d2), _d2));

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range i, Index j, Range k] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [1], i, Nd.One(Nd.From(j, _d1), _d1), k);

    /// <summary>The box of the ranges and of indices counted from either end; an axis with an index goes, later axes are whole. A copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its axis.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Mat<T> this[Range i, Range j, Index k] => Nd.Box<Tensor3<T>, Mat<T>, T>(this, [2], i, j, Nd.One(Nd.From(k, _d2), _d2));

    /// <summary>This tensor with the item at places counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> With(Index i, Mat<T> value) => With(Nd.From(i, _d0), value);

    /// <summary>This tensor with the item at places counted from either end replaced.</summary>
    /// <exception cref="ArgumentException">The value does not have the shape of what it replaces.</exception>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> With(Index i, Index j, Vec<T> value) => With(Nd.From(i, _d0), Nd.From(j, _d1), value);

    /// <summary>This tensor with the element at places counted from either end replaced.</summary>
    /// <exception cref="IndexOutOfRangeException">An index is outside its axis.</exception>
    public Tensor3<T> With(Index i, Index j, Index k, T value) => With(Nd.From(i, _d0), Nd.From(j, _d1), Nd.From(k, _d2), value);
}
