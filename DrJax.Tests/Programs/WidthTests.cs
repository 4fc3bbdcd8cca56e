using System.Runtime.Intrinsics;
using DrJax.Tests.Examples;
using Xunit;

namespace DrJax.Tests.Programs;

/// <summary>The promise on bits: results do not depend on the width of the machine's vectors.</summary>
public class WidthTests
{
    // Where a process that runs this test again, with narrower vectors, writes what it gets.
    private const string Target = "DRJAX_WIDTH_TARGET";

    [WideFact]
    public void Narrower_vectors_give_the_same_bits()
    {
        string[] bits = [.. new[] { 1, 17, 100, 1023 }.SelectMany(groups => BitTests.Gradients(groups).Select(Bits))];
        if (Environment.GetEnvironmentVariable(Target) is { } target)
        {
            File.WriteAllLines(target, bits);
            return;
        }
        var file = Path.GetTempFileName();
        try
        {
            Dotnet.Run("dotnet", ["test", typeof(WidthTests).Assembly.Location, "--filter", $"FullyQualifiedName~{nameof(WidthTests)}"],
                new() { ["DOTNET_EnableAVX512"] = "0", [Target] = file });
            Assert.Equal(bits, File.ReadAllLines(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Bits(Func<object> run) => string.Join(' ', Elements.Numbers(run()).Select(x => $"{BitConverter.DoubleToInt64Bits(x):x16}"));

    /// <summary>Skipped where vectors have 256 bits at most anyway, but for the process with narrower vectors.</summary>
    private sealed class WideFactAttribute : FactAttribute
    {
        public WideFactAttribute()
        {
            if (!Vector512.IsHardwareAccelerated && Environment.GetEnvironmentVariable(Target) is null) Skip = "this machine has no vectors of 512 bits to compare with";
        }
    }
}
