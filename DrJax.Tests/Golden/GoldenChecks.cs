using System.Text.Json;
using static DrJax.Autodiff;

namespace DrJax.Tests.Golden;

/// <summary>
/// The golden programs as users call them: values and derivatives of the compiled code against an independent autodiff engine. In a file of its own, without the
/// test framework, which is compiled with device code too.
/// </summary>
public static class GoldenChecks
{
    public static void Logistic_regression()
    {
        var values = new Values("logistic");
        var (w, v) = (values.Vec("w"), values.Vec("v"));
        var (x, y) = (Placed.Rows(values.Tensor("x")), Placed.Rows(values.Mat("y")));
        values.Same("loss", Logistic.Loss(w, x, y));
        values.Same("gradient", Grad(Logistic.Loss, w, x, y));
        values.Same("jvp", Jvp(Logistic.Loss, w, v, x, y).Tangent);
        values.Same("hvp", Hvp(Logistic.Loss, w, v, x, y));
        values.Same("hvp", Logistic.HessianTimes(w, v, x, y));
        values.Same("hessian", Hessian(Logistic.Loss, w, x, y));
    }

    public static void Option_price_and_sensitivities()
    {
        var values = new Values("option");
        var market = new Option.Market(values.Scalar("spot"), values.Scalar("sigma"), values.Scalar("rate"), values.Scalar("maturity"));
        var (strike, z) = (values.Scalar("strike"), Placed.Rows(values.Vec("z")));
        var (price, gradient) = ValueAndGrad(Option.Price, market, strike, z);
        values.Same("price", price);
        values.Same("delta", gradient.Spot);
        values.Same("vega", gradient.Sigma);
        values.Same("rho", gradient.Rate);
        values.Same("d_maturity", gradient.Maturity);
    }

    public static void Federated_perceptron()
    {
        var values = new Values("federated_mlp");
        var model = new Mlp(values.Mat("W1"), values.Vec("b1"), values.Mat("W2"), values.Vec("b2"));
        var (x, y, lr) = (Placed.Rows(values.Tensor4("x")), Placed.Rows(values.IntTensor("y")), values.Scalar("lr"));
        var (loss, gradient) = ValueAndGrad(Federated.StepLoss, model, x, y);
        values.Same("loss", loss);
        values.Same("d_W1", gradient.W1);
        values.Same("d_b1", gradient.B1);
        values.Same("d_W2", gradient.W2);
        values.Same("d_b2", gradient.B2);
        var (trained, roundLoss) = Federated.LocalSgd(model, lr, x, y);
        values.Same("local_sgd.W1", trained.W1);
        values.Same("local_sgd.b1", trained.B1);
        values.Same("local_sgd.W2", trained.W2);
        values.Same("local_sgd.b2", trained.B2);
        values.Same("local_sgd.round_loss", roundLoss);
        var (tuned, tuning) = ValueAndGrad(Federated.SelfTuning, (Lr: lr, Model: model), x, y);
        values.Same("self_tuning.loss", tuned);
        values.Same("self_tuning.d_lr", tuning.Lr);
        values.Same("self_tuning.d_W1", tuning.Model.W1);
    }

    public static void Gaussian_mixture(string name)
    {
        var values = new Values(name);
        var model = new Gmm(values.Vec("alphas"), values.Mat("means"), values.Mat("icf"));
        var points = values.Mat("x");
        var (value, gradient) = ValueAndGrad(
            Mixture.Objective, model, Placed.Rows(points), points.Columns, points.Rows, values.Scalar("wishart_gamma"), (int)values.Scalar("wishart_m"));
        values.Same("objective", value);
        values.Same("d_alphas", gradient.Alphas);
        values.Same("d_means", gradient.Means);
        values.Same("d_icf", gradient.Icf);
    }

    public static void Lstm_through_all_steps()
    {
        var values = new Values("lstm");
        var (loss, (main, extra)) = ValueAndGrad(Lstm.Loss, (Main: values.Tensor("main"), Extra: values.Mat("extra")), values.Tensor("state"), values.Mat("sequence"));
        values.Same("loss", loss);
        values.Same("d_main", main);
        values.Same("d_extra", extra);
    }

