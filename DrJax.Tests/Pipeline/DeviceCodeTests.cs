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
