using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>L of L Lᵀ = (A + Aᵀ) / 2, zeros above its diagonal; NaN on and below it where that is not positive definite. Operands A, L.</summary>
internal static class CholeskyKernel
{
    public static void Alone<T>(Index1D i, MatrixProblem<T> p) where T : unmanaged, IFloatingPointIeee754<T> => Factor<T, Alone>(p, i, default);

    public static void Together<T>(MatrixProblem<T> p) where T : unmanaged, IFloatingPointIeee754<T> => Factor<T, Together>(p, 0, default);

    private static void Factor<T, TTeam>(MatrixProblem<T> p, long index, TTeam team)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TTeam : struct, ITeam
    {
        var problem = team.Problem(index);
        Matrix<T> a = p.MatrixA(problem), l = p.MatrixB(problem);
        var n = p.Shape.N;
        for (var at = team.Rank; at < n * n; at += team.Size)
        {
            int i = at / n, j = at % n;
            // The sum's half is exact but for underflow, as the processor's.
            l[i, j] = i < j ? T.Zero : (a[i, j] + a[j, i]) / (T.One + T.One);
        }
        team.Wait();
        for (var j = 0; j < n; j++)
        {
            var pivot = l[j, j];
            team.Wait();
            if (!(pivot > T.Zero))
            {
                for (var at = team.Rank; at < n * n; at += team.Size)
                    if (at / n >= at % n) l[at / n, at % n] = T.NaN;
                return;
            }
            var root = T.Sqrt(pivot);
            for (var i = j + team.Rank; i < n; i += team.Size) l[i, j] = i == j ? root : l[i, j] / root;
            team.Wait();
            var rest = n - j - 1;
            for (var at = team.Rank; at < rest * rest; at += team.Size)
            {
                int i = j + 1 + (at / rest), k = j + 1 + (at % rest);
                if (k <= i) l[i, k] -= l[i, j] * l[k, j];
            }
            team.Wait();
        }
    }
}
