using Xunit;

namespace DrJax.Tests.Generator;

/// <summary>Which calls run compiled, in every shape that C# lets one write them.</summary>
[Collection("Counts compiled calls")]
public class InterceptorTests
{
    private const string Model = """

        public static class M
        {
            public static double Square(double x) => x * x;

            [DrJaxProgram]
            public static double Loss(double x, double y) => Square(x) * 3.0 + y;
        }
        """;

    [Theory]
    [InlineData("M.Loss(2.0, 1.0)")]
    [InlineData("M.Loss(y: 1.0, x: 2.0)")]
    [InlineData("((Func<double>)(() => M.Loss(2.0, 1.0)))()")]
    [InlineData("Local(2.0)")]
    [InlineData("global::M.Loss(2.0, 1.0)")]
    public void Calls_run_compiled(string call)
    {
        var loaded = Harness.Load(Model + $$"""

            public static class Caller
            {
                public static double Run()
                {
                    static double Local(double x) => M.Loss(x, 1.0);
                    _ = Local(1.0);
                    return {{call}};
                }
            }
            """);
        var (result, compiled) = loaded.Counted("Caller.Run");
        Assert.Equal(13.0, result);
        Assert.Equal(2, compiled);
    }
}
