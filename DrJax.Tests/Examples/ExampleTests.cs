using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace DrJax.Tests.Examples;

/// <summary>The examples, run as their first line says. Builds write into the same folders: one at a time.</summary>
[Collection("Builds")]
public partial class ExampleTests
{
    private static readonly string Tutorial = Path.Combine("examples", "tutorial.cs");

    [Fact]
    public void The_tutorial_prints_its_numbers() =>
        Snapshot.Match(Dotnet.Run("dotnet", "run", "--no-cache", Tutorial), "tutorial");

    [NativeFact]
    public void The_tutorial_as_native_code_prints_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("drjax-native-");
        try
        {
            Dotnet.Run("dotnet", "publish", Tutorial, "-o", folder.FullName);
            Assert.False(File.Exists(Path.Combine(folder.FullName, "tutorial.dll")), "the tutorial was not compiled to native code");
            var verified = Path.Combine(Repository.Root, "DrJax.Tests", "Examples",
                $"{nameof(ExampleTests)}.{nameof(The_tutorial_prints_its_numbers)}#tutorial.verified.txt");
            Assert.Equal(Dotnet.Lines(File.ReadAllText(verified)), Dotnet.Lines(Dotnet.Run(Path.Combine(folder.FullName, "tutorial"))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Federated_training_reaches_94_percent_and_agrees_with_the_eager_round()
    {
        var lines = Dotnet.Lines(Dotnet.Run(
            "dotnet", "run", "--no-cache", Path.Combine("examples", "federated_digits.cs"), "--", "--eager"));
        Assert.Equal(4, lines.Count(line => line.Contains("numbers agree", StringComparison.Ordinal)));
        foreach (var training in new[] { "Hidden layer of 32, distributed SGD", "Hidden layer of 32, local SGD" })
        {
            var rounds = lines.SkipWhile(line => line != training).Skip(1)
                .TakeWhile(line => line.StartsWith("  round", StringComparison.Ordinal));
            var accuracy = double.Parse(Accuracy().Match(rounds.Last()).Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.True(accuracy >= 94, $"{training}: {accuracy} %");
        }
    }

    [Fact]
    public void Training_on_simulated_devices_has_the_losses_of_the_processor() =>
        Assert.Contains("The losses agree to 1e-5", Dotnet.Run("dotnet", "run", "--no-cache", Path.Combine("examples", "gpu.cs"), "--", "--simulator"), StringComparison.Ordinal);

    [GeneratedRegex(@"test accuracy ([\d.]+)")]
    private static partial Regex Accuracy();
}
