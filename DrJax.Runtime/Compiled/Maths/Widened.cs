using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.Intrinsics.Vector512;
using F32 = System.Runtime.Intrinsics.Vector512<float>;

namespace DrJax.Compiled;

/// <content>Functions of float32 that are those of float64, rounded: half a unit in the last place, and no slower than short polynomials of their own by more than a half.</content>
internal static unsafe partial class Maths512
{
    [MethodImpl(Called)]
    public static F32 Tan(F32 x) => Narrow(Tan(WidenLower(x)), Tan(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Sinh(F32 x) => Narrow(Sinh(WidenLower(x)), Sinh(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Cosh(F32 x) => Narrow(Cosh(WidenLower(x)), Cosh(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Asin(F32 x) => Narrow(Asin(WidenLower(x)), Asin(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Acos(F32 x) => Narrow(Acos(WidenLower(x)), Acos(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Atan(F32 x) => Narrow(Atan(WidenLower(x)), Atan(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Asinh(F32 x) => Narrow(Asinh(WidenLower(x)), Asinh(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Acosh(F32 x) => Narrow(Acosh(WidenLower(x)), Acosh(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Atanh(F32 x) => Narrow(Atanh(WidenLower(x)), Atanh(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Cbrt(F32 x) => Narrow(Cbrt(WidenLower(x)), Cbrt(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Erf(F32 x) => Narrow(Erf(WidenLower(x)), Erf(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Erfc(F32 x) => Narrow(Erfc(WidenLower(x)), Erfc(WidenUpper(x)));

    [MethodImpl(Called)]
    public static F32 Atan2(F32 x, F32 y) => Narrow(Atan2(WidenLower(x), WidenLower(y)), Atan2(WidenUpper(x), WidenUpper(y)));

    [MethodImpl(Called)]
    public static F32 Pow(F32 x, F32 y) => Narrow(Pow(WidenLower(x), WidenLower(y)), Pow(WidenUpper(x), WidenUpper(y)));

}
