using DrJax.Generator.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Random numbers in the IR: a draw is one operation of key and place, a group's key one of its index.</summary>
public class RandomGraphTests
{
    private const string Source = """
        public static class Draws
        {
            [DrJaxProgram("paths")]
            public static double Noise(Key key, double s, Placed<double> x) =>
                ReduceMean(Map((k, v) => Square(v + s * Sum(Rng.Uniform<double>(k, 12))), Rng.SplitGroups(key, x), x));

            [DrJaxProgram("paths")]
            public static double Slope(Key key, double s, Placed<double> x) => Grad(static (s, key, x) => Noise(key, s, x), s, key, x);
        }
        """;

    [Fact]
    public void A_key_for_every_group() => Snapshot.Match(Printer.Print(Compile.Program("Noise", Source).Function));

    [Fact]
    public void Noise_differentiates_as_a_constant() => Snapshot.Match(Printer.Print(Compile.Program("Slope", Source).Function));
}
