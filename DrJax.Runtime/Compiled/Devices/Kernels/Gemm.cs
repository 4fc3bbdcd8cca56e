using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <content>Matrix products.</content>
public sealed partial class DeviceQueue
{
    // Below, a tile's threads would mostly have nothing to do.
    private const long LeastTiled = 24;

    // Sums at least as long are worth a group of threads.
    private const long LongSum = 128;
    private const long FewElements = 1 << 14;

    // As many groups fill a device; a piece of K below this costs more than it gains.
    private const long EnoughGroups = 256;
    private const long LeastChunk = 512;
    private const long MostChunks = 64;

    /// <summary>C = A B, or C += A B, for every point of the shape's outer axes. C overlaps neither A nor B.</summary>
    /// <remarks>The order in which an element's products are added depends on the shape alone.</remarks>
    public void Gemm<T>(in GemmShape shape, ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, bool accumulate) where T : unmanaged, INumber<T>
    {
        var problem = new GemmProblem<T> { Shape = shape, A = a, B = b, C = c, Accumulate = accumulate ? 1 : 0, Chunks = 1, ChunkK = shape.K };
        var elements = shape.Batch * shape.M * shape.N;
        if (GroupSize == GemmTiles.Threads && Math.Min(shape.M, shape.N) >= LeastTiled && shape.K > 1)
        {
            Tiled(problem);
        }
        else if (shape.K >= LongSum && (elements < FewElements || IsAlong(shape)))
        {
            LaunchGroups(GemmKernels.Dot, elements, problem);
        }
        else
        {
            Launch(GemmKernels.Element, elements, problem);
        }
    }

    // The sum runs along what is contiguous in the operand that most of the reading is of.
    private static bool IsAlong(in GemmShape s) => s.N <= s.M ? s.A.Column == 1 && s.A.Row != 1 : s.B.Row == 1 && s.B.Column != 1;

    private void Tiled<T>(GemmProblem<T> problem) where T : unmanaged, INumber<T>
    {
        var s = problem.Shape;
        var tiles = s.Batch * ((s.M + GemmTiles.Size - 1) / GemmTiles.Size) * ((s.N + GemmTiles.Size - 1) / GemmTiles.Size);
        var chunks = Math.Clamp(Math.Min((EnoughGroups + tiles - 1) / Math.Max(tiles, 1), s.K / LeastChunk), 1, MostChunks);
        if (chunks == 1)
        {
            LaunchGroups(GemmTiles.Run, tiles, problem);
            return;
        }
        var elements = s.Batch * s.M * s.N;
        using var scope = Scope();
        var pieces = Take<T>(elements * chunks);
        LaunchGroups(GemmTiles.Run, tiles * chunks, problem with { C = pieces, Accumulate = 0, Chunks = (int)chunks, ChunkK = (s.K + chunks - 1) / chunks });
        Launch(GemmKernels.AddChunks, elements, problem with { A = pieces, Chunks = (int)chunks });
    }
}
