using System.Text.Json;
using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>The golden programs as C# → IR → derivatives, against numbers of an independent implementation.</summary>
public class GoldenTests
{
    [Fact]
    public void Logistic_regression()
    {
        var golden = Evaluate.Golden("logistic");
        var (i, o) = (golden.GetProperty("inputs"), golden.GetProperty("outputs"));
        var data = Inputs(i, ("w", "w"), ("x", "x"), ("y", "y"));
        var loss = Program("Logistic.Loss");
        Evaluate.Close(o.GetProperty("loss"), Evaluate.Run(loss, data)[0]);
        Evaluate.Close(o.GetProperty("gradient"), Vjp(loss, data)[1]);
        data["v"] = Evaluate.Array(i.GetProperty("v"));
        Evaluate.Close(o.GetProperty("hvp"), Evaluate.Run(Program("Logistic.HessianTimes"), data)[0]);
        Evaluate.Close(o.GetProperty("jvp"), Evaluate.Run(Wrapped("""
            public static double P(Vec<double> w, Vec<double> v, Placed<Mat<double>> x, Placed<Vec<double>> y) =>
                Jvp(Logistic.Loss, w, v, x, y).Tangent;
            """, "groups"), data)[0]);
        Evaluate.Close(o.GetProperty("hessian"), Evaluate.Run(Wrapped("""
            public static Mat<double> P(Vec<double> w, Placed<Mat<double>> x, Placed<Vec<double>> y) => Hessian(Logistic.Loss, w, x, y);
            """, "groups"), data)[0]);
    }

    [Fact]
    public void Option_price_and_sensitivities()
    {
        var golden = Evaluate.Golden("option");
        var (i, o) = (golden.GetProperty("inputs"), golden.GetProperty("outputs"));
        var data = Inputs(i, ("m.Spot", "spot"), ("m.Sigma", "sigma"), ("m.Rate", "rate"), ("m.Maturity", "maturity"), ("strike", "strike"),
            ("z", "z"));
        var price = Program("Option.Price");
        Evaluate.Close(o.GetProperty("price"), Evaluate.Run(price, data)[0]);
        var vjp = Vjp(price, data);
        foreach (var (name, k) in new[] { ("delta", 1), ("vega", 2), ("rho", 3), ("d_maturity", 4) })
            Evaluate.Close(o.GetProperty(name), vjp[k]);
    }

    [Fact]
    public void Federated_learning()
    {
        var golden = Evaluate.Golden("federated_mlp");
        var (i, o) = (golden.GetProperty("inputs"), golden.GetProperty("outputs"));
        var data = Inputs(i, ("m.W1", "W1"), ("m.B1", "b1"), ("m.W2", "W2"), ("m.B2", "b2"), ("lr", "lr"), ("x", "x"), ("y", "y"));
        var loss = Program("Federated.StepLoss");
        Evaluate.Close(o.GetProperty("loss"), Evaluate.Run(loss, data)[0]);
        var vjp = Vjp(loss, data);
        foreach (var (name, k) in new[] { ("d_W1", 1), ("d_b1", 2), ("d_W2", 3), ("d_b2", 4) }) Evaluate.Close(o.GetProperty(name), vjp[k]);

        var round = Evaluate.Run(Program("Federated.LocalSgd"), data);
        foreach (var (name, k) in new[] { ("W1", 0), ("b1", 1), ("W2", 2), ("b2", 3), ("round_loss", 4) })
            Evaluate.Close(o.GetProperty("local_sgd").GetProperty(name), round[k]);

        var tuning = Program("Federated.SelfTuning");
        var tuned = Inputs(i, ("p.Item1", "lr"), ("p.Item2.W1", "W1"), ("p.Item2.B1", "b1"), ("p.Item2.W2", "W2"), ("p.Item2.B2", "b2"),
            ("x", "x"), ("y", "y"));
        Evaluate.Close(o.GetProperty("self_tuning").GetProperty("loss"), Evaluate.Run(tuning, tuned)[0]);
        var gradient = Vjp(tuning, tuned);
        Evaluate.Close(o.GetProperty("self_tuning").GetProperty("d_lr"), gradient[1]);
        Evaluate.Close(o.GetProperty("self_tuning").GetProperty("d_W1"), gradient[2]);
    }

