using System.Numerics;
using DrJax.Compiled;

namespace DrJax;

public static partial class Ops
{
    /// <summary>The inverse of the error function: the y with (2 / √π) ∫₀ʸ exp(-t²) dt = x; infinite at -1 and 1, NaN outside.</summary>
    public static T ErfInv<T>(T x) where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? T.CreateTruncating(ScalarMath.ErfInv(float.CreateTruncating(x)))
        : T.CreateTruncating(ScalarMath.ErfInv(double.CreateTruncating(x)));

    /// <inheritdoc cref="ErfInv{T}(T)"/>
    public static Vec<T> ErfInv<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(ErfInv);

    /// <inheritdoc cref="ErfInv{T}(T)"/>
    public static Mat<T> ErfInv<T>(Mat<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(ErfInv);

    /// <inheritdoc cref="ErfInv{T}(T)"/>
    public static Tensor3<T> ErfInv<T>(Tensor3<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(ErfInv);

    /// <inheritdoc cref="ErfInv{T}(T)"/>
    public static Tensor4<T> ErfInv<T>(Tensor4<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x.Map(ErfInv);
}
