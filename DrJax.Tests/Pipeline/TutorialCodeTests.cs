using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>The generated code of the tutorial's programs, whole: it is read by users, so a change of it is a change of the product.</summary>
public class TutorialCodeTests
{
    [Fact]
    public void A_mean_of_losses() => Match("""
        static float ComputeLoss(Vec<float> x, Vec<float> y) => 0.5f * Square(Dot(x, y) - 1f);

        [DrJaxProgram("data_groups", 3)]
        public static float PartitionedEval(Vec<float> model, Placed<Vec<float>> data) => ReduceMean(Map(ComputeLoss, Broadcast(model), data));
        """);

    [Fact]
    public void A_broadcast_and_its_sum() => Match("""
        [DrJaxProgram("groups", 3)]
        public static float BroadcastAndSum(float x) => ReduceSum(Broadcast(x));

        public static float Derivative(float x) => Grad(BroadcastAndSum, x);
        """);

    [Fact]
    public void A_function_that_is_no_program() => Match("""
        static float SquareAndDot(Vec<float> x, Vec<float> y) => Dot(x * x, y);

        public static Vec<float> Gradient(Vec<float> x, Vec<float> y) => Grad(SquareAndDot, x, y);
        """);

    private static void Match(string members, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Match(Harness.Generated($"public static class Tutorial\n{{\n{members}\n}}\n", companions: true), extension: "cs", method: method);
}
