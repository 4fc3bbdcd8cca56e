namespace DrJax.Benchmarks;

/// <summary>The tables of gradients and of products, in Markdown.</summary>
internal static class Tables
{
    internal const string DrJax = "DrJax";

    internal static void Print(IReadOnlyList<Entry> gradients, IReadOnlyList<Entry> products)
    {
        DrJaxRuntime.MaxDegreeOfParallelism = 1;
        Console.WriteLine($"{Machine.Describe()}. One thread.");
        Console.WriteLine($"Peak, measured: {Peaks.Flops(single: true) / 1e9:F0} GFLOP/s in float32, {Peaks.Flops(single: false) / 1e9:F0} in float64; "
            + $"{Peaks.Bandwidth(double.MaxValue) / 1e9:F1} GB/s from memory.");
        Console.WriteLine("Medians of interleaved samples; the ratios are medians of the samples' ratios. Results were compared first.");
        Console.WriteLine("The floor is the time for the flops or the bytes that a case cannot do without, at those peaks; data that fits a cache comes from there.");
        if (gradients.Count > 0) Gradients(gradients);
        if (products.Count > 0) Products(products);
        var torch = TorchPeers.Instance is null ? "no TorchSharp here: benchmarks/torch/run.sh runs these tables with it" : null;
        foreach (var missing in new[] { NativePeers.Missing, torch, products.Count > 0 ? OpenBlas.Missing : null })
            if (missing is not null) Console.WriteLine($"\n{missing}");
    }

    private static void Gradients(IReadOnlyList<Entry> entries)
    {
        string[] peers = TorchPeers.Instance is null ? [NativePeers.Name] : [NativePeers.Name, TorchPeers.Name];
        Header(["gradient of", DrJax, .. peers.SelectMany(peer => new[] { peer, $"{peer} / {DrJax}" }),
            $"floor / {DrJax}", "gradient / objective", "bytes allocated", "peak memory"]);
        foreach (var entry in entries)
        {
            var (c, sampler) = Measure(entry);
            var ours = c.Compiled;
            var others = peers.Select(name => c.Peers.FirstOrDefault(peer => peer.Name == name));
            Row([entry.Name, Duration(sampler.Seconds(ours)), .. others.SelectMany(peer => new[] { Time(sampler, peer), Ratio(sampler, peer, ours) }),
                Share(sampler, c), Ratio(sampler, ours, c.Objective), $"{ours.Bytes():N0}", Size(PeakMemory.Of(entry))]);
        }
    }

    private static void Products(IReadOnlyList<Entry> entries)
    {
        Header("product", "DrJax", "OpenBLAS", "OpenBLAS / DrJax", "floor / DrJax", "as a program, with a new result");
        foreach (var entry in entries)
        {
            var (c, sampler) = Measure(entry);
            var peer = c.Peers.FirstOrDefault(p => p.Name == OpenBlas.Name);
            Row(entry.Name, Duration(sampler.Seconds(c.Compiled)), Time(sampler, peer), Ratio(sampler, peer, c.Compiled), Share(sampler, c),
                Time(sampler, c.Objective));
        }
    }

    private static (Case, Sampler) Measure(Entry entry)
    {
        var c = entry.Create();
        c.Compare(entry.Name);
        return (c, new([c.Compiled, .. c.Peers, .. c.Objective is { } objective ? [objective] : Array.Empty<Contestant>()]));
    }

    internal static void Header(params string[] columns)
    {
        Console.WriteLine();
        Row(columns);
        Console.WriteLine("|---|" + string.Concat(Enumerable.Repeat("---:|", columns.Length - 1)));
    }

    internal static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Time(Sampler sampler, Contestant? contestant) => contestant is null ? "" : Duration(sampler.Seconds(contestant));

    private static string Ratio(Sampler sampler, Contestant? one, Contestant? other) =>
        one is null || other is null ? "" : $"{sampler.Ratio(one, other):F2}";

    private static string Share(Sampler sampler, Case c) => $"{Peaks.Floor(c.Work) / sampler.Seconds(c.Compiled):P0}";

    internal static string Duration(double seconds) => seconds switch
    {
        < 1e-7 => $"{seconds * 1e9:F1} ns",
        < 1e-6 => $"{seconds * 1e9:F0} ns",
        < 1e-3 => $"{seconds * 1e6:F1} us",
        _ => $"{seconds * 1e3:F2} ms",
    };

    internal static string Size(double? bytes) => bytes switch
    {
        null => "",
        < 1e6 => $"{bytes / 1e3:F0} kB",
        _ => $"{bytes / 1e6:F1} MB",
    };
}
