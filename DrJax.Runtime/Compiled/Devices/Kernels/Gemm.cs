using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <content>Matrix products.</content>
public sealed partial class DeviceQueue
{
    // Below, a tile's threads would mostly have nothing to do; long sums are worth it from fewer.
    private const long LeastTiled = 24;
    private const long LeastTiledOfLong = 8;

    // Sums at least as long are worth a group of threads, or pieces.
    private const long LongSum = 128;
    private const long FewElements = 256;

    // As much fills a device; a piece of a sum below this costs more than it gains.
    private const long EnoughGroups = 256;
    private const long EnoughThreads = 1 << 16;
    private const long LeastChunk = 512;
    private const long MostChunks = 64;

    // The same of pieces by groups of threads.
    private const long EnoughDots = 512;
    private const long LeastDot = 4096;
    private const long MostDots = 256;

    private bool? usesTiles;

    /// <summary>Whether large products go by tiles in shared memory; tests may choose.</summary>
    internal bool UsesTiles
    {
        get => usesTiles ?? (GroupSize == GemmTiles.Threads && device.HasFastShared);
        set => usesTiles = value;
    }

    /// <summary>C = A B, or C += A B, for every point of the shape's outer axes. C overlaps neither A nor B.</summary>
    /// <remarks>The order in which an element's products are added depends on the shape alone.</remarks>
    public void Gemm<T>(in GemmShape shape, ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, bool accumulate) where T : unmanaged, INumber<T>, ISignedNumber<T>
    {
        var s = GemmMerge.Merged(shape);
        var problem = new GemmProblem<T> { Shape = s, A = a, B = b, C = c, Accumulate = accumulate ? 1 : 0, Chunks = 1, ChunkTerms = s.Terms, ChunkK = s.K };
        var elements = s.Batch * s.M * s.N;
        var (side, sum) = (Math.Min(s.M, s.N), s.Terms * s.K);
        if (UsesTiles && s.K > 1 && (side >= LeastTiled || (side >= LeastTiledOfLong && sum >= LongSum)))
        {
            var tiles = s.Batch * ((s.M + GemmTiles.Size - 1) / GemmTiles.Size) * ((s.N + GemmTiles.Size - 1) / GemmTiles.Size);
            InChunks(problem, tiles, EnoughGroups, (p, chunks) => LaunchGroups(GemmTiles.Run, tiles * chunks, p));
        }
        else if (s.K >= LongSum && (elements < FewElements || IsAlong(s)))
        {
            InChunks(problem, elements, EnoughDots, (p, chunks) => LaunchGroups(GemmKernels.Dot, elements * chunks, p), LeastDot, MostDots);
        }
        else
        {
            InChunks(problem, elements, EnoughThreads, (p, chunks) => Launch(GemmKernels.Element, elements * chunks, p));
        }
    }

    // The sum runs along what is contiguous in the operand that most of the reading is of.
    private static bool IsAlong(in GemmShape s) =>
        s.N <= s.M ? s.A.Column == 1 && (s.M == 1 || s.A.Row != 1) : s.B.Row == 1 && (s.N == 1 || s.B.Column != 1);

    /// <summary>Cuts a sum into pieces where there is too little else to do at once, and adds them up.</summary>
    private void InChunks<T>(GemmProblem<T> problem, long parts, long enough, Action<GemmProblem<T>, long> launch, long least = LeastChunk, long most = MostChunks) where T : unmanaged, INumber<T>
    {
        var s = problem.Shape;
        var chunks = Math.Clamp(Math.Min((enough + parts - 1) / Math.Max(parts, 1), s.Terms * s.K / least), 1, most);
        var byTerms = s.Terms >= chunks;
        chunks = Math.Max(1, Math.Min(chunks, byTerms ? s.Terms : s.K));
        if (chunks == 1)
        {
            launch(problem, 1);
            return;
        }
        var elements = s.Batch * s.M * s.N;
        using var scope = Scope();
        var pieces = Take<T>(elements * chunks);
        var cut = problem with { C = pieces, Accumulate = 0, Chunks = (int)chunks };
        if (byTerms) cut.ChunkTerms = (s.Terms + chunks - 1) / chunks;
        else cut.ChunkK = (s.K + chunks - 1) / chunks;
        launch(cut, chunks);
        Launch(GemmKernels.AddChunks, elements, problem with { A = pieces, Chunks = (int)chunks });
    }
}
