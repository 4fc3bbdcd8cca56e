using System.Numerics;
using DrJax.Compiled;

namespace DrJax;

public static partial class Ops
{
    /// <summary>ln |Γ(x)|: +inf at 0, -1, -2, ...</summary>
    /// <remarks>In double to about 1e-14 relative for x &gt; 0.</remarks>
    public static T LogGamma<T>(T x) where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateTruncating(ScalarMath.LogGamma(double.CreateTruncating(x)));

    /// <inheritdoc cref="LogGamma{T}(T)"/>
    public static Vec<T> LogGamma<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(LogGamma);

    /// <inheritdoc cref="LogGamma{T}(T)"/>
    public static Mat<T> LogGamma<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(LogGamma);

    /// <inheritdoc cref="LogGamma{T}(T)"/>
    public static Tensor3<T> LogGamma<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(LogGamma);

    /// <inheritdoc cref="LogGamma{T}(T)"/>
    public static Tensor4<T> LogGamma<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(LogGamma);

    /// <summary>The n-th derivative of the digamma function ψ = (ln Γ)': n = 0 is digamma, n = 1 trigamma.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative or so great that n! is infinite (above 170).</exception>
    public static T Polygamma<T>(int n, T x) where T : unmanaged, IFloatingPointIeee754<T>
        => T.CreateTruncating(ScalarMath.Polygamma(n, double.CreateTruncating(x)));

    /// <inheritdoc cref="Polygamma{T}(int, T)"/>
    public static Vec<T> Polygamma<T>(int n, Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Polygamma(n, e));

    /// <inheritdoc cref="Polygamma{T}(int, T)"/>
    public static Mat<T> Polygamma<T>(int n, Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Polygamma(n, e));

    /// <inheritdoc cref="Polygamma{T}(int, T)"/>
    public static Tensor3<T> Polygamma<T>(int n, Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Polygamma(n, e));

    /// <inheritdoc cref="Polygamma{T}(int, T)"/>
    public static Tensor4<T> Polygamma<T>(int n, Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(e => Polygamma(n, e));
}
