using System.Globalization;
using DrJax;
using DrJax.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var threads = Array.IndexOf(args, "--threads") is var at and >= 0 ? int.Parse(args[at + 1]) : 1;
DrJaxRuntime.MaxDegreeOfParallelism = threads;

IBenchmark[] benchmarks =
[
    LinearRegressionCase.Create(),
    MlpCase.Create(groups: 64, rows: 32),
    GmmCase.Create(points: 1000, d: 2, k: 5),
    GmmCase.Create(points: 1000, d: 10, k: 25),
    GmmCase.Create(points: 1000, d: 32, k: 50),
];

Console.WriteLine($"{Machine.Describe()}; DrJax on {threads} thread{(threads == 1 ? "" : "s")}, the peers on one.");
Console.WriteLine("Medians of interleaved samples; the ratio is the median of the samples' ratios. Gradients were compared first.");
Console.WriteLine();
Console.WriteLine("| gradient of | DrJax | C# by hand | by hand / DrJax | bytes a call, DrJax | bytes a call, by hand |");
Console.WriteLine("|---|---:|---:|---:|---:|---:|");
foreach (var benchmark in benchmarks) Console.WriteLine(benchmark.Run());
