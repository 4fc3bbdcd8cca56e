namespace DrJax.Benchmarks;

/// <summary>The peers that the project in the folder torch adds to the table: TorchSharp's autograd on whole tensors.</summary>
internal abstract class TorchPeers
{
    internal const string Name = "TorchSharp";

    /// <summary>Null where the program runs without TorchSharp.</summary>
    internal static TorchPeers? Instance { get; set; }

    internal abstract Contestant LinearRegression(float[] w, float[] x);

    /// <param name="market">Spot, volatility, rate, maturity.</param>
    /// <param name="strike">The strike.</param>
    /// <param name="z">A normal number for each path.</param>
    internal abstract Contestant Option(double[] market, double strike, double[] z);

    internal abstract Contestant Gmm(int d, int k, double[] alphas, double[] means, double[] icf, double[] x, double gamma, int m);

    internal abstract Contestant Lstm(int l, int steps, int b, double[] main, double[] extra, double[] state, double[] sequence);

    internal abstract Contestant Ba(double[] cameras, double[] points, int[] cameraOf, int[] pointOf, double[] weights, double[] features);

    internal abstract Contestant Mlp(int inputs, int hidden, int outputs, float[] w1, float[] b1, float[] w2, float[] b2, float[] x, int[] labels);

    /// <summary>A list of one peer, or of none.</summary>
    internal static Contestant[] Peer(Func<TorchPeers, Contestant> make) => Instance is { } torch ? [make(torch)] : [];
}
