namespace DrJax;

public static partial class Ops
{
    /// <summary>The array whose item at an index is f of that index: the ranks of the indices and of f's result add up, to 4 at
    /// most.</summary>
    /// <exception cref="ArgumentException">f's results have different shapes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public static Vec<T> Build<T>(int n, Func<int, T> f) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(f);
        var to = new T[Guard.Length("Build", n)];
        for (var i = 0; i < n; i++) to[i] = f(i);
        return DrJax.Vec<T>.UnsafeWrap(to);
    }

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Mat<T> Build<T>(int n, Func<int, Vec<T>> f) where T : unmanaged => Nd.Stack<Vec<T>, Mat<T>, T>("Build", n, f);

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Tensor3<T> Build<T>(int n, Func<int, Mat<T>> f) where T : unmanaged => Nd.Stack<Mat<T>, Tensor3<T>, T>("Build", n, f);

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Tensor4<T> Build<T>(int n, Func<int, Tensor3<T>> f) where T : unmanaged
        => Nd.Stack<Tensor3<T>, Tensor4<T>, T>("Build", n, f);

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Mat<T> Build<T>(int n, int m, Func<int, int, T> f) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(f);
        var to = new T[checked(Guard.Length("Build", n) * Guard.Length("Build", m))];
        for (var at = 0; at < to.Length; at++) to[at] = f(at / m, at % m);
        return Mat<T>.UnsafeWrap(to, n, m);
    }

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Tensor3<T> Build<T>(int n, int m, Func<int, int, Vec<T>> f) where T : unmanaged => Build(n, i => Build(m, j => f(i, j)));

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Tensor4<T> Build<T>(int n, int m, Func<int, int, Mat<T>> f) where T : unmanaged => Build(n, i => Build(m, j => f(i, j)));

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Tensor3<T> Build<T>(int n, int m, int k, Func<int, int, int, T> f) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(f);
        var to = new T[checked(Guard.Length("Build", n) * Guard.Length("Build", m) * Guard.Length("Build", k))];
        for (var at = 0; at < to.Length; at++) to[at] = f(at / k / m, at / k % m, at % k);
        return Tensor3<T>.UnsafeWrap(to, n, m, k);
    }

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Tensor4<T> Build<T>(int n, int m, int k, Func<int, int, int, Vec<T>> f) where T : unmanaged
        => Build(n, i => Build(m, k, (j, l) => f(i, j, l)));

    /// <summary>f of every row: a vector for a scalar result, a matrix for rows.</summary>
    /// <exception cref="ArgumentException">f's results have different lengths.</exception>
    public static Vec<R> Rows<T, R>(Mat<T> m, Func<Vec<T>, R> f) where T : unmanaged where R : unmanaged => Build(m.Rows, i => f(m[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, R})"/>
    public static Mat<R> Rows<T, R>(Mat<T> m, Func<Vec<T>, Vec<R>> f) where T : unmanaged where R : unmanaged
        => Build(m.Rows, i => f(m[i]));

    /// <inheritdoc cref="Build{T}(int, Func{int, T})"/>
    public static Tensor4<T> Build<T>(int n, int m, int k, int l, Func<int, int, int, int, T> f) where T : unmanaged
        => Build(n, i => Build(m, k, l, (j, p, q) => f(i, j, p, q)));

    /// <summary>f of every item of the first axis: a vector for scalar results, an array of one rank more than they for arrays.</summary>
    /// <exception cref="ArgumentException">f's results have different shapes.</exception>
    public static Tensor3<R> Rows<T, R>(Mat<T> m, Func<Vec<T>, Mat<R>> f) where T : unmanaged where R : unmanaged
        => Build(m.Rows, i => f(m[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, Mat{R}})"/>
    public static Vec<R> Rows<T, R>(Tensor3<T> x, Func<Mat<T>, R> f) where T : unmanaged where R : unmanaged
        => Build(x.Length, i => f(x[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, Mat{R}})"/>
    public static Mat<R> Rows<T, R>(Tensor3<T> x, Func<Mat<T>, Vec<R>> f) where T : unmanaged where R : unmanaged
        => Build(x.Length, i => f(x[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, Mat{R}})"/>
    public static Tensor3<R> Rows<T, R>(Tensor3<T> x, Func<Mat<T>, Mat<R>> f) where T : unmanaged where R : unmanaged
        => Build(x.Length, i => f(x[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, Mat{R}})"/>
    public static Vec<R> Rows<T, R>(Tensor4<T> x, Func<Tensor3<T>, R> f) where T : unmanaged where R : unmanaged
        => Build(x.Length, i => f(x[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, Mat{R}})"/>
    public static Mat<R> Rows<T, R>(Tensor4<T> x, Func<Tensor3<T>, Vec<R>> f) where T : unmanaged where R : unmanaged
        => Build(x.Length, i => f(x[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, Mat{R}})"/>
    public static Tensor3<R> Rows<T, R>(Tensor4<T> x, Func<Tensor3<T>, Mat<R>> f) where T : unmanaged where R : unmanaged
        => Build(x.Length, i => f(x[i]));

    /// <inheritdoc cref="Rows{T, R}(Mat{T}, Func{Vec{T}, Mat{R}})"/>
    public static Tensor4<R> Rows<T, R>(Tensor4<T> x, Func<Tensor3<T>, Tensor3<R>> f) where T : unmanaged where R : unmanaged
        => Build(x.Length, i => f(x[i]));
}
