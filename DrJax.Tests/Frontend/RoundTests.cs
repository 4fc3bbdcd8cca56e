using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>A federated round as users write it: a placed tuple, a loop with a derivative inside a map, a deconstructed placed result.</summary>
public class RoundTests
{
    private const string Source = """
        public partial record struct Net(Mat<float> W, Vec<float> B) : IVectorSpace;
        public static class Tutorial
        {
            [DrJaxProgram("clients")]
            public static (Net, float) Round(Net net, float lr, Placed<(Tensor3<float> X, Mat<int> Y)> data)
            {
                var (nets, losses) = Map(d =>
                {
                    var (m, total) = (net, 0f);
                    for (var s = 0; s < d.X.Length; s++)
                    {
                        var (loss, g) = ValueAndGrad(BatchLoss, m, d.X[s], d.Y[s]);
                        m -= lr * g;
                        total += loss;
                    }
                    return (m, total / d.X.Length);
                }, data);
                return (ReduceMean(nets), ReduceMean(losses));
            }
            static float BatchLoss(Net m, Mat<float> x, Vec<int> y)
            {
                var logp = Rows(MatMul(x, m.W) + m.B, LogSoftmax);
                return -Mean(Build(y.Length, i => logp[i, y[i]]));
            }
            [DrJaxProgram] public static Vec<float> GaussNewton(Vec<float> w, Mat<float> x) => Vjp((w, x) => MatMul(x, w), w, r => r, x).Cotangent;
            [DrJaxProgram("angles")] public static Placed<Vec<float>> Spin(Placed<float> a) => Map(a => Vec(Cos(a), Sin(a)), a);
            [DrJaxProgram] public static Mat<float> Centred(Mat<float> x) => Rows(x, r => r - Mean(r));
            [DrJaxProgram] public static float Clip(float x) => Max(x, 0) + Min(1, x);
        }
        """;

    [Fact]
    public void A_round_lowers_the_loss()
    {
        var program = Compile.Program("Round", Source);
        Assert.Equal("(global::Net, float)", program.Result.CSharp);
        var data = new NdArray([2, 4, 3, 2], [.. Enumerable.Range(0, 48).Select(i => Math.Sin(i))]);
        var labels = new NdArray([2, 4, 3], [.. Enumerable.Range(0, 24).Select(i => Math.Sin(2 * i) > 0 ? 1.0 : 0.0)]);
        var (w, b) = (NdArray.Zeros(2, 2), NdArray.Zeros(2));
        var losses = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            var result = Evaluate.Run(program, ("net.W", w), ("net.B", b), ("lr", NdArray.Scalar(0.5)), ("data.Item1", data), ("data.Item2", labels));
            (w, b) = (result[0], result[1]);
            losses.Add(result[2].Value);
        }
        Assert.True(losses[0] > losses[1] && losses[1] > losses[2]);
    }

    [Fact]
    public void Small_programs_of_the_tutorial()
    {
        // x' x w for x = [1 2; 3 4], w = 1 1
        var product = Evaluate.Run(Compile.Program("GaussNewton", Source), ("w", NdArray.Of(1, 1)), ("x", new NdArray([2, 2], [1, 2, 3, 4])))[0];
        Assert.Equal([24, 34], product.Data);
        Assert.Equal([1, 0], Evaluate.Run(Compile.Program("Spin", Source), ("a", NdArray.Of(0)))[0].Data);
        Assert.Equal([-1, 1], Evaluate.Run(Compile.Program("Centred", Source), ("x", new NdArray([1, 2], [1, 3])))[0].Data);
        Assert.Equal(1.5, Evaluate.Run(Compile.Program("Clip", Source), ("x", NdArray.Scalar(0.75)))[0].Value);
    }
}
