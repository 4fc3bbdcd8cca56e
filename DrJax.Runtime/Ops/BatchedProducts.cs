using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The matrix products of the items: [b, m, k] · [b, k, n] = [b, m, n].</summary>
    /// <exception cref="ArgumentException">The numbers of items differ, or the summed axes.</exception>
    public static Tensor3<T> MatMul<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, INumber<T> 
    {
        CheckItems("MatMul", x.Dims, y.Dims);
        return Build(x.Length, i => MatMul(x[i], y[i]));
    }

    /// <summary>The matrix products of the items of items: [a, b, m, k] · [a, b, k, n] = [a, b, m, n].</summary>
    /// <exception cref="ArgumentException">The numbers of items differ, or the summed axes.</exception>
    public static Tensor4<T> MatMul<T>(Tensor4<T> x, Tensor4<T> y) where T : unmanaged, INumber<T>
    {
        CheckItems("MatMul", x.Dims, y.Dims);
        return Build(x.Length, i => MatMul(x[i], y[i]));
    }

    /// <summary>Every item times the matrix: [b, m, k] · [k, n] = [b, m, n].</summary>
    /// <exception cref="ArgumentException">The summed axes differ.</exception>
    public static Tensor3<T> MatMul<T>(Tensor3<T> x, Mat<T> y) where T : unmanaged, INumber<T> => Build(x.Length, i => MatMul(x[i], y));

    /// <summary>Every item times the matrix: [a, b, m, k] · [k, n] = [a, b, m, n].</summary>
    /// <exception cref="ArgumentException">The summed axes differ.</exception>
    public static Tensor4<T> MatMul<T>(Tensor4<T> x, Mat<T> y) where T : unmanaged, INumber<T> => Build(x.Length, i => MatMul(x[i], y));

    /// <summary>The matrix times every item: [m, k] · [b, k, n] = [b, m, n].</summary>
    /// <exception cref="ArgumentException">The summed axes differ.</exception>
    public static Tensor3<T> MatMul<T>(Mat<T> x, Tensor3<T> y) where T : unmanaged, INumber<T> => Build(y.Length, i => MatMul(x, y[i]));

    /// <summary>Every item times the column: [b, m, k] · [k] = [b, m].</summary>
    /// <exception cref="ArgumentException">The summed axes differ.</exception>
    public static Mat<T> MatMul<T>(Tensor3<T> x, Vec<T> y) where T : unmanaged, INumber<T> => Build(x.Length, i => MatMul(x[i], y));

    /// <summary>The dot products of the rows: result i is Σⱼ xᵢⱼ yᵢⱼ.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Vec<T> BatchDot<T>(Mat<T> x, Mat<T> y) where T : unmanaged, INumber<T>
    {
        Guard.SameShape("BatchDot", x.Dims, y.Dims);
        return Build(x.Rows, i => Dot(x[i], y[i]));
    }

    /// <summary>The dot products of the rows of the items: result [i, j] is Σₖ xᵢⱼₖ yᵢⱼₖ.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Mat<T> BatchDot<T>(Tensor3<T> x, Tensor3<T> y) where T : unmanaged, INumber<T>
    {
        Guard.SameShape("BatchDot", x.Dims, y.Dims);
        return Build(x.Length, i => BatchDot(x[i], y[i]));
    }

    private static void CheckItems(string operation, Dims x, Dims y)
    {
        if (x.D0 != y.D0) throw new ArgumentException(ErrorTexts.Items(operation, x, y, x.D0, y.D0));
    }
}
