using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>Σ over the indices that the result has not, of the products of the operands' elements: <c>EinsumMat("ij,jk->ik", a, b)</c> is
    /// the matrix product, <c>EinsumVec("ii->i", a)</c> the diagonal, <c>EinsumScalar("ij,ij->", a, b)</c> the sum of the products. The method's name
    /// states the result's rank, which C# cannot see in a text.</summary>
    /// <param name="subscripts">A letter for every axis of each operand, then, after <c>-&gt;</c>, those of the result: a constant in a
    /// program, checked when it is built.</param>
    /// <param name="a">The first operand.</param>
    /// <exception cref="ArgumentException">The subscripts do not fit the operands or the result, or an index has two sizes.</exception>
    public static T EinsumScalar<T>(string subscripts, IArray<T> a) where T : unmanaged, INumber<T>
        => Einsum<T>(subscripts, 0, a).Elements[0];

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static T EinsumScalar<T>(string subscripts, IArray<T> a, IArray<T> b) where T : unmanaged, INumber<T>
        => Einsum<T>(subscripts, 0, a, b).Elements[0];

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static T EinsumScalar<T>(string subscripts, IArray<T> a, IArray<T> b, IArray<T> c) where T : unmanaged, INumber<T>
        => Einsum<T>(subscripts, 0, a, b, c).Elements[0];

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Vec<T> EinsumVec<T>(string subscripts, IArray<T> a) where T : unmanaged, INumber<T>
        => Wrap<Vec<T>, T>(Einsum<T>(subscripts, 1, a));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Vec<T> EinsumVec<T>(string subscripts, IArray<T> a, IArray<T> b) where T : unmanaged, INumber<T>
        => Wrap<Vec<T>, T>(Einsum<T>(subscripts, 1, a, b));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Vec<T> EinsumVec<T>(string subscripts, IArray<T> a, IArray<T> b, IArray<T> c) where T : unmanaged, INumber<T>
        => Wrap<Vec<T>, T>(Einsum<T>(subscripts, 1, a, b, c));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Mat<T> EinsumMat<T>(string subscripts, IArray<T> a) where T : unmanaged, INumber<T>
        => Wrap<Mat<T>, T>(Einsum<T>(subscripts, 2, a));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Mat<T> EinsumMat<T>(string subscripts, IArray<T> a, IArray<T> b) where T : unmanaged, INumber<T>
        => Wrap<Mat<T>, T>(Einsum<T>(subscripts, 2, a, b));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Mat<T> EinsumMat<T>(string subscripts, IArray<T> a, IArray<T> b, IArray<T> c) where T : unmanaged, INumber<T>
        => Wrap<Mat<T>, T>(Einsum<T>(subscripts, 2, a, b, c));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Tensor3<T> EinsumTensor3<T>(string subscripts, IArray<T> a) where T : unmanaged, INumber<T>
        => Wrap<Tensor3<T>, T>(Einsum<T>(subscripts, 3, a));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Tensor3<T> EinsumTensor3<T>(string subscripts, IArray<T> a, IArray<T> b) where T : unmanaged, INumber<T>
        => Wrap<Tensor3<T>, T>(Einsum<T>(subscripts, 3, a, b));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Tensor3<T> EinsumTensor3<T>(string subscripts, IArray<T> a, IArray<T> b, IArray<T> c) where T : unmanaged, INumber<T>
        => Wrap<Tensor3<T>, T>(Einsum<T>(subscripts, 3, a, b, c));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Tensor4<T> EinsumTensor4<T>(string subscripts, IArray<T> a) where T : unmanaged, INumber<T>
        => Wrap<Tensor4<T>, T>(Einsum<T>(subscripts, 4, a));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Tensor4<T> EinsumTensor4<T>(string subscripts, IArray<T> a, IArray<T> b) where T : unmanaged, INumber<T>
        => Wrap<Tensor4<T>, T>(Einsum<T>(subscripts, 4, a, b));

    /// <inheritdoc cref="EinsumScalar{T}(string, IArray{T})"/>
    public static Tensor4<T> EinsumTensor4<T>(string subscripts, IArray<T> a, IArray<T> b, IArray<T> c) where T : unmanaged, INumber<T>
        => Wrap<Tensor4<T>, T>(Einsum<T>(subscripts, 4, a, b, c));

    private static X Wrap<X, T>((T[] Elements, Dims Dims) array) where X : struct, INdArray<X, T> where T : unmanaged => X.Wrap(array.Elements, 0, array.Dims);

    /// <summary>The elements of the result, row-major, and its shape.</summary>
    private static (T[] Elements, Dims Dims) Einsum<T>(string subscripts, int rank, params ReadOnlySpan<IArray<T>> operands) where T : unmanaged, INumber<T>
    {
        ArgumentNullException.ThrowIfNull(subscripts);
        var dims = new Dims[operands.Length];
        for (var k = 0; k < dims.Length; k++) dims[k] = ((INdArray<T>)operands[k]).Dims;
        var parsed = Subscripts.Parse(subscripts, [.. dims.Select((d, k) => (((char)('a' + k)).ToString(), d.Rank))], rank, out var mistake)
            ?? throw new ArgumentException("Einsum: " + mistake!.Message, nameof(subscripts));
        var sizes = new Dictionary<char, (int Size, char Operand)>();
        for (var k = 0; k < dims.Length; k++)
        {
            for (var axis = 0; axis < dims[k].Rank; axis++)
            {
                var (index, size, name) = (parsed.Operands[k][axis], dims[k][axis], (char)('a' + k));
                if (!sizes.TryAdd(index, (size, name)) && sizes[index].Size != size)
                    throw new ArgumentException(ErrorTexts.Subscript(index, sizes[index].Size, sizes[index].Operand, size, name));
            }
        }
        char[] indices = [.. parsed.Result, .. sizes.Keys.Except(parsed.Result)];
        var to = new T[parsed.Result.Aggregate(1, (count, index) => checked(count * sizes[index].Size))];
        var terms = indices.Aggregate(1L, (count, index) => checked(count * sizes[index].Size));
        var perElement = to.Length == 0 ? 0 : terms / to.Length;
        var place = new int[indices.Length];
        for (var term = 0L; term < terms; term++)
        {
            var product = T.One;
            for (var k = 0; k < dims.Length; k++) product *= operands[k].AsSpan()[Offset(parsed.Operands[k], dims[k], indices, place)];
            to[term / perElement] += product;
            for (var i = place.Length - 1; i >= 0 && ++place[i] == sizes[indices[i]].Size; i--) place[i] = 0;
        }
        return (to, Dims.Of([.. parsed.Result.Select(index => sizes[index].Size)]));
    }

    private static int Offset(string letters, Dims dims, char[] indices, int[] place)
    {
        var offset = 0;
        for (var axis = 0; axis < letters.Length; axis++) offset = offset * dims[axis] + place[Array.IndexOf(indices, letters[axis])];
        return offset;
    }
}
