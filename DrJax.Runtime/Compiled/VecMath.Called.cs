using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using F32 = System.Runtime.Intrinsics.Vector512<float>;
using F64 = System.Runtime.Intrinsics.Vector512<double>;

namespace DrJax.Compiled;

/// <content>
/// The functions too long to inline, as calls that pass vectors in quarters. The stack is aligned for 16 bytes only: a vector of 64 that straddles a
/// cache line there costs more, written by one side and read by the other, than a logarithm.
/// </content>
public static unsafe partial class VecMath
{
    private const MethodImplOptions Callee = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    [MethodImpl(Callee)]
    private static void LogGamma(Quarters<double>* x) => x->Set(Maths512.LogGamma(x->Get()));

    [MethodImpl(Callee)]
    private static void LogGamma(Quarters<float>* x) => x->Set(Maths512.LogGamma(x->Get()));

    [MethodImpl(Callee)]
    private static void ErfInv(Quarters<double>* x) => x->Set(Maths512.ErfInv(x->Get()));

    [MethodImpl(Callee)]
    private static void ErfInv(Quarters<float>* x) => x->Set(Maths512.ErfInv(x->Get()));

    [MethodImpl(Callee)]
    private static void Pow(Quarters<double>* x, Quarters<double>* y) => x->Set(Maths512.Pow(x->Get(), y->Get()));

    [MethodImpl(Callee)]
    private static void Pow(Quarters<float>* x, Quarters<float>* y) => x->Set(Maths512.Pow(x->Get(), y->Get()));

    [MethodImpl(Inline)]
    private static Vector512<T> Call<T>(Vector512<T> x, delegate*<Quarters<T>*, void> function)
    {
        var quarters = new Quarters<T>(x);
        function(&quarters);
        return quarters.Get();
    }

    [MethodImpl(Inline)]
    private static Vector512<T> Call<T>(Vector512<T> x, Vector512<T> y, delegate*<Quarters<T>*, Quarters<T>*, void> function)
    {
        var (first, second) = (new Quarters<T>(x), new Quarters<T>(y));
        function(&first, &second);
        return first.Get();
    }

    /// <summary>A vector in memory, as four that no cache line divides.</summary>
    private struct Quarters<T>(Vector512<T> value)
    {
        private Vector128<T> _first = value.GetLower().GetLower();
        private Vector128<T> _second = value.GetLower().GetUpper();
        private Vector128<T> _third = value.GetUpper().GetLower();
        private Vector128<T> _fourth = value.GetUpper().GetUpper();

        [MethodImpl(Inline)]
        public readonly Vector512<T> Get() => Vector512.Create(Vector256.Create(_first, _second), Vector256.Create(_third, _fourth));

        [MethodImpl(Inline)]
        public void Set(Vector512<T> result)
        {
            _first = result.GetLower().GetLower();
            _second = result.GetLower().GetUpper();
            _third = result.GetUpper().GetLower();
            _fourth = result.GetUpper().GetUpper();
        }
    }
}
