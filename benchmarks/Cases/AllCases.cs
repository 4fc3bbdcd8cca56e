namespace DrJax.Benchmarks;

/// <summary>What the tables show.</summary>
internal static class AllCases
{
    internal static readonly IReadOnlyList<Entry> Gradients =
    [
        LinearRegressionCase.Tutorial,
        OptionCase.Entry(1_000_000),
        GmmCase.Entry(1000, 2, 5),
        GmmCase.Entry(1000, 10, 25),
        GmmCase.Entry(1000, 10, 25, peaked: true),
        GmmCase.Entry(1000, 32, 50),
        GmmCase.Entry(1000, 64, 25),
        GmmCase.Entry(1000, 64, 25, peaked: true),
        GmmCase.Entry(10_000, 10, 25),
        LstmCase.Entry(2),
        LstmCase.Entry(4),
        BaCase.Entry(31_843),
        MlpCase.Entry(64, 32),
        MlpCase.Entry(1000, 1),
        MlpCase.Entry(100_000, 1),
    ];

    /// <summary>Numbers of groups from 100 up to a million, or to what a call takes a second or a gigabyte for.</summary>
    internal static readonly IReadOnlyList<Entry> Scaled =
    [
        .. UpTo(1_000_000).Select(LinearRegressionCase.Entry),
        .. UpTo(1_000_000).Select(OptionCase.Entry),
        .. UpTo(1_000_000).Select(n => GmmCase.Entry(n, 2, 5)),
        .. UpTo(1_000_000).Select(n => GmmCase.Entry(n, 10, 25)),
        .. UpTo(10_000).Select(n => GmmCase.Entry(n, 64, 25)),
        .. UpTo(1_000_000).Select(BaCase.Entry),
        .. UpTo(100_000).Select(n => MlpCase.Entry(n, 1)),
        .. UpTo(1_000).Select(n => MlpCase.Entry(n, 32)),
    ];

    internal static readonly IReadOnlyList<Entry> Products =
        [.. new[] { 64, 128, 256, 512, 1024 }.SelectMany(n => new[] { ProductCase.Single(n), ProductCase.Double(n) })];

    private static IEnumerable<int> UpTo(int largest)
    {
        for (var n = 100; n <= largest; n *= 10) yield return n;
    }
}
