namespace DrJax.Benchmarks;

/// <summary>What the tables show.</summary>
internal static class AllCases
{
    internal static readonly IReadOnlyList<Entry> Gradients =
    [
        LinearRegressionCase.Entry,
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

    internal static readonly IReadOnlyList<Entry> Products =
        [.. new[] { 64, 128, 256, 512, 1024 }.SelectMany(n => new[] { ProductCase.Single(n), ProductCase.Double(n) })];
}
