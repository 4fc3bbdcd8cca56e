using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>X of T X = B or TᵀX = B, of T only the lower or the upper triangle. Operands T, B, X.</summary>
internal static class TriangularKernel
{
    public static void Alone<T>(Index1D i, MatrixProblem<T> p) where T : unmanaged, INumber<T> => Solve<T, Alone>(p, i, default);

    public static void Together<T>(MatrixProblem<T> p) where T : unmanaged, INumber<T> => Solve<T, Together>(p, 0, default);

    /// <summary>Right-hand sides become solutions. With <paramref name="unit"/> the diagonal is 1 and not read.</summary>
    public static void InPlace<T, TTeam>(TTeam team, int n, int k, Matrix<T> t, Matrix<T> x, bool upper, bool unit)
        where T : unmanaged, INumber<T>
        where TTeam : struct, ITeam
    {
        for (var step = 0; step < n; step++)
        {
            var i = upper ? n - 1 - step : step;
            if (!unit)
            {
                for (var c = team.Rank; c < k; c += team.Size) x[i, c] /= t[i, i];
                team.Wait();
            }
            var (first, rest) = upper ? (0, i) : (i + 1, n - 1 - i);
            for (var at = team.Rank; at < rest * k; at += team.Size)
            {
                int r = first + (at / k), c = at % k;
                x[r, c] -= t[r, i] * x[i, c];
            }
            team.Wait();
        }
    }

    private static void Solve<T, TTeam>(MatrixProblem<T> p, long index, TTeam team)
        where T : unmanaged, INumber<T>
        where TTeam : struct, ITeam
    {
        var problem = team.Problem(index);
        Matrix<T> t = p.MatrixA(problem), b = p.MatrixB(problem), x = p.MatrixC(problem);
        int n = p.Shape.N, k = p.Shape.K;
        for (var at = team.Rank; at < n * k; at += team.Size) x[at / k, at % k] = b[at / k, at % k];
        team.Wait();
        var isTransposed = p.IsTransposed != 0;
        InPlace(team, n, k, isTransposed ? t.Transposed : t, x, p.IsUpper != 0 != isTransposed, unit: false);
    }
}
