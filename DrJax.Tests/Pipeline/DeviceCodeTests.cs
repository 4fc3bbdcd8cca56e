using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>The device code of the tutorial's programs, whole: kernels, stages and what launches them are read by users too.</summary>
public class DeviceCodeTests
{
    internal const string Mean = """
        static float ComputeLoss(Vec<float> x, Vec<float> y) => 0.5f * Square(Dot(x, y) - 1f);

        [DrJaxProgram("data_groups", 3)]
        public static float PartitionedEval(Vec<float> model, Placed<Vec<float>> data) => ReduceMean(Map(ComputeLoss, Broadcast(model), data));
        """;

    internal const string Descent = """
        static float ComputeLoss(Vec<float> x, Vec<float> y) => 0.5f * Square(Dot(x, y) - 1f);

        static float PartitionedEval(Vec<float> model, Placed<Vec<float>> data) => ReduceMean(Map(ComputeLoss, Broadcast(model), data));

        [DrJaxProgram("data_groups", 3)]
        public static Vec<float> DistributedSgdStep(Vec<float> model, Placed<Vec<float>> data) => model - 0.01f * Grad(PartitionedEval, model, data);
        """;

    [Fact]
    public void A_mean_of_losses() => Match(Mean);

    [Fact]
    public void A_step_of_descent() => Match(Descent);

    [Fact]
    public void A_loop_of_every_group() => Match("""
        [DrJaxProgram("paths")]
        public static double Price(double spot, double volatility, Placed<Vec<double>> shocks) => ReduceMean(Map(shocks =>
        {
            var price = spot;
            for (var t = 0; t < shocks.Length; t++) price *= Exp(volatility * shocks[t] - 0.5 * volatility * volatility);
            return Max(price - 1.0, 0.0);
        }, shocks));

        public static double Delta(double spot, Placed<Vec<double>> shocks) => Grad(Price, spot, 0.2, shocks);
        """);

    [Fact]
    public void Without_the_property_there_is_none()
    {
        var text = Harness.Generated("public static class P { [DrJaxProgram] public static double F(Vec<double> x) => Sum(x); }");
        Assert.DoesNotContain("ILGPU", text, StringComparison.Ordinal);
        Assert.Contains("DeviceMesh.RequireDevices", text, StringComparison.Ordinal);
    }

    private static void Match(string members, [System.Runtime.CompilerServices.CallerMemberName] string method = "")
    {
        var text = Harness.Generated($"public static class Tutorial\n{{\n{members}\n}}\n", devices: true);
        var parts = text.Split("\nnamespace DrJax.Generated", StringSplitOptions.None).Where(part => part.Contains("using ILGPU;", StringComparison.Ordinal));
        Snapshot.Match(string.Join("\n", parts.Select(part => "namespace DrJax.Generated" + part)), extension: "cs", method: method);
    }
}
