namespace DrJax.Compiled.Devices;

/// <summary>The sizes by which a reduction's kernels are chosen: by the runtime, and where they are constants by the generator, of which this file is a part too.</summary>
internal static class ReductionLimits
{
    /// <summary>The most points of which groups of threads reduce each.</summary>
    public const long FewPoints = 8192;

    /// <summary>The fewest terms that are worth a group.</summary>
    public const long LongReduction = 128;

    /// <summary>As many groups fill a device.</summary>
    public const long MostParts = 1024;

    /// <summary>The fewest terms of a part that a group takes of a point's.</summary>
    public const long LeastPart = 1024;
}
