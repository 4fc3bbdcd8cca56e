using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>Matrix products with few threads to an element.</summary>
internal static class GemmKernels
{
    /// <summary>One element of C, or of a piece of its sum, a thread: products that are small, or so many that each is one thread's.</summary>
    public static void Element<T>(Index1D i, GemmProblem<T> p)
        where T : unmanaged, INumber<T>
    {
        var s = p.Shape;
        var column = i % s.N;
        var rest = i / s.N;
        var row = rest % s.M;
        rest /= s.M;
        var chunk = rest % p.Chunks;
        var origin = p.Origin(rest / p.Chunks);
        long firstK = p.FirstK(chunk), endK = p.EndK(chunk), endTerm = p.EndTerm(chunk);
        var sum = T.Zero;
        for (var term = p.FirstTerm(chunk); term < endTerm; term++)
        {
            var at = p.Term(origin, term);
            var a = at.A + (row * s.A.Row) + (firstK * s.A.Column);
            var b = at.B + (column * s.B.Column) + (firstK * s.B.Row);
            for (var k = firstK; k < endK; k++)
            {
                sum += p.A[a] * p.B[b];
                a += s.A.Column;
                b += s.B.Row;
            }
        }
        // A piece goes where AddChunks finds it.
        var c = p.Chunks > 1 ? i : origin.C + (row * s.C.Row) + (column * s.C.Column);
        p.C[c] = p.Accumulate != 0 ? p.C[c] + sum : sum;
    }

    /// <summary>One element of C, or of a piece of its sum, a group: few elements of long sums, or sums along what is contiguous.</summary>
    public static void Dot<T>(GemmProblem<T> p)
        where T : unmanaged, INumber<T>, ISignedNumber<T>
    {
        var s = p.Shape;
        long i = Grid.IdxX;
        var column = i % s.N;
        var rest = i / s.N;
        var row = rest % s.M;
        rest /= s.M;
        var chunk = rest % p.Chunks;
        var origin = p.Origin(rest / p.Chunks);
        long firstK = p.FirstK(chunk) + Group.IdxX, endK = p.EndK(chunk), endTerm = p.EndTerm(chunk);
        var sum = T.Zero;
        for (var term = p.FirstTerm(chunk); term < endTerm; term++)
        {
            var at = p.Term(origin, term);
            var a = at.A + (row * s.A.Row);
            var b = at.B + (column * s.B.Column);
            for (var k = firstK; k < endK; k += Group.DimX)
            {
                sum += p.A[a + (k * s.A.Column)] * p.B[b + (k * s.B.Row)];
            }
        }
        sum = GroupFold.Sum(sum);
        if (Group.IdxX == 0)
        {
            // A piece goes where AddChunks finds it.
            var c = p.Chunks > 1 ? i : origin.C + (row * s.C.Row) + (column * s.C.Column);
            p.C[c] = p.Accumulate != 0 ? p.C[c] + sum : sum;
        }
    }

    /// <summary>The sum of the pieces that a sum was cut into, in order, one element a thread; A has the pieces.</summary>
    public static void AddChunks<T>(Index1D i, GemmProblem<T> p)
        where T : unmanaged, INumber<T>
    {
        var s = p.Shape;
        var column = i % s.N;
        var rest = i / s.N;
        var row = rest % s.M;
        var batch = rest / s.M;
        var c = p.Origin(batch).C + (row * s.C.Row) + (column * s.C.Column);
        var size = s.M * s.N;
        var at = (batch * p.Chunks * size) + (row * s.N) + column;
        var sum = p.A[at];
        for (var chunk = 1; chunk < p.Chunks; chunk++) sum += p.A[at + (chunk * size)];
        p.C[c] = p.Accumulate != 0 ? p.C[c] + sum : sum;
    }
}
