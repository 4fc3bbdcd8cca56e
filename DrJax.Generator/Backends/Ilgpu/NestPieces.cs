using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// A nest that touches more arrays than a kernel has room for among its parameters is several kernels, each of which computes some of the outputs. What outputs share is then
/// computed by each.
/// </summary>
internal static class NestPieces
{
    // An array takes a pointer and a structure of 16 bytes; no OpenCL device has less than 1024 bytes for all, CUDA has 4096.
    public const int MostArrays = 40;

    /// <summary>The nests that a nest is, in the order in which they must run: itself alone if it is small, or if a piece would read what an earlier one has written.</summary>
    public static NestStep[] Of(DeviceFrame frame, NestStep step)
    {
        var pieces = new List<List<Output>>();
        var arrays = new HashSet<Buffer>();
        foreach (var output in step.Outputs)
        {
            Buffer[] own = [.. Arrays([output])];
            if (pieces.Count == 0 || arrays.Union(own).Count() > MostArrays)
            {
                pieces.Add([]);
                arrays.Clear();
            }
            pieces[pieces.Count - 1].Add(output);
            arrays.UnionWith(own);
        }
        if (pieces.Count < 2) return [step];
        var written = new HashSet<Buffer>();
        foreach (var piece in pieces)
        {
            if (Arrays(piece).Any(array => written.Contains(frame.Home(array)))) return [step];
            written.UnionWith(piece.Select(output => frame.Home(output.Target)));
        }
        var remarks = step.Because.TrimEnd().Split('\n');
        return
        [
            .. pieces.Select(piece => new NestStep(step.Name, step.Parallel, step.Reduced, step.Vector, step.Element, [.. piece],
                remarks.Length == step.Outputs.Length ? string.Join("\n", piece.Select(output => remarks[step.Outputs.IndexOf(output)])) : step.Because)),
        ];
    }

    private static IEnumerable<Buffer> Arrays(IEnumerable<Output> outputs) =>
        outputs.Select(output => output.Target).Concat(Overwrites.Loads([.. outputs]).Select(load => load.Buffer)).Distinct();
}