    [Theory]
    [InlineData("gmm")]
    [InlineData("gmm_wishart")]
    public void Gaussian_mixture(string file)
    {
        var golden = Evaluate.Golden(file);
        var (i, o) = (golden.GetProperty("inputs"), golden.GetProperty("outputs"));
        var data = Inputs(i, ("p.Alphas", "alphas"), ("p.Means", "means"), ("p.Icf", "icf"), ("x", "x"), ("gamma", "wishart_gamma"),
            ("m", "wishart_m"));
        data["d"] = NdArray.Scalar(data["x"].Shape[1]);
        data["n"] = NdArray.Scalar(data["x"].Shape[0]);
        var objective = Program("Mixture.Objective");
        Evaluate.Close(o.GetProperty("objective"), Evaluate.Run(objective, data)[0]);
        var vjp = Vjp(objective, data);
        foreach (var (name, k) in new[] { ("d_alphas", 1), ("d_means", 2), ("d_icf", 3) }) Evaluate.Close(o.GetProperty(name), vjp[k]);
    }

    [Fact]
    public void Lstm_loss()
    {
        var golden = Evaluate.Golden("lstm");
        var (i, o) = (golden.GetProperty("inputs"), golden.GetProperty("outputs"));
        var data = Inputs(i, ("p.Item1", "main"), ("p.Item2", "extra"), ("state", "state"), ("seq", "sequence"));
        var loss = Program("Lstm.Loss");
        Evaluate.Close(o.GetProperty("loss"), Evaluate.Run(loss, data)[0]);
        var vjp = Vjp(loss, data);
        Evaluate.Close(o.GetProperty("d_main"), vjp[1]);
        Evaluate.Close(o.GetProperty("d_extra"), vjp[2]);
    }

    [Fact]
    public void Model_agnostic_meta_learning()
    {
        var golden = Evaluate.Golden("maml");
        var (i, o) = (golden.GetProperty("inputs"), golden.GetProperty("outputs"));
        var data = Inputs(i, ("m.W1", "W1"), ("m.B1", "b1"), ("m.W2", "W2"), ("m.B2", "b2"), ("lr", "inner_lr"),
            ("xs", "x_support"), ("ys", "y_support"), ("xq", "x_query"), ("yq", "y_query"));
        var loss = Program("Maml.MetaLoss");
        Evaluate.Close(o.GetProperty("loss"), Evaluate.Run(loss, data)[0]);
        var vjp = Vjp(loss, data);
        foreach (var (name, k) in new[] { ("d_W1", 1), ("d_b1", 2), ("d_W2", 3), ("d_b2", 4) }) Evaluate.Close(o.GetProperty(name), vjp[k]);
    }

    [Fact]
    public void Bundle_adjustment()
    {
        var golden = Evaluate.Golden("ba");
        var (i, o) = (golden.GetProperty("inputs"), golden.GetProperty("outputs"));
        var data = Inputs(i, ("cams", "cams"), ("points", "points"), ("w", "weights"), ("feats", "feats"));
        Evaluate.Close(o.GetProperty("jacobian"), Evaluate.Run(Program("Bundle.Jacobians"), data)[0]);
        var norm = Program("Bundle.HalfSquaredNorm");
        var packed = Inputs(i, ("p.Item1", "cams"), ("p.Item2", "points"), ("p.Item3", "weights"), ("feats", "feats"));
        Evaluate.Close(o.GetProperty("half_sq_norm"), Evaluate.Run(norm, packed)[0]);
        var vjp = Vjp(norm, packed);
        foreach (var (name, k) in new[] { ("d_cams", 1), ("d_points", 2), ("d_weights", 3) }) Evaluate.Close(o.GetProperty(name), vjp[k]);
    }

    private static Program Program(string name) => Compile.Program(name, Compile.GoldenPrograms);

    private static Program Wrapped(string method, string placement) => Compile.Program("P",
        Compile.GoldenPrograms, $"using DrJax.Tests.Golden; static class Wrapper {{ [DrJaxProgram(\"{placement}\")] {method} }}");

    private static NdArray[] Vjp(Program program, Dictionary<string, NdArray> data) =>
        Evaluate.Run(DrJax.Generator.Frontend.Frontend.CompileDerivative(program, DerivativeKind.Vjp)!,
            new Dictionary<string, NdArray>(data) { ["cotangent"] = NdArray.Scalar(1) });

    private static Dictionary<string, NdArray> Inputs(JsonElement inputs, params (string Leaf, string Name)[] names) =>
        names.ToDictionary(n => n.Leaf, n => Evaluate.Array(inputs.GetProperty(n.Name)));
}
