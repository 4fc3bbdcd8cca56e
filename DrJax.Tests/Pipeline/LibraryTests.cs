using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>Programs of a referenced assembly become part of the programs that call them, through the graphs that their companions carry.</summary>
[Collection("Counts compiled calls")]
public class LibraryTests
{
    private const string Library = """
        namespace Lib
        {
            public readonly record struct Line(double Slope, double Offset) : IVectorSpace;

            internal sealed class OwnException : Exception;

            public static class Fit
            {
                [DrJaxProgram]
                public static double Error(Line line, Vec<double> x, Vec<double> y) => Mean(Square(line.Slope * x + line.Offset - y));

                [DrJaxProgram]
                public static Vec<double> Powers(double x, int n) => Build(n, i => Pow(x, i + 1.0));

                [DrJaxProgram("clients")]
                public static double Loss(Line line, Placed<(Vec<double> X, Vec<double> Y)> data) => ReduceMean(Map(d => Error(line, d.X, d.Y), data));

                [DrJaxProgram("clients")]
                public static double OwnRows(double a, [Ragged] Placed<Vec<double>> x) => ReduceMean(Map(x => a * a * Mean(x), x));

                [DrJaxProgram]
                public static double Root(double a)
                {
                    var x = a;
                    for (var i = 0; i < 6; i++) x = 0.5 * (x + a / x);
                    return x > 100.0 ? 100.0 : x;
                }

                [DrJaxProgram]
                public static double Positive(Vec<double> x, double a)
                {
                    if (x.Length < 2) throw new ArgumentException($"only {x.Length}");
                    if (a <= 0) throw new OwnException();
                    return a > 100 ? throw new ArgumentException($"{a} is too large") : a * x[1];
                }

            }
        }
        """;

    private static readonly Lazy<byte[]> Image = new(() => Harness.Build(Harness.Compilation(Library)).Image);

    private static CSharpCompilation User(string source, byte[]? library = null) =>
        Harness.Compilation("using Lib;\n" + source).AddReferences(MetadataReference.CreateFromImage(library ?? Image.Value));

    private static Loaded Load(string source) => Harness.Load(User(source), interception: true, ("library", Image.Value));

    [Theory]
    // d/da sqrt(a) = 1/(2 sqrt(a)), and again.
    [InlineData("Fit.Root(9.0)", 3.0)]
    [InlineData("Grad(a => Fit.Root(a), 9.0)", 1.0 / 6)]
    [InlineData("Grad(a => Grad(b => Fit.Root(b), a), 4.0)", -1.0 / 32)]
    [InlineData("Twice(9.0)", 6.0)]
    [InlineData("Grad(Twice, 9.0)", 1.0 / 3)]
    [InlineData("Jvp(Twice, 9.0, 3.0).Tangent", 1.0)]
    [InlineData("Sum(Fit.Powers(2.0, 3))", 14.0)]
    [InlineData("Grad(x => Sum(Fit.Powers(x, 3)), 2.0)", 17.0)]
    [InlineData("Fit.OwnRows(3.0, Groups)", 27.0)]
    [InlineData("Grad(static (a, x) => Fit.OwnRows(a, x), 3.0, Groups)", 18.0)]
    public void Functions_of_a_library_are_differentiated_to_any_order(string expression, double expected)
    {
        var loaded = Load($$"""
            public static class User
            {
                [DrJaxProgram]
                public static double Twice(double a) => 2.0 * Fit.Root(a);

                private static Placed<Vec<double>> Groups => [[1, 2, 3], [4]];

                public static double Run() => {{expression}};
            }
            """);
        var (result, compiled) = loaded.Counted("User.Run");
        Assert.Equal(expected, (double)result!, 12);
        Assert.Equal(1, compiled);
    }

    [Theory]
    [InlineData("Vec(1.0), 3.0", typeof(ArgumentException), "only 1")]
    [InlineData("Vec(1.0, 2.0), 101.5", typeof(ArgumentException), "101.5 is too large")]
    [InlineData("Vec(1.0, 2.0), -1.0", typeof(InvalidOperationException), "OwnException")]
    public void What_a_library_refuses_is_refused_where_it_is_a_part(string arguments, Type type, string message)
    {
        var loaded = Load($$"""
            public static class User
            {
                [DrJaxProgram]
                public static double Once(Vec<double> x, double a) => 1 + Fit.Positive(x, a);

                public static double Run() => Grad(static (x, a) => Once(x, a), {{arguments}})[0];
            }
            """);
        var e = Assert.ThrowsAny<Exception>(() => loaded.Counted("User.Run"));
        Assert.Equal((type, message), (e.GetType(), e.Message));
    }

