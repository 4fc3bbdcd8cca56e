using DrJax.Tests.Golden;
using Xunit;

namespace DrJax.Tests.Programs;

/// <summary>The golden programs on the processor.</summary>
public class CompiledGoldenTests
{
    [Fact]
    public void Logistic_regression() => GoldenChecks.Logistic_regression();

    [Fact]
    public void Option_price_and_sensitivities() => GoldenChecks.Option_price_and_sensitivities();

    [Fact]
    public void Federated_perceptron() => GoldenChecks.Federated_perceptron();

    [Theory]
    [InlineData("gmm")]
    [InlineData("gmm_wishart")]
    public void Gaussian_mixture(string name) => GoldenChecks.Gaussian_mixture(name);

    [Fact]
    public void Lstm_through_all_steps() => GoldenChecks.Lstm_through_all_steps();

    [Fact]
    public void Maml_through_the_inner_step() => GoldenChecks.Maml_through_the_inner_step();

    [Fact]
    public void Bundle_adjustment() => GoldenChecks.Bundle_adjustment();
}
