using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>
/// The factors of A with rows in the order of partial pivoting, in n rows: L below the diagonal (its own is 1), U from it on; row n says which row of A stands
/// in each place. A column without a pivot is left as it is.
/// </summary>
internal static class LuKernels
{
    /// <summary>Operands A, factors.</summary>
    public static void Alone<T, TPlaces>(Index1D i, MatrixProblem<T> p) where T : unmanaged, INumber<T> where TPlaces : struct, IPlaces<T> => Factor<T, Alone, TPlaces>(p, i, default);

    public static void Together<T, TPlaces>(MatrixProblem<T> p) where T : unmanaged, INumber<T> where TPlaces : struct, IPlaces<T> => Factor<T, Together, TPlaces>(p, 0, default);

    /// <summary>Operands factors, B, X.</summary>
    public static void SolveAlone<T, TPlaces>(Index1D i, MatrixProblem<T> p) where T : unmanaged, INumber<T> where TPlaces : struct, IPlaces<T> => Solve<T, Alone, TPlaces>(p, i, default);

    public static void SolveTogether<T, TPlaces>(MatrixProblem<T> p) where T : unmanaged, INumber<T> where TPlaces : struct, IPlaces<T> => Solve<T, Together, TPlaces>(p, 0, default);

    /// <summary>Operands factors, a number.</summary>
    public static void Det<T, TPlaces>(Index1D index, MatrixProblem<T> p)
        where T : unmanaged, INumber<T>
        where TPlaces : struct, IPlaces<T>
    {
        var (lu, n) = (p.MatrixA(index), p.Shape.N);
        var product = T.One;
        for (var i = 0; i < n; i++)
        {
            product *= lu[i, i];
            // A cycle is counted where its least place is; one of even length changes the sign.
            var (length, at) = (1, Place<T, TPlaces>(lu, n, i));
            for (; at > i; at = Place<T, TPlaces>(lu, n, at)) length++;
            if (at == i && length % 2 == 0) product = -product;
        }
        p.MatrixB(index)[0, 0] = product;
    }

    public static void LogAbsDet(Index1D index, MatrixProblem<double> p)
    {
        var (lu, sum) = (p.MatrixA(index), 0.0);
        for (var i = 0; i < p.Shape.N; i++) sum += DeviceMath.Log(Math.Abs(lu[i, i]));
        p.MatrixB(index)[0, 0] = sum;
    }

    public static void LogAbsDet(Index1D index, MatrixProblem<float> p)
    {
        var (lu, sum) = (p.MatrixA(index), 0f);
        for (var i = 0; i < p.Shape.N; i++) sum += DeviceMath.Log(Math.Abs(lu[i, i]));
        p.MatrixB(index)[0, 0] = sum;
    }

    private static int Place<T, TPlaces>(Matrix<T> lu, int n, int i)
        where T : unmanaged, INumber<T>
        where TPlaces : struct, IPlaces<T> => default(TPlaces).ToInt(lu[n, i]);

    private static void Factor<T, TTeam, TPlaces>(MatrixProblem<T> p, long index, TTeam team)
        where T : unmanaged, INumber<T>
        where TTeam : struct, ITeam
        where TPlaces : struct, IPlaces<T>
    {
        var problem = team.Problem(index);
        Matrix<T> a = p.MatrixA(problem), lu = p.MatrixB(problem);
        var n = p.Shape.N;
        for (var at = team.Rank; at < n * n; at += team.Size) lu[at / n, at % n] = a[at / n, at % n];
        for (var i = team.Rank; i < n; i += team.Size) lu[n, i] = default(TPlaces).From(i);
        team.Wait();
        for (var k = 0; k < n; k++)
        {
            var best = Pivot(team, lu, n, k);
            if (best != k)
            {
                // The row of places changes with the rows.
                for (var j = team.Rank; j <= n; j += team.Size)
                {
                    if (j < n) (lu[k, j], lu[best, j]) = (lu[best, j], lu[k, j]);
                    else (lu[n, k], lu[n, best]) = (lu[n, best], lu[n, k]);
                }
                team.Wait();
            }
            var pivot = lu[k, k];
            if (pivot != T.Zero)
            {
                for (var i = k + 1 + team.Rank; i < n; i += team.Size) lu[i, k] /= pivot;
                team.Wait();
                var rest = n - k - 1;
                for (var at = team.Rank; at < rest * rest; at += team.Size)
                {
                    int i = k + 1 + (at / rest), j = k + 1 + (at % rest);
                    lu[i, j] -= lu[i, k] * lu[k, j];
                }
            }
            team.Wait();
        }
    }

    /// <summary>The first row from k on whose element in column k is largest; NaN is not larger than anything, and nothing is than NaN.</summary>
    private static int Pivot<T, TTeam>(TTeam team, Matrix<T> lu, int n, int k)
        where T : unmanaged, INumber<T>
        where TTeam : struct, ITeam
    {
        var (value, best) = (-T.One, k);
        for (var i = k + team.Rank; i < n; i += team.Size)
        {
            var size = T.Abs(lu[i, k]);
            if (size > value) (value, best) = (size, i);
        }
        var isNaN = T.IsNaN(lu[k, k]);
        var pivot = team.Largest(value, best);
        return isNaN ? k : pivot;
    }

    private static void Solve<T, TTeam, TPlaces>(MatrixProblem<T> p, long index, TTeam team)
        where T : unmanaged, INumber<T>
        where TTeam : struct, ITeam
        where TPlaces : struct, IPlaces<T>
    {
        var problem = team.Problem(index);
        Matrix<T> lu = p.MatrixA(problem), b = p.MatrixB(problem), x = p.MatrixC(problem);
        int n = p.Shape.N, k = p.Shape.K;
        // P A = L U: first L then U, or Uᵀ then Lᵀ.
        if (p.IsTransposed == 0)
        {
            for (var at = team.Rank; at < n * k; at += team.Size) x[at / k, at % k] = b[Place<T, TPlaces>(lu, n, at / k), at % k];
            team.Wait();
            TriangularKernel.InPlace(team, n, k, lu, x, upper: false, unit: true);
            TriangularKernel.InPlace(team, n, k, lu, x, upper: true, unit: false);
            return;
        }
        // Row i of the solution belongs in the place that row n of the factors says.
        var work = p.MatrixWork(problem);
        for (var at = team.Rank; at < n * k; at += team.Size) work[at / k, at % k] = b[at / k, at % k];
        team.Wait();
        TriangularKernel.InPlace(team, n, k, lu.Transposed, work, upper: false, unit: false);
        TriangularKernel.InPlace(team, n, k, lu.Transposed, work, upper: true, unit: true);
        for (var at = team.Rank; at < n * k; at += team.Size) x[Place<T, TPlaces>(lu, n, at / k), at % k] = work[at / k, at % k];
    }
}

/// <summary>Places as the factors' last row has them: small whole numbers of the matrix's element type.</summary>
internal interface IPlaces<T>
    where T : unmanaged
{
    T From(int place);

    int ToInt(T place);
}

internal readonly struct DoublePlaces : IPlaces<double>
{
    public double From(int place) => place;

    public int ToInt(double place) => (int)place;
}

internal readonly struct SinglePlaces : IPlaces<float>
{
    public float From(int place) => place;

    public int ToInt(float place) => (int)place;
}
