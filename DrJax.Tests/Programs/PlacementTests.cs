using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Tests.Frontend;
using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Placements in placements, participation and collected groups, where one number or one exception says it.</summary>
public class PlacementTests
{
    [DrJaxProgram("clients")]
    internal static Vec<double> FlatAverage(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => w - 0.1 * (w - x), x));

    [DrJaxProgram("regions")]
    internal static Vec<double> HierarchicalAverage(Vec<double> w, Placed<Placed<Vec<double>>> x) => ReduceMean(Map(region => FlatAverage(w, region), x));

    [DrJaxProgram("regions", 2)]
    public static double BroadcastInRegions(Vec<double> w, Placed<Placed<Vec<double>>> x) => ReduceSum(Map(region =>
    {
        var scaled = 2.0 * w;
        return ReduceMean(Map(static (w, x) => Square(Dot(w, x)), Broadcast(scaled), region));
    }, x));

    [DrJaxProgram("regions", "clients")]
    internal static double OfTwo(Placed<Placed<double>> x, Placed<Placed<double>> y) => ReduceSum(Map((x, y) => ReduceSum(Map((x, y) => x * y, x, y)), x, y));

    [DrJaxProgram("clients")]
    internal static double RootsOfSome(double t, Placed<double> x, Placed<bool> on) => ReduceSum(Map(x => Sqrt(x - t), x), on);

    [DrJaxProgram("clients")]
    internal static (double, double) MeansOfSome(double a, Placed<double> x, Placed<bool> on) =>
        (ReduceMean(Map(x => Sin(a * x), x), on), ReduceWeightedMean(Map(x => Sin(a * x), x), Map(x => x * x, x), on));

    [DrJaxProgram("clients")]
    internal static (double, double, double, double) OfNobody(Placed<double> x, Placed<bool> on) => (ReduceSum(x, on), ReduceMean(x, on), ReduceMax(x, on), ReduceMin(x, on));

    /// <summary>PageRank by power iteration; every group holds a block of rows of the link matrix.</summary>
    [DrJaxProgram("blocks")]
    public static Vec<double> PageRank(double damping, Placed<Mat<double>> links)
    {
        var n = links.Count * Rows(links);
        var rank = Full(n, 1.0 / n);
        for (var t = 0; t < 12; t++)
        {
            var from = rank;
            var parts = Collect(Map(block => damping * MatMul(block, from) + (1 - damping) / n, links));
            rank = Build(n, i => parts[i / parts.Columns, i % parts.Columns]);
        }
        return rank;
    }

    private static int Rows(Placed<Mat<double>> links) => Collect(links).Dimension(1);

    private static Placed<Placed<Vec<double>>> Regions(int regions, int clients) => Placed.Create<Placed<Vec<double>>>(
        [.. Enumerable.Range(0, regions).Select(r => Placed.Create<Vec<double>>([.. Enumerable.Range(0, clients).Select(c => Build(3, k => Math.Sin(7 * r + 3 * c + k)))]))]);

    [Fact]
    public void The_average_of_regions_of_one_size_is_the_flat_average()
    {
        var (w, x) = (Vec(1.0, -2.0, 0.5), Regions(4, 6));
        var flat = Placed.Create<Vec<double>>([.. Enumerable.Range(0, 24).Select(i => x[i / 6][i % 6])]);
        var (nested, average) = (HierarchicalAverage(w, x), FlatAverage(w, flat));
        // Sums of 24 terms of about 1 in another order.
        for (var k = 0; k < 3; k++) Assert.Equal(average[k], nested[k], 1e-14);
        // dw of w - 0.1 (w - x) is 0.9 of the cotangent.
        var gradient = Grad(static (w, x) => Sum(HierarchicalAverage(w, x)), w, x);
        for (var k = 0; k < 3; k++) Assert.Equal(0.9, gradient[k], 1e-14);
    }

    [Fact]
    public void Placed_values_in_placed_values_are_packed_and_printed_alike()
    {
        var x = Regions(2, 3);
        Assert.Equal((2, 3), (x.Count, x[1].Count));
        Assert.Equal([3], [x.Leaf<double>(0).InnerGroups(0)]);
        Assert.Equal(Math.Sin(7 + 3 * 2 + 1), x[1][2][1]);
        Assert.Equal(x, Placed.Create<Placed<Vec<double>>>([x[0], x[1]]));
        Assert.NotEqual(x, Regions(3, 2).Take(0, 1));
        Placed<Placed<int>> counts = [[1, 2, 3], [4, 5, 6]];
        Assert.Equal("[[1, 2, 3], [4, 5, 6]]", counts.ToString());
    }

    [Fact]
    public void Regions_of_unequal_size_are_refused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Placed.Create<Placed<Vec<double>>>([Regions(1, 3)[0], Regions(1, 2)[0]]));
        Assert.Equal("group 1 has 2 inner groups, group 0 has 3: all must have the same number", thrown.Message);
    }

    [Fact]
    public void Arguments_whose_regions_have_other_sizes_are_refused()
    {
        Placed<Placed<double>> x = [[1, 2, 3], [4, 5, 6]], y = [[1, 2], [3, 4]], z = [[1, 2, 3]];
        Assert.Equal(91, OfTwo(x, x));
        Assert.Equal("y: placed at clients with 2 groups, expected 3 (the groups of x (in each of regions))",
            Assert.Throws<ArgumentException>(() => OfTwo(x, y)).Message.Split(" (Parameter", 2)[0].Replace("y (in each of regions)", "y", StringComparison.Ordinal));
        Assert.Contains("z: placed at regions with 1 groups, expected 2", Assert.Throws<ArgumentException>(() => OfTwo(x, z)).Message.Replace("y:", "z:", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_broadcast_inside_a_region_has_the_size_of_the_region() =>
        new Twin(typeof(PlacementTests).GetMethod(nameof(BroadcastInRegions))!).Check(new Random(1), Vec(1.0, -2.0, 0.5), Regions(2, 17));

    [Fact]
    public void Derivatives_of_nested_programs_sum_over_both_placements()
    {
        const string Source = """
            public static class Programs
            {
            [DrJaxProgram("clients")]
            public static double Client(Vec<double> w, Placed<Vec<double>> x) => ReduceMean(Map(x => Square(Dot(w, x)), x));

            [DrJaxProgram("regions")]
            public static double Region(Vec<double> w, Placed<Placed<Vec<double>>> x) => ReduceMean(Map(r => Exp(Client(w, r)), x));
            }
            """;
        var program = Compile.Program("Region", Source);
        var text = Printer.Print(program.Function);
        foreach (var node in (string[])["map@regions", "map@clients", "mean@clients", "mean@regions"]) Assert.Contains(node, text, StringComparison.Ordinal);
        var derivative = Printer.Print(DrJax.Generator.Frontend.Frontend.CompileDerivative(program, DerivativeKind.Vjp)!.Function);
        Assert.Contains("sum@clients", derivative, StringComparison.Ordinal);
        Assert.Contains("sum@regions", derivative, StringComparison.Ordinal);
        Snapshot.Match(text);
    }

    [Fact]
    public void Collections_and_reductions_as_printed() => Snapshot.Match(Printer.Print(Compile.Program("P", """
        public static class Programs
        {
        [DrJaxProgram("clients")]
        public static double P(Mat<double> rows, Placed<Vec<double>> x, Placed<bool> on)
        {
            var total = ReduceSum(Map((r, x) => Dot(r, x), Placed.Rows(rows), x), on);
            return total + Sum(Reduce((a, b) => a * b, x)) * Sum(Collect(x));
        }
        }
        """).Function));

    [Fact]
    public void What_takes_no_part_leaves_no_trace()
    {
        // Roots of 0 have infinite derivatives, those of negative numbers are NaN.
        Placed<double> x = [4, 0, -1, 9, double.NaN, double.PositiveInfinity];
        Placed<bool> on = [true, false, false, true, false, false];
        Assert.Equal(5, RootsOfSome(0, x, on));
        Assert.Equal(-1.0 / 4 - 1.0 / 6, Grad(RootsOfSome, 0.0, x, on), 1e-15);
        Assert.Equal([1.0 / 4, 0, 0, 1.0 / 6, 0, 0], Grad(static (x, on) => RootsOfSome(0, x, on), x, on));
        Assert.Equal(-1.0 / 32 - 1.0 / 108, Hvp(RootsOfSome, 0.0, 1.0, x, on), 1e-15);
        Assert.Equal(-1.0 / 4 - 1.0 / 6, Jvp(RootsOfSome, 0.0, 1.0, x, on).Tangent, 1e-15);
    }

    [Fact]
    public void Nobody_takes_part()
    {
        var of = OfNobody([1, 2], [false, false]);
        Assert.Equal((0.0, double.NaN, double.NegativeInfinity, double.PositiveInfinity), of);
    }

    [Fact]
    public void A_mean_of_nobody_has_no_derivative()
    {
        Placed<double> x = [1, 2];
        Placed<bool> nobody = [false, false];
        Assert.Equal((0.0, 0.0), Jvp(MeansOfSome, 0.5, 3.0, x, nobody).Tangent);
        Assert.Equal(0, Grad(static (a, x, on) => MeansOfSome(a, x, on).Item1, 0.5, x, nobody));
        Assert.Equal(0, Grad(static (a, x, on) => MeansOfSome(a, x, on).Item2, 0.5, x, nobody));
        Assert.Equal((double.NaN, double.NaN), MeansOfSome(0.5, x, nobody));
        Assert.Equal([0, 0], Grad(static (x, on) => MeansOfSome(0.5, x, on).Item2, x, nobody));
    }

    [Fact]
    public void Page_ranks_and_their_derivative_in_the_damping()
    {
        var random = new Random(5);
        foreach (var (blocks, rows) in new[] { (1, 4), (3, 2), (17, 3) })
        {
            var n = blocks * rows;
            var links = Placed.Create<Mat<double>>([.. Enumerable.Range(0, blocks).Select(_ => Build(rows, n, (_, _) => 1.0 / n))]);
            var ranks = PageRank(0.85, links);
            // A doubly stochastic matrix ranks all pages alike.
            for (var i = 0; i < n; i++) Assert.Equal(1.0 / n, ranks[i], 1e-15);
            new Twin(typeof(PlacementTests).GetMethod(nameof(PageRank))!).Check(random, 0.85,
                Placed.Create<Mat<double>>([.. Enumerable.Range(0, blocks).Select(_ => Build(rows, n, (_, _) => 2 * random.NextDouble() / n))]));
        }
    }

    [Fact]
    public void A_part_of_the_groups_runs_and_its_state_goes_back()
    {
        Placed<Vec<double>> state = [[1, 2], [3, 4], [5, 6]];
        var some = state.Take(2, 0);
        Assert.Equal([[5, 6], [1, 2]], some);
        Assert.Equal([[-1, 0], [3, 4], [-5, -6]], state.With([2, 0], [[-5, -6], [-1, 0]]));
        Assert.Equal([[1, 2], [3, 4], [5, 6]], state);
        Assert.Throws<IndexOutOfRangeException>(() => state.Take(3));
        Assert.Contains("2 groups, expected 1", Assert.Throws<ArgumentException>(() => state.With([1], some)).Message, StringComparison.Ordinal);
    }
}
