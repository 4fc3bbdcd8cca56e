using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR.Values;

namespace DrJax.Compiled.Devices;

/// <summary>What ILGPU does not know of by itself: <see cref="Math.FusedMultiplyAdd"/> is <c>fma.rn</c> of CUDA and <c>fma</c> of OpenCL.</summary>
internal static class DeviceIntrinsics
{
    private static readonly Lock Gate = new();
    private static bool isRegistered;

    /// <summary>To be called before the first kernel is compiled: ILGPU's table is one for the process, and not safe to change while it is read.</summary>
    internal static void Register()
    {
        lock (Gate)
        {
            if (isRegistered) return;
            Fused<double>(Math.FusedMultiplyAdd, Same);
            Fused<float>(MathF.FusedMultiplyAdd, Same);
            isRegistered = true;
        }
    }

    // The call becomes that of a function that returns its one argument, the fused operation.
    private static void Fused<T>(Func<T, T, T, T> method, Func<T, T> same) =>
        RemappedIntrinsics.AddRemapping(method.Method, (ref InvocationContext context) =>
        {
            var fused = context.Builder.CreateArithmetic(context.Location, context[0], context[1], context[2], TernaryArithmeticKind.MultiplyAdd);
            context.Arguments.Clear();
            context.Arguments.Add(fused);
            context.Method = same.Method;
        });

    private static double Same(double x) => x;

    private static float Same(float x) => x;
}
