using System.Numerics;

namespace DrJax;

public static partial class Ops
{
    /// <summary>ln Σᵢ e^xᵢ, shifted by the greatest element against overflow.</summary>
    /// <exception cref="ArgumentException">x is empty.</exception>
    public static T LogSumExp<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var shift = Max(x);
        if (!T.IsFinite(shift)) shift = T.Zero; // -inf - -inf would be NaN
        return shift + T.Log(Sum(Exp(x - shift)));
    }

    /// <summary>e^xᵢ / Σⱼ e^xⱼ.</summary>
    /// <exception cref="ArgumentException">x is empty.</exception>
    public static Vec<T> Softmax<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var exponentials = Exp(x - Max(x));
        return exponentials / Sum(exponentials);
    }

    /// <summary>xᵢ - ln Σⱼ e^xⱼ.</summary>
    /// <exception cref="ArgumentException">x is empty.</exception>
    public static Vec<T> LogSoftmax<T>(Vec<T> x) where T : unmanaged, IFloatingPointIeee754<T> => x - LogSumExp(x);
}
