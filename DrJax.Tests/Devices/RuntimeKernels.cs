using DrJax.Compiled.Devices;
using ILGPU;
using ILGPU.Frontend;

namespace DrJax.Tests.Devices;

/// <summary>Small programs, as generated code would be.</summary>
internal static class Kernels
{
    internal struct Views
    {
        public ArrayView<double> X, Y;
        public ArrayView<int> At, Errors;
    }

    public static void TwiceOf(Index1D i, Views k) => k.Y[i] = 2 * k.X[i];

    public static void SumOf(Index1D i, Views k)
    {
        var sum = 0.0;
        // Few of them, for the simulator's sake.
        for (long j = 0; j < 4; j++) sum += k.X[j];
        k.Y[i] = sum;
    }

    public static void GatherOf(Index1D i, Views k) => k.Y[i] = k.X[DeviceCheck.Index(k.Errors, 0, k.At[i], (int)k.X.Length)];

    /// <summary>ILGPU calls it by its name and leaves the rest to the device's compiler.</summary>
    [External("drjax_no_such_function")]
    public static double NoSuchFunction(double x) => x;

    public static void RejectedByDriver(Index1D i, Views k) => k.Y[i] = NoSuchFunction(k.Y[i]);

    public static void Rejected(Index1D i, Views k) => k.Y[i] = new List<double> { 1 }.Count;

    public static Vec<double> Twice(Vec<double> x)
    {
        var y = new double[x.Length];
        using var run = DeviceRun.Begin("twice");
        run.Lead.Launch(TwiceOf, x.Length, new Views { X = run.Lead.Read(run.Argument(x)), Y = run.Lead.Write(run.Result(y)) });
        return Vec<double>.UnsafeWrap(y);
    }

    public static double Sum(Vec<double> x)
    {
        using var run = DeviceRun.Begin("sum");
        var sum = run.Scratch<double>(1);
        run.Lead.Launch(SumOf, 1, new Views { X = run.Lead.Read(run.Argument(x)), Y = run.Lead.Write(sum) });
        return run.Lead.Fetch(run.Lead.Read(sum), 0);
    }

    public static Vec<double> Gather(Vec<double> x, Vec<int> at)
    {
        var y = new double[at.Length];
        using var run = DeviceRun.Begin("gather");
        var queue = run.Lead;
        queue.Launch(GatherOf, at.Length, new Views { X = queue.Read(run.Argument(x)), At = queue.Read(run.Argument(at)), Y = queue.Write(run.Result(y)), Errors = queue.Errors });
        run.CheckErrors(new DeviceSite("at[i]", "x"));
        return Vec<double>.UnsafeWrap(y);
    }

    public static void Scratch(long length)
    {
        using var run = DeviceRun.Begin("scratch");
        run.Lead.Write(run.Scratch<double>(1));
        run.Lead.Take<double>(1);
        run.Lead.Write(run.Scratch<double>(length));
    }

    public static void Launch(Action<Index1D, Views> kernel)
    {
        var y = new double[1];
        using var run = DeviceRun.Begin("kernel");
        run.Lead.Launch(kernel, 1, new Views { Y = run.Lead.Write(run.Result(y)) });
    }
}