    private const string Rounds = """
        public static class User
        {
            [DrJaxProgram("clients")]
            public static double Tuned(double rate, Line start, Placed<(Vec<double> X, Vec<double> Y)> data)
            {
                var line = start;
                for (var r = 0; r < 2; r++) line -= rate * Grad(Fit.Loss, line, data);
                return Fit.Loss(line, data);
            }

            static readonly Placed<(Vec<double> X, Vec<double> Y)> Data = Placed.Zip<Vec<double>, Vec<double>>([[1.0, 2.0], [3.0, 4.0], [0.0, 1.0]], [[2.0, 4.1], [6.2, 7.9], [0.3, 1.8]]);

            public static double Loss() => Fit.Loss(new Line(2.0, 0.0), Data);

            public static double Descended() => Tuned(0.05, new Line(0.0, 0.0), Data);

            public static double Slope() => Grad(Tuned, 0.05, new Line(0.0, 0.0), Data);

            public static double Quotient() => (Tuned(0.05 + 1e-6, new Line(0.0, 0.0), Data) - Tuned(0.05 - 1e-6, new Line(0.0, 0.0), Data)) / 2e-6;

            public static double Eagerly() => ((Func<double, Line, Placed<(Vec<double> X, Vec<double> Y)>, double>)Tuned)(0.05, new Line(0.0, 0.0), Data);
        }
        """;

    [Fact]
    public void Placed_programs_of_a_library_become_part_of_a_training_loop_and_of_its_derivative()
    {
        var loaded = Load(Rounds);
        Assert.InRange((double)loaded.Call("User.Descended")!, 0.0, (double)loaded.Call("User.Loss")! * 300);
        Assert.Equal((double)loaded.Call("User.Eagerly")!, (double)loaded.Call("User.Descended")!, 12);
        // Rounding of the loss over the step of 1e-6.
        Assert.Equal((double)loaded.Call("User.Quotient")!, (double)loaded.Call("User.Slope")!, 6);
    }

    [Fact]
    public void A_chain_of_libraries_is_inlined_to_the_bottom()
    {
        var middle = Harness.Build(User("""
            namespace Mid { public static class M { [DrJaxProgram] public static double Cubed(double x) => Lib.Fit.Root(x) * Lib.Fit.Root(x) * x; } }
            """)).Image;
        var user = Harness.Compilation("public static class User { public static double Run() => Grad(x => Mid.M.Cubed(x), 3.0); }")
            .AddReferences(MetadataReference.CreateFromImage(Image.Value), MetadataReference.CreateFromImage(middle));
        Assert.Contains("Lib.Fit_Root.Fingerprint", string.Join("\n", Harness.Generate(user).GeneratedTrees), StringComparison.Ordinal);
        var result = Harness.Load(user, interception: true, ("library", Image.Value), ("middle", middle)).Call("User.Run");
        Assert.Equal(6.0, (double)result!, 12);
    }

    [Fact]
    public void A_library_that_has_changed_since_is_refused_when_the_program_runs()
    {
        const string caller = "public static class User { [DrJaxProgram] public static double Run(double a) => Fit.Root(a); public static double Call() => Run(4.0); }";
        // The same identity, another body.
        var identity = Harness.Compilation(Library);
        var (old, changed) = (Harness.Build(identity).Image, Harness.Build(Harness.Compilation(Library.Replace("i < 6", "i < 7")).WithAssemblyName(identity.AssemblyName)).Image);
        var user = User(caller, old);
        Assert.Equal(2.0, (double)Harness.Load(user, interception: true, ("library", old)).Call("User.Call")!, 12);
        var error = Assert.Throws<InvalidOperationException>(() => Harness.Load(user, interception: true, ("library", changed)).Call("User.Call"));
        Assert.Contains("'Fit.Root' has changed since it was compiled into this assembly", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static double P(Vec<double> x, Vec<int> k) => Sum(Fit.Powers(x[0], k[0]));", "DRJ005", "Fit.Powers(x[0], k[0])")]
    [InlineData("static double P([Shape(3)] Vec<double> x, [Shape(4)] Vec<double> y) => Fit.Error(new Line(1.0, 2.0), x, y);", "DRJ006", "Fit.Error(new Line(1.0, 2.0), x, y)")]
    public async Task What_does_not_fit_a_library_is_said_at_the_call(string program, string id, string at)
    {
        var compilation = User($"public static class User {{ [DrJaxProgram] public {program} }}");
        var diagnostic = Assert.Single(await Harness.Analyze(compilation, new DrJax.Generator.DrJaxAnalyzer()), d => d.Id == id);
        Assert.Equal(at, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task A_graph_of_another_version_is_refused_at_the_call()
    {
        var library = Harness.Compilation("""
            namespace Lib
            {
                public static class Fit { [DrJaxProgram] public static double Root(double a) => a; }

                [DrJax.Compiled.CompiledProgram(1, "Root(%0: f64 a) {\n  return %0\n}\n")]
                public static class Fit_Root { public static string Fingerprint => ""; }
            }
            """);
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        var compilation = User("public static class User { [DrJaxProgram] public static double P(double x) => Fit.Root(x); }", image.ToArray());
        var diagnostic = Assert.Single(await Harness.Analyze(compilation, new DrJax.Generator.DrJaxAnalyzer()), d => d.Id == "DRJ080");
        Assert.Contains("version 1", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
