using Xunit;

namespace DrJax.Tests.Runtime;

public class DrJaxRuntimeTests
{
    [Fact]
    public void The_number_of_threads_is_at_least_one()
    {
        var before = DrJaxRuntime.MaxDegreeOfParallelism;
        Assert.True(before >= 1);
        try
        {
            DrJaxRuntime.MaxDegreeOfParallelism = 3;
            Assert.Equal(3, DrJaxRuntime.MaxDegreeOfParallelism);
            Assert.Throws<ArgumentOutOfRangeException>(() => DrJaxRuntime.MaxDegreeOfParallelism = 0);
        }
        finally
        {
            DrJaxRuntime.MaxDegreeOfParallelism = before;
        }
    }

    [Fact]
    public void Compiled_calls_are_counted()
    {
        var before = DrJaxRuntime.CompiledCalls;
        DrJaxRuntime.CountCompiledCall();
        Assert.True(DrJaxRuntime.CompiledCalls > before);
    }
}
