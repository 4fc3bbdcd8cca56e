using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Lowering;
using DrJax.Tests.Frontend;
using Xunit;

namespace DrJax.Tests.Backends;

/// <summary>What sums over lanes leave out, because no sum depends on it.</summary>
public class SumTextTests
{
    [Theory]
    [InlineData("Sum(Max(x, 0))", false)]
    [InlineData("Sum(Square(Max(x, 0)))", true)]
    public void Terms_of_sums_do_not_care_for_the_sign_of_a_zero(string value, bool whole)
    {
        var program = Compile.Program("F", $$"""public static class Programs { [DrJaxProgram] public static double F(Vec<double> x) => {{value}}; }""");
        var text = CpuBackend.Emit(Lower.Program(Lower.Open(program))).ClassBody;
        Assert.Equal(whole, text.Contains(".Relu(", StringComparison.Ordinal));
        Assert.Equal(!whole, text.Contains("Vector512.MaxNative(Vector512<double>.Zero, ", StringComparison.Ordinal));
    }
}
