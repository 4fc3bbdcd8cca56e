using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>The tutorial's programs as printed IR: what a user sees of the MapReduce graph.</summary>
public class TutorialTests
{
    private const string Source = """
        public static class Tutorial
        {
            static float ComputeLoss(Vec<float> x, Vec<float> y) => 0.5f * Square(Dot(x, y) - 1f);

            [DrJaxProgram("data_groups", 3)]
            public static float PartitionedEval(Vec<float> model, Placed<Vec<float>> data)
                => ReduceMean(Map(ComputeLoss, Broadcast(model), data));

            [DrJaxProgram("data_groups", 3)]
            public static float Captured(Vec<float> model, Placed<Vec<float>> data)
                => ReduceMean(Map(x => ComputeLoss(model, x), data));

            [DrJaxProgram("data_groups", 3)]
            public static Vec<float> DistributedSgdStep(Vec<float> model, Placed<Vec<float>> data)
                => model - 0.01f * Grad(PartitionedEval, model, data);

            [DrJaxProgram("data_groups", 3)]
            public static float LossAfter(Vec<float> model, float lr, Placed<Vec<float>> data)
                => PartitionedEval(model - lr * Grad(PartitionedEval, model, data), data);
        }
        """;

    private static readonly (string, NdArray)[] Data =
        [("model", NdArray.Of(2, -1)), ("data", new NdArray([3, 2], [1, 2, 3, -4, -7, 6]))];

    [Fact]
    public void Partitioned_eval() => Snapshot.Match(Describe("PartitionedEval"));

    [Fact]
    public void A_capture_is_a_broadcast() => Snapshot.Match(Describe("Captured"));

    [Fact]
    public void Sgd_step() => Snapshot.Match(Describe("DistributedSgdStep"));

    [Fact]
    public void Values_are_the_tutorial_s()
    {
        Assert.Equal(87.166664, Evaluate.Run(Compile.Program("PartitionedEval", Source), Data)[0].Value, 1e-5);     // float programs, printed digits
        var step = Evaluate.Run(Compile.Program("DistributedSgdStep", Source), Data)[0];
        Assert.Equal(2 - 0.01 * 57.666668, step[0], 1e-5);
        Assert.Equal(-1 + 0.01 * 54.666668, step[1], 1e-5);
        Assert.Equal(35.551258, Evaluate.Run(Compile.Program("PartitionedEval", Source), ("model", step), Data[1])[0].Value, 1e-4);
        Assert.Equal(35.551258, Evaluate.Run(Compile.Program("LossAfter", Source), [.. Data, ("lr", NdArray.Scalar(0.01))])[0].Value, 1e-4);
    }

    private static string Describe(string name)
    {
        var program = Compile.Program(name, Source);
        var requirements = program.Requirements.Select(r => $"// requires {r.Left} {(r.Kind == RequirementKind.Equal ? "=" : "<=")} {r.Right}: {r.Message}\n");
        return string.Concat(requirements) + Printer.Print(program.Function);
    }
}
