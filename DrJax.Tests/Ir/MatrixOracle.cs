using DrJax.Generator.Ir;

namespace DrJax.Tests.Ir;

/// <summary>What the IR's functions of matrices mean, by the textbook's loops.</summary>
internal static class MatrixOracle
{
    public static double[,] Cholesky(double[,] a)
    {
        var n = a.GetLength(0);
        var l = new double[n, n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = (a[i, j] + a[j, i]) / 2;
                for (var k = 0; k < j; k++) sum -= l[i, k] * l[j, k];
                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
        return l;
    }

    public static double[,] TriangularSolve(double[,] t, double[,] b, bool upper, bool transposed, bool unit = false)
    {
        var (n, columns) = (b.GetLength(0), b.GetLength(1));
        var x = new double[n, columns];
        // Rows in an order in which each depends on earlier ones only.
        int[] order = [.. Enumerable.Range(0, n).Select(i => upper == transposed ? i : n - 1 - i)];
        for (var c = 0; c < columns; c++)
            for (var step = 0; step < n; step++)
            {
                var i = order[step];
                x[i, c] = b[i, c];
                foreach (var j in order[..step]) x[i, c] -= (transposed ? t[j, i] : t[i, j]) * x[j, c];
                if (!unit) x[i, c] /= t[i, i];
            }
        return x;
    }

    /// <summary>The factors in n rows, then the order of a's rows.</summary>
    public static double[,] Lu(double[,] a)
    {
        var n = a.GetLength(0);
        var lu = new double[n + 1, n];
        Array.Copy(a, lu, n * n);
        for (var i = 0; i < n; i++) lu[n, i] = i;
        for (var k = 0; k < n; k++)
        {
            var best = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(lu[i, k]));
            for (var j = 0; j < n; j++) (lu[k, j], lu[best, j]) = (lu[best, j], lu[k, j]);
            (lu[n, k], lu[n, best]) = (lu[n, best], lu[n, k]);
            for (var i = k + 1; i < n; i++)
            {
                lu[i, k] /= lu[k, k];
                for (var j = k + 1; j < n; j++) lu[i, j] -= lu[i, k] * lu[k, j];
            }
        }
        return lu;
    }

    public static double[,] LuSolve(double[,] lu, double[,] b, bool transposed)
    {
        var (n, columns) = (b.GetLength(0), b.GetLength(1));
        var (moved, x) = (new double[n, columns], new double[n, columns]);
        if (!transposed)
        {
            for (var i = 0; i < n; i++) for (var c = 0; c < columns; c++) moved[i, c] = b[(int)lu[n, i], c];
            return TriangularSolve(lu, TriangularSolve(lu, moved, false, false, unit: true), true, false);
        }
        moved = TriangularSolve(lu, TriangularSolve(lu, b, true, true), false, true, unit: true);
        for (var i = 0; i < n; i++) for (var c = 0; c < columns; c++) x[(int)lu[n, i], c] = moved[i, c];
        return x;
    }

    public static double Det(double[,] lu)
    {
        var n = lu.GetLength(1);
        var det = 1.0;
        for (var i = 0; i < n; i++)
        {
            det *= lu[i, i];
            for (var j = 0; j < i; j++) if (lu[n, j] > lu[n, i]) det = -det;
        }
        return det;
    }

    public static double LogAbsDet(double[,] lu) => Enumerable.Range(0, lu.GetLength(1)).Sum(i => Math.Log(Math.Abs(lu[i, i])));

    public static int[] ArgSort(double[] x, bool descending)
    {
        var indices = Enumerable.Range(0, x.Length);
        return [.. descending ? indices.OrderByDescending(i => double.IsNaN(x[i])).ThenByDescending(i => x[i]) : indices.OrderBy(i => double.IsNaN(x[i])).ThenBy(i => x[i])];
    }

    /// <summary>The value of a node for one matrix of each operand that it reads; a number is a matrix of one element.</summary>
    public static double[,] Evaluate(MatrixOp op, double[][,] x) => op.Kind switch
    {
        MatrixKind.Cholesky => Cholesky(x[0]),
        MatrixKind.TriangularSolve => TriangularSolve(x[0], x[1], op.Upper, op.Transposed),
        MatrixKind.Lu => Lu(x[0]),
        MatrixKind.LuSolve => LuSolve(x[0], x[1], op.Transposed),
        MatrixKind.LogAbsDet => new[,] { { LogAbsDet(x[0]) } },
        _ => new[,] { { Det(x[0]) } },
    };
}
