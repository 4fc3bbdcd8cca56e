using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The functions too long to inline, as calls that pass vectors in parts of 16 bytes. The stack is aligned for 16 bytes only: a vector of 64 that straddles a
/// cache line there costs more, written by one side and read by the other, than a logarithm.
/// </content>
public static unsafe partial class VecMath
{
    private const MethodImplOptions Callee = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Callee)]
    private static void LogGamma(Parts512<double>* x) => x->Set(Maths512.LogGamma(x->Get()));

    [MethodImpl(Callee)]
    private static void LogGamma(Parts512<float>* x) => x->Set(Maths512.LogGamma(x->Get()));

    [MethodImpl(Callee)]
    private static void ErfInv(Parts512<double>* x) => x->Set(Maths512.ErfInv(x->Get()));

    [MethodImpl(Callee)]
    private static void ErfInv(Parts512<float>* x) => x->Set(Maths512.ErfInv(x->Get()));

    [MethodImpl(Callee)]
    private static void Pow(Parts512<double>* x, Parts512<double>* y) => x->Set(Maths512.Pow(x->Get(), y->Get()));

    [MethodImpl(Callee)]
    private static void Pow(Parts512<float>* x, Parts512<float>* y) => x->Set(Maths512.Pow(x->Get(), y->Get()));

    [MethodImpl(Inline)]
    private static Vector512<T> Call<T>(Vector512<T> x, delegate*<Parts512<T>*, void> function)
    {
        var parts = new Parts512<T>(x);
        function(&parts);
        return parts.Get();
    }

    [MethodImpl(Inline)]
    private static Vector512<T> Call<T>(Vector512<T> x, Vector512<T> y, delegate*<Parts512<T>*, Parts512<T>*, void> function)
    {
        var (first, second) = (new Parts512<T>(x), new Parts512<T>(y));
        function(&first, &second);
        return first.Get();
    }
}
