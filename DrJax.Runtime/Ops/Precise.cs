using System.Numerics;

namespace DrJax;

/// <summary>Functions that lose digits near 0 when written with exp and log alone (.NET has no accurate expm1 and log1p).</summary>
internal static class Precise
{
    /// <summary>eˣ - 1 by Kahan's correction: with u = eˣ rounded, (u - 1) x / ln u.</summary>
    internal static T Expm1<T>(T x) where T : IFloatingPointIeee754<T>
    {
        var u = T.Exp(x);
        if (u == T.One) return x;
        var below = u - T.One;
        return below == -T.One || !T.IsFinite(u) ? below : below * (x / T.Log(u));
    }

    /// <summary>ln(1 + x) by Kahan's correction: with u = 1 + x rounded, ln(u) x / (u - 1).</summary>
    internal static T Log1p<T>(T x) where T : IFloatingPointIeee754<T>
    {
        var u = T.One + x;
        if (u == T.One) return x;
        return T.IsFinite(u) ? T.Log(u) * (x / (u - T.One)) : T.Log(u);
    }
}
