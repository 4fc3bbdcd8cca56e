using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>A product's parameters on the device.</summary>
internal struct GemmProblem<T>
    where T : unmanaged
{
    public GemmShape Shape;
    public ArrayView<T> A, B, C;
    public int Accumulate;

    /// <summary>The sum is cut into this many pieces, of <see cref="ChunkTerms"/> terms or <see cref="ChunkK"/> products, which go to C one after the other, densely.</summary>
    public int Chunks;
    public long ChunkTerms, ChunkK;

    public readonly long FirstTerm(long chunk) => ChunkTerms < Shape.Terms ? chunk * ChunkTerms : 0;

    public readonly long EndTerm(long chunk) => FirstTerm(chunk) + ChunkTerms < Shape.Terms ? FirstTerm(chunk) + ChunkTerms : Shape.Terms;

    public readonly long FirstK(long chunk) => ChunkK < Shape.K ? chunk * ChunkK : 0;

    public readonly long EndK(long chunk) => FirstK(chunk) + ChunkK < Shape.K ? FirstK(chunk) + ChunkK : Shape.K;

    /// <summary>Where the operands of one matrix of the batch begin.</summary>
    public readonly GemmOrigin Origin(long batch)
    {
        var (o0, o1, o2, o3) = (Shape.Outer0, Shape.Outer1, Shape.Outer2, Shape.Outer3);
        var i3 = batch % o3.Extent;
        batch /= o3.Extent;
        var i2 = batch % o2.Extent;
        batch /= o2.Extent;
        var i1 = batch % o1.Extent;
        var i0 = batch / o1.Extent;
        return new()
        {
            A = Shape.A.Offset + (i0 * o0.A) + (i1 * o1.A) + (i2 * o2.A) + (i3 * o3.A),
            B = Shape.B.Offset + (i0 * o0.B) + (i1 * o1.B) + (i2 * o2.B) + (i3 * o3.B),
            C = Shape.C.Offset + (i0 * o0.C) + (i1 * o1.C) + (i2 * o2.C) + (i3 * o3.C),
        };
    }

    /// <summary>The operands' origin for one term of the sum over summed axes.</summary>
    public readonly GemmOrigin Term(GemmOrigin from, long term)
    {
        var (s0, s1, s2, s3) = (Shape.Summed0, Shape.Summed1, Shape.Summed2, Shape.Summed3);
        var i3 = term % s3.Extent;
        term /= s3.Extent;
        var i2 = term % s2.Extent;
        term /= s2.Extent;
        var i1 = term % s1.Extent;
        var i0 = term / s1.Extent;
        from.A += (i0 * s0.A) + (i1 * s1.A) + (i2 * s2.A) + (i3 * s3.A);
        from.B += (i0 * s0.B) + (i1 * s1.B) + (i2 * s2.B) + (i3 * s3.B);
        return from;
    }
}

/// <summary>The first elements of a product's operands.</summary>
internal struct GemmOrigin
{
    public long A, B, C;
}
