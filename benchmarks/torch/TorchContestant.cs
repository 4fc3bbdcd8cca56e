using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace DrJax.Benchmarks.Torch;

/// <summary>A gradient by TorchSharp; its tensors live as long as the call.</summary>
/// <param name="gradient">The derivatives, in the order of the structure's leaves.</param>
internal sealed class TorchContestant(Func<IEnumerable<Tensor>> gradient) : Contestant(TorchPeers.Name)
{
    internal override void Call()
    {
        using var scope = NewDisposeScope();
        gradient();
    }

    internal override double Seconds(int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) Call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }

    internal override double[] Numbers()
    {
        using var scope = NewDisposeScope();
        return [.. gradient().SelectMany(tensor => tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray())];
    }
}
