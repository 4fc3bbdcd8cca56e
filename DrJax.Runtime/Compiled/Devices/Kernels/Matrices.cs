using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <content>Factorisations and solutions. What is written overlaps nothing that is read.</content>
public sealed partial class DeviceQueue
{
    // Matrices at least as large are worth a group of threads each, if there are not very many of them.
    private const long LeastShared = 16;
    private const long LargeMatrix = 32;
    private const long ManyMatrices = 1 << 12;

    /// <summary>L of L Lᵀ = (A + Aᵀ) / 2; NaN where that is not positive definite. Operands A, L.</summary>
    public void Cholesky<T>(in MatrixShape shape, ArrayView<T> a, ArrayView<T> l) where T : unmanaged, IFloatingPointIeee754<T> =>
        Solve(CholeskyKernel.Alone, CholeskyKernel.Together, new MatrixProblem<T> { Shape = shape, A = a, B = l, C = l, Work = l });

    /// <summary>X of T X = B or TᵀX = B, of T only one triangle. Operands T, B, X.</summary>
    public void TriangularSolve<T>(in MatrixShape shape, ArrayView<T> t, ArrayView<T> b, ArrayView<T> x, bool upper, bool transposed) where T : unmanaged, INumber<T> => Solve(
        TriangularKernel.Alone, TriangularKernel.Together, new MatrixProblem<T> { Shape = shape, A = t, B = b, C = x, Work = x, IsUpper = upper ? 1 : 0, IsTransposed = transposed ? 1 : 0 });

    /// <summary>The factors of A, in n + 1 rows of which the last has the places of its rows. Operands A, factors.</summary>
    public void Lu(in MatrixShape shape, ArrayView<double> a, ArrayView<double> lu) => Lu<double, DoublePlaces>(shape, a, lu);

    /// <inheritdoc cref="Lu(in MatrixShape, ArrayView{double}, ArrayView{double})"/>
    public void Lu(in MatrixShape shape, ArrayView<float> a, ArrayView<float> lu) => Lu<float, SinglePlaces>(shape, a, lu);

    /// <summary>X of A X = B or AᵀX = B. Operands factors, B, X.</summary>
    public void LuSolve(in MatrixShape shape, ArrayView<double> lu, ArrayView<double> b, ArrayView<double> x, bool transposed) => LuSolve<double, DoublePlaces>(shape, lu, b, x, transposed);

    /// <inheritdoc cref="LuSolve(in MatrixShape, ArrayView{double}, ArrayView{double}, ArrayView{double}, bool)"/>
    public void LuSolve(in MatrixShape shape, ArrayView<float> lu, ArrayView<float> b, ArrayView<float> x, bool transposed) => LuSolve<float, SinglePlaces>(shape, lu, b, x, transposed);

    /// <summary>det A. Operands factors, a number.</summary>
    public void Det(in MatrixShape shape, ArrayView<double> lu, ArrayView<double> result) => Det<double, DoublePlaces>(shape, lu, result);

    /// <inheritdoc cref="Det(in MatrixShape, ArrayView{double}, ArrayView{double})"/>
    public void Det(in MatrixShape shape, ArrayView<float> lu, ArrayView<float> result) => Det<float, SinglePlaces>(shape, lu, result);

    /// <summary>ln |det A|; -∞ if a pivot is zero. Operands factors, a number.</summary>
    public void LogAbsDet(in MatrixShape shape, ArrayView<double> lu, ArrayView<double> result) =>
        Launch(LuKernels.LogAbsDet, shape.Batch, new MatrixProblem<double> { Shape = shape, A = lu, B = result, C = result, Work = result });

    /// <inheritdoc cref="LogAbsDet(in MatrixShape, ArrayView{double}, ArrayView{double})"/>
    public void LogAbsDet(in MatrixShape shape, ArrayView<float> lu, ArrayView<float> result) =>
        Launch(LuKernels.LogAbsDet, shape.Batch, new MatrixProblem<float> { Shape = shape, A = lu, B = result, C = result, Work = result });

    private void Lu<T, TPlaces>(in MatrixShape shape, ArrayView<T> a, ArrayView<T> lu) where T : unmanaged, INumber<T> where TPlaces : struct, IPlaces<T> =>
        Solve(LuKernels.Alone<T, TPlaces>, LuKernels.Together<T, TPlaces>, new MatrixProblem<T> { Shape = shape, A = a, B = lu, C = lu, Work = lu });

    private void LuSolve<T, TPlaces>(in MatrixShape shape, ArrayView<T> lu, ArrayView<T> b, ArrayView<T> x, bool transposed) where T : unmanaged, INumber<T> where TPlaces : struct, IPlaces<T>
    {
        using var scope = Scope();
        var work = transposed ? Take<T>(shape.Batch * shape.N * shape.K) : x;
        Solve(LuKernels.SolveAlone<T, TPlaces>, LuKernels.SolveTogether<T, TPlaces>, new MatrixProblem<T> { Shape = shape, A = lu, B = b, C = x, Work = work, IsTransposed = transposed ? 1 : 0 });
    }

    private void Det<T, TPlaces>(in MatrixShape shape, ArrayView<T> lu, ArrayView<T> result) where T : unmanaged, INumber<T> where TPlaces : struct, IPlaces<T> =>
        Launch(LuKernels.Det<T, TPlaces>, shape.Batch, new MatrixProblem<T> { Shape = shape, A = lu, B = result, C = result, Work = result });

    private void Solve<T>(Action<Index1D, MatrixProblem<T>> alone, Action<MatrixProblem<T>> together, MatrixProblem<T> problem) where T : unmanaged
    {
        var (n, batch) = (problem.Shape.N, problem.Shape.Batch);
        if (n >= LargeMatrix || (n >= LeastShared && batch < ManyMatrices)) LaunchGroups(together, batch, problem);
        else Launch(alone, batch, problem);
    }
}
