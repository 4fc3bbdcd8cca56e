using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>Σᵢ xᵢ yᵢ.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static T Dot<T>(Vec<T> x, Vec<T> y) where T : unmanaged, INumber<T> => Sum(x.Zip("Dot", y, (a, b) => a * b));

    /// <summary>The matrix product [m, k] · [k, n] = [m, n].</summary>
    /// <exception cref="ArgumentException">x has another number of columns than y has rows.</exception>
    public static Mat<T> MatMul<T>(Mat<T> x, Mat<T> y) where T : unmanaged, INumber<T>
    {
        CheckInner(x.Dims, x.Columns, y.Dims);
        return Build(x.Rows, y.Columns, (i, j) =>
        {
            var sum = T.Zero;
            for (var k = 0; k < x.Columns; k++) sum += x[i, k] * y[k, j];
            return sum;
        });
    }

    /// <summary>The matrix times the column x: [m, k] · [k] = [m].</summary>
    /// <exception cref="ArgumentException">x's length is not the number of columns.</exception>
    public static Vec<T> MatMul<T>(Mat<T> m, Vec<T> x) where T : unmanaged, INumber<T>
    {
        CheckInner(m.Dims, m.Columns, x.Dims);
        return Build(m.Rows, i => Dot(m[i], x));
    }

    /// <summary>The row x times the matrix: [k] · [k, n] = [n].</summary>
    /// <exception cref="ArgumentException">x's length is not the number of rows.</exception>
    public static Vec<T> MatMul<T>(Vec<T> x, Mat<T> m) where T : unmanaged, INumber<T>
    {
        CheckInner(x.Dims, x.Length, m.Dims);
        return Build(m.Columns, j => Sum(x.Length, k => x[k] * m[k, j]));
    }

    /// <summary>The matrix of the products xᵢ yⱼ.</summary>
    public static Mat<T> Outer<T>(Vec<T> x, Vec<T> y) where T : unmanaged, INumber<T> => Build(x.Length, y.Length, (i, j) => x[i] * y[j]);

    /// <summary>The matrix with rows and columns exchanged.</summary>
    public static Mat<T> Transpose<T>(Mat<T> m) where T : unmanaged => Build(m.Columns, m.Rows, (i, j) => m[j, i]);

    /// <summary>The Euclidean norm √(Σᵢ xᵢ²).</summary>
    public static T Norm<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => T.Sqrt(Sum(Square(x)));

    /// <summary>The Frobenius norm √(Σᵢⱼ mᵢⱼ²).</summary>
    public static T Norm<T>(Mat<T> m) where T : unmanaged, IFloatingPointIeee754<T> => T.Sqrt(Sum(Square(m)));

    private static void CheckInner(Dims x, int columns, Dims y)
    {
        if (columns != y.D0) throw new ArgumentException(ErrorTexts.SummedAxis(x, y, columns, y.D0));
    }
}
