using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>
/// Matrix products by tiles of 64 x 64: a group of 256 threads, 4 x 4 elements in the registers of each; 16 columns of A and rows of B at a time in shared memory.
/// An element's products are added in the order of k.
/// </summary>
internal static class GemmTiles
{
    public const int Size = 64;
    public const int Threads = 256;

    private const int Depth = 16;
    private const int Side = 16;

    // A row of shared memory is longer than a tile, so that threads that write a column write to different banks.
    private const int Pitch = Size + 1;

    public static void Run<T>(GemmProblem<T> p)
        where T : unmanaged, INumber<T>
    {
        var tileA = SharedMemory.Allocate<T>(Depth * Pitch);
        var tileB = SharedMemory.Allocate<T>(Depth * Pitch);
        var s = p.Shape;
        long index = Grid.IdxX;
        var columns = (s.N + Size - 1) / Size;
        var rows = (s.M + Size - 1) / Size;
        var column = index % columns * Size;
        index /= columns;
        var row = index % rows * Size;
        index /= rows;
        var chunk = index % p.Chunks;
        var batch = index / p.Chunks;
        var origin = p.Origin(batch);

        int thread = Group.IdxX, x = thread % Side * 4, y = thread / Side * 4;
        // Neighbouring threads read what is adjacent in memory: along k where that is contiguous, otherwise along the tile's side.
        var (rowA, depthA, stepRowA, stepDepthA) = s.A.Column == 1 ? (thread / Depth, thread % Depth, Threads / Depth, 0) : (thread % Size, thread / Size, 0, Threads / Size);
        var (columnB, depthB, stepColumnB, stepDepthB) = s.B.Row == 1 ? (thread / Depth, thread % Depth, Threads / Depth, 0) : (thread % Size, thread / Size, 0, Threads / Size);
        Four<T> c0 = default, c1 = default, c2 = default, c3 = default;
        long first = p.FirstK(chunk), end = p.EndK(chunk), term = p.FirstTerm(chunk);
        var stepsOfTerm = (end - first + Depth - 1) / Depth;
        var steps = (p.EndTerm(chunk) - term) * stepsOfTerm;
        var at = origin;
        var k = end;
        // One loop over terms and slices of k: drivers' compilers take it more easily than two.
        for (var remaining = (int)steps; remaining > 0; remaining--)
        {
            if (k >= end)
            {
                at = p.Term(origin, term);
                term++;
                k = first;
            }
            for (var j = 0; j < Size * Depth / Threads; j++)
            {
                int r = rowA + (j * stepRowA), d = depthA + (j * stepDepthA);
                tileA[(d * Pitch) + r] = row + r < s.M && k + d < end ? p.A[at.A + ((row + r) * s.A.Row) + ((k + d) * s.A.Column)] : T.Zero;
                int q = columnB + (j * stepColumnB), e = depthB + (j * stepDepthB);
                tileB[(e * Pitch) + q] = column + q < s.N && k + e < end ? p.B[at.B + ((k + e) * s.B.Row) + ((column + q) * s.B.Column)] : T.Zero;
            }
            k += Depth;
            Group.Barrier();
            for (var d = 0; d < Depth; d++)
            {
                int a = (d * Pitch) + y, b = (d * Pitch) + x;
                var right = new Four<T> { X0 = tileB[b], X1 = tileB[b + 1], X2 = tileB[b + 2], X3 = tileB[b + 3] };
                c0 = Four<T>.MultiplyAdd(c0, tileA[a], right);
                c1 = Four<T>.MultiplyAdd(c1, tileA[a + 1], right);
                c2 = Four<T>.MultiplyAdd(c2, tileA[a + 2], right);
                c3 = Four<T>.MultiplyAdd(c3, tileA[a + 3], right);
            }
            Group.Barrier();
        }

        if (p.Chunks > 1)
        {
            // A piece of its own for AddChunks.
            s.C = new(0, s.N, 1);
            origin.C = ((batch * p.Chunks) + chunk) * s.M * s.N;
        }
        Store(p, s, origin.C, row + y, column + x, c0);
        Store(p, s, origin.C, row + y + 1, column + x, c1);
        Store(p, s, origin.C, row + y + 2, column + x, c2);
        Store(p, s, origin.C, row + y + 3, column + x, c3);
    }

    private static void Store<T>(GemmProblem<T> p, GemmShape s, long origin, long row, long column, Four<T> c)
        where T : unmanaged, INumber<T>
    {
        if (row >= s.M) return;
        var at = origin + (row * s.C.Row) + (column * s.C.Column);
        Store(p, at, column < s.N, c.X0);
        Store(p, at + s.C.Column, column + 1 < s.N, c.X1);
        Store(p, at + (2 * s.C.Column), column + 2 < s.N, c.X2);
        Store(p, at + (3 * s.C.Column), column + 3 < s.N, c.X3);
    }

    private static void Store<T>(GemmProblem<T> p, long at, bool isInside, T value)
        where T : unmanaged, INumber<T>
    {
        if (isInside) p.C[at] = p.Accumulate != 0 ? p.C[at] + value : value;
    }
}
