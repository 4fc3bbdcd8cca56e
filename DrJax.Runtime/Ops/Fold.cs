using System.Numerics;

namespace DrJax;

/// <summary>The bodies of reductions over array elements: plain loops, in order.</summary>
internal static class Fold
{
    internal static T Sum<T>(INdArray<T> x) where T : unmanaged, INumber<T>
    {
        var sum = T.Zero;
        foreach (var element in x.AsSpan()) sum += element;
        return sum;
    }

    internal static T All<T, F>(string operation, INdArray<T> x) where T : unmanaged, INumber<T> where F : IBinary
    {
        Guard.NotEmpty(operation, x.Dims);
        var elements = x.AsSpan();
        var result = elements[0];
        foreach (var element in elements[1..]) result = F.Apply(result, element);
        return result;
    }

    internal static Y Axis<X, T, Y, F>(string operation, X x, int axis)
        where X : struct, INdArray<X, T> where T : unmanaged, INumber<T> where Y : struct, INdArray<Y, T> where F : IBinary
    {
        var from = x.AsSpan();
        var dims = x.Dims;
        var rest = dims.Without(axis);
        if (typeof(F) != typeof(Add)) Guard.NotEmpty(operation, dims, axis);
        var (length, inner) = (dims[axis], 1);
        for (var a = axis + 1; a < dims.Rank; a++) inner *= dims[a];
        var to = new T[rest.Count];
        for (var r = 0; r < to.Length; r++)
        {
            var at = r / inner * length * inner + r % inner;
            if (length > 0) to[r] = from[at];
            for (var k = 1; k < length; k++) to[r] = F.Apply(to[r], from[at + k * inner]);
        }
        return Y.Wrap(to, 0, rest);
    }

    internal static T Product<T>(INdArray<T> x) where T : unmanaged, INumber<T>
    {
        var product = T.One;
        foreach (var element in x.AsSpan()) product *= element;
        return product;
    }

    internal static Y Products<X, T, Y>(X x, int axis)
        where X : struct, INdArray<X, T> where T : unmanaged, INumber<T> where Y : struct, INdArray<Y, T>
    {
        var length = x.Dims[axis];
        return Nd.Generate<Y, T>(x.Dims.Without(axis), p =>
        {
            var product = T.One;
            for (var k = 0; k < length; k++) product *= Nd.At<X, T>(x, p.Insert(axis, k));
            return product;
        });
    }

    /// <summary>Along an axis, each item combined with all before it.</summary>
    internal static X Running<X, T, F>(X x, int axis) where X : struct, INdArray<X, T> where T : unmanaged, INumber<T> where F : IBinary
    {
        var (dims, length, stride) = (x.Dims, x.Dims[axis], 1);
        for (var a = axis + 1; a < dims.Rank; a++) stride *= dims[a];
        var to = x.AsSpan().ToArray();
        for (var at = 0; at < to.Length; at++)
            if (at / stride % length > 0) to[at] = F.Apply(to[at - stride], to[at]);
        return X.Wrap(to, 0, dims);
    }

    internal static X Differences<X, T>(X x, int axis) where X : struct, INdArray<X, T> where T : unmanaged, INumber<T>
    {
        if (x.Dims[axis] == 0) throw new ArgumentException(ErrorTexts.Element("Diff", axis));
        return Nd.Generate<X, T>(x.Dims.With(axis, x.Dims[axis] - 1),
            p => Nd.At<X, T>(x, p.With(axis, p[axis] + 1)) - Nd.At<X, T>(x, p));
    }

    internal static Y ArgAxis<X, T, Y>(string operation, X x, int axis, Func<T, T, bool> better)
        where X : struct, INdArray<X, T> where T : unmanaged, INumber<T> where Y : struct, INdArray<Y, int>
    {
        var length = x.Dims[axis];
        Guard.NotEmpty(operation, x.Dims, axis);
        return Nd.Generate<Y, int>(x.Dims.Without(axis), p => Arg(operation, Ops.Build(length, k => Nd.At<X, T>(x, p.Insert(axis, k))), better));
    }

    internal static int Arg<T>(string operation, Vec<T> x, Func<T, T, bool> better) where T : unmanaged, INumber<T>
    {
        Guard.NotEmpty(operation, x.Dims);
        var best = 0;
        for (var i = 1; i < x.Length && !T.IsNaN(x[best]); i++)
            if (better(x[i], x[best]) || T.IsNaN(x[i])) best = i;
        return best;
    }
}