    public static void Maml_through_the_inner_step()
    {
        var values = new Values("maml");
        var model = new Mlp(values.Mat("W1"), values.Vec("b1"), values.Mat("W2"), values.Vec("b2"));
        var (loss, gradient) = ValueAndGrad(Maml.MetaLoss, model, values.Scalar("inner_lr"), Placed.Rows(values.Mat("x_support")), Placed.Rows(values.Mat("y_support")),
            Placed.Rows(values.Mat("x_query")), Placed.Rows(values.Mat("y_query")));
        values.Same("loss", loss);
        values.Same("d_W1", gradient.W1);
        values.Same("d_b1", gradient.B1);
        values.Same("d_W2", gradient.W2);
        values.Same("d_b2", gradient.B2);
    }

    public static void Bundle_adjustment()
    {
        var values = new Values("ba");
        var (cameras, points) = (Placed.Rows(values.Mat("cams")), Placed.Rows(values.Mat("points")));
        var (weights, features) = (Placed.Rows(values.Vec("weights")), Placed.Rows(values.Mat("feats")));
        var jacobians = Bundle.Jacobians(cameras, points, weights, features);
        for (var i = 0; i < jacobians.Count; i++) values.Same($"jacobian.{i}", jacobians[i]);
        var (half, (dCameras, dPoints, dWeights)) = ValueAndGrad(Bundle.HalfSquaredNorm, (Cams: cameras, Points: points, W: weights), features);
        values.Same("half_sq_norm", half);
        for (var i = 0; i < jacobians.Count; i++)
        {
            values.Same($"d_cams.{i}", dCameras[i]);
            values.Same($"d_points.{i}", dPoints[i]);
            values.Same($"d_weights.{i}", dWeights[i]);
        }
    }

    /// <summary>A golden file: inputs by name, outputs to compare with.</summary>
    private sealed class Values(string name)
    {
        private readonly JsonElement file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "DrJax.Tests", "Golden", name + ".json"))).RootElement;

        public double Scalar(string name) => Input(name).GetDouble();

        public Vec<double> Vec(string name) => Flat(Input(name));

        public Mat<double> Mat(string name) => new(Flat(Input(name)), Shape(Input(name))[0], Shape(Input(name))[1]);

        public Tensor3<double> Tensor(string name) => Shape(Input(name)) is [var a, var b, var c] ? new(Flat(Input(name)), a, b, c) : throw new InvalidDataException(name);

        public Tensor4<double> Tensor4(string name) => Shape(Input(name)) is [var a, var b, var c, var d] ? new(Flat(Input(name)), a, b, c, d) : throw new InvalidDataException(name);

        public Tensor3<int> IntTensor(string name) =>
            Shape(Input(name)) is [var a, var b, var c] ? new(Array.ConvertAll(Flat(Input(name)), v => (int)v), a, b, c) : throw new InvalidDataException(name);

        public void Same(string output, double actual) => Same(output, (ReadOnlySpan<double>)[actual]);

        public void Same(string output, Vec<double> actual) => Same(output, actual.AsSpan());

        public void Same(string output, Mat<double> actual) => Same(output, actual.AsSpan());

        public void Same(string output, Tensor3<double> actual) => Same(output, actual.AsSpan());

        /// <summary>To 1e-10 of the largest element: the golden values are float64 results of another order of summation.</summary>
        private void Same(string output, ReadOnlySpan<double> actual)
        {
            var at = file.GetProperty("outputs");
            foreach (var part in output.Split('.')) at = int.TryParse(part, out var index) ? at[index] : at.GetProperty(part);
            var expected = Flat(at);
            if (expected.Length != actual.Length) throw new InvalidDataException($"{output} has {actual.Length} elements, expected {expected.Length}");
            var scale = Math.Max(1e-3, expected.Max(Math.Abs));
            for (var i = 0; i < expected.Length; i++)
            {
                // Not a number is no less than any tolerance.
                if (!(Math.Abs(expected[i] - actual[i]) <= 1e-10 * scale)) throw new InvalidDataException($"{output}[{i}] = {actual[i]:R}, expected {expected[i]:R}");
            }
        }

        private JsonElement Input(string name) => file.GetProperty("inputs").GetProperty(name);

        private static double[] Flat(JsonElement e) => e.ValueKind == JsonValueKind.Array ? [.. e.EnumerateArray().SelectMany(Flat)] : [e.GetDouble()];

        private static int[] Shape(JsonElement e) => e.ValueKind == JsonValueKind.Array ? [e.GetArrayLength(), .. Shape(e[0])] : [];
    }
}
