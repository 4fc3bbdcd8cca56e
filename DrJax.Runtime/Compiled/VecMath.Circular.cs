using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>sin and cos: reduction by multiples of pi/2 in three exact steps, then fdlibm's (float32: Cephes') polynomials.</content>
public static unsafe partial class VecMath
{
    // Beyond these, three parts of pi/2 (or the rounding of the quotient) no longer suffice: such lanes go through the scalar function.
    private const double CircularLimit = 1 << 30;
    private const float CircularLimitSingle = 1 << 15;

    /// <summary>At most 2 ulp.</summary>
    [MethodImpl(Inline)]
    public static F64 Sin(F64 x) => WithOutside(x, Circular(x, Vector512<long>.Zero), &ScalarMath.Sin);

    /// <inheritdoc cref="Sin(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F64 Cos(F64 x) => WithOutside(x, Circular(x, Vector512<long>.One), &ScalarMath.Cos);

    /// <inheritdoc cref="Sin(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Sin(F32 x) => WithOutside(x, Circular(x, Vector512<int>.Zero), &ScalarMath.Sin);

    /// <inheritdoc cref="Sin(Vector512{double})"/>
    [MethodImpl(Inline)]
    public static F32 Cos(F32 x) => WithOutside(x, Circular(x, Vector512<int>.One), &ScalarMath.Cos);

    // sin(x + turn pi/2)
    [MethodImpl(Inline)]
    private static F64 Circular(F64 x, Vector512<long> turn)
    {
        var n = Fma(x, C(0.63661977236758134), C(RoundToInteger));
        var quadrant = n.AsInt64() + turn;
        n -= C(RoundToInteger);
        var r = Fma(n, C(-1.5707963267948966), x);
        r = Fma(n, C(-6.123233995736766e-17), r);
        r = Fma(n, C(1.4973849048591698e-33), r);
        var z = r * r;
        var s = Fma(z, C(1.58969099521155010221e-10), C(-2.50507602534068634195e-08));
        s = Fma(z, s, C(2.75573137070700676789e-06));
        s = Fma(z, s, C(-1.98412698298579493134e-04));
        s = Fma(z, s, C(8.33333333332248946124e-03));
        s = Fma(z, s, C(-1.66666666666666324348e-01));
        var sine = Fma(z * r, s, r);
        var c = Fma(z, C(-1.13596475577881948265e-11), C(2.08757232129817482790e-09));
        c = Fma(z, c, C(-2.75573143513906633035e-07));
        c = Fma(z, c, C(2.48015872894767294178e-05));
        c = Fma(z, c, C(-1.38888888888741095749e-03));
        c = Fma(z, c, C(4.16666666666666019037e-02));
        var cosine = Fma(z * z, c, Fma(z, C(-0.5), F64.One));
        var odd = Vector512.Equals(quadrant & Vector512<long>.One, Vector512<long>.One).AsDouble();
        var negative = (quadrant & Vector512.Create(2L)) << 62;
        return (Where(odd, cosine, sine).AsInt64() ^ negative).AsDouble();
    }

    [MethodImpl(Inline)]
    private static F32 Circular(F32 x, Vector512<int> turn)
    {
        var n = Fma(x, C(0.63661977236758134f), C(RoundToIntegerSingle));
        var quadrant = n.AsInt32() + turn;
        n -= C(RoundToIntegerSingle);
        var r = Fma(n, C(-1.57079637f), x);
        r = Fma(n, C(4.37113883e-08f), r);
        r = Fma(n, C(1.71512451e-15f), r);
        var z = r * r;
        var s = Fma(z, Fma(z, C(-1.9515295891E-4f), C(8.3321608736E-3f)), C(-1.6666654611E-1f));
        var sine = Fma(z * r, s, r);
        var c = Fma(z, Fma(z, C(2.443315711809948E-5f), C(-1.388731625493765E-3f)), C(4.166664568298827E-2f));
        var cosine = Fma(z * z, c, Fma(z, C(-0.5f), F32.One));
        var odd = Vector512.Equals(quadrant & Vector512<int>.One, Vector512<int>.One).AsSingle();
        var negative = (quadrant & Vector512.Create(2)) << 30;
        return (Where(odd, cosine, sine).AsInt32() ^ negative).AsSingle();
    }

    // The rare call takes addresses of copies: the operands themselves stay in registers.
    [MethodImpl(Inline)]
    private static F64 WithOutside(F64 x, F64 y, delegate*<double, double> function)
    {
        if (Vector512.GreaterThanAny(Vector512.Abs(x), C(CircularLimit)))
        {
            var (from, to) = (x, y);
            Outside((double*)&from, (double*)&to, CircularLimit, Vector512<double>.Count, function);
            y = to;
        }

        return y;
    }

    [MethodImpl(Inline)]
    private static F32 WithOutside(F32 x, F32 y, delegate*<float, float> function)
    {
        if (Vector512.GreaterThanAny(Vector512.Abs(x), C(CircularLimitSingle)))
        {
            var (from, to) = (x, y);
            Outside((float*)&from, (float*)&to, CircularLimitSingle, Vector512<float>.Count, function);
            y = to;
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Outside<T>(T* x, T* y, T limit, int count, delegate*<T, T> function)
        where T : unmanaged, INumber<T>
    {
        for (var i = 0; i < count; i++)
        {
            if (T.Abs(x[i]) > limit)
            {
                y[i] = function(x[i]);
            }
        }
    }
}
