using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

internal readonly record struct Market(double Spot, double Sigma, double Rate, double Maturity) : IVectorSpace;

/// <summary>The price of a European call by Monte Carlo over given normal numbers, one path a group, and its four sensitivities.</summary>
internal static class OptionCase
{
    private const double Strike = 105;
    private static readonly Market Today = new(100, 0.2, 0.03, 1.5);

    internal static Entry Entry(int paths) => new($"option, {paths:N0} paths, 4 sensitivities, float64", () => Create(paths), paths);

    internal static Case Create(int paths)
    {
        var z = new RandomArrays(1).Normal(paths);
        var placed = Placed.Rows(new Vec<double>(z));
        var d = new double[4];
        // A path: its price at the end (an exponential), the payoff, and what it adds to the sensitivities.
        var work = new Work(Flops: (Work.Transcendental + 15.0) * paths, Bytes: 8.0 * paths);
        return new(new Contestant<Market>(Tables.DrJax, () => Grad(Price, Today, Strike, placed), m => [m.Spot, m.Sigma, m.Rate, m.Maturity]), work)
        {
            Objective = new Contestant<double>("objective", () => Price(Today, Strike, placed)),
            Peers =
            [
                .. NativePeers.Peer(() =>
                {
                    NativePeers.Option(paths, Today.Spot, Today.Sigma, Today.Rate, Today.Maturity, Strike, z, d);
                    return d;
                }, d => d),
                .. TorchPeers.Peer(torch => torch.Option([Today.Spot, Today.Sigma, Today.Rate, Today.Maturity], Strike, z)),
            ],
        };
    }

    [DrJaxProgram("paths")]
    internal static double Price(Market market, double strike, Placed<double> z) => ReduceMean(Map(z => Payoff(market, strike, z), z));

    private static double Payoff(Market m, double strike, double z)
    {
        var (spot, sigma, rate, maturity) = m;
        var end = spot * Exp((rate - sigma * sigma / 2) * maturity + sigma * Sqrt(maturity) * z);
        return Exp(-rate * maturity) * Max(end - strike, 0.0);
    }
}
