using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>Which calls run compiled, in every shape that C# lets one write them.</summary>
[Collection("Counts compiled calls")]
public class InterceptorTests
{
    private const string Model = """

        namespace Some.Where
        {
            public static class M
            {
                public static double Square(double x) => x * x;

                [DrJaxProgram]
                public static double Loss(double x, double y) => Square(x) * 3.0 + y;

                [DrJaxProgram]
                internal static double Loss(double x) => Square(x);

                [DrJaxProgram]
                public static double Outer(double x) => Loss(x, 1.0) * 2.0;

                public static class Inner
                {
                    [DrJaxProgram]
                    private static double Hidden(double @in) => @in * @in;

                    public static double Call(double x) => Hidden(x);
                }
            }
        }

        """;

    private static string Caller(string call) => Model + $$"""

        public static class Caller
        {
            static double Slope(double x) => x * x * x;

            static double Optional(double x, double y = 1.0) => Some.Where.M.Loss(x, y);

            public static double Run()
            {
                double x = 2.0;
                return {{call}};
            }
        }
        """;

    [Theory]
    [InlineData("Some.Where.M.Loss(2.0, 1.0)", 13, 1)]
    [InlineData("Some.Where.M.Loss(y: 1.0, x: x)", 13, 1)]
    [InlineData("global::Some.Where.M.Loss(x, 1.0)", 13, 1)]
    [InlineData("Some.Where.M.Loss(x)", 4, 1)]
    [InlineData("((Func<double>)(() => Some.Where.M.Loss(x, 1.0)))()", 13, 1)]
    [InlineData("((Func<double, double>)(static x => Some.Where.M.Loss(x, 1.0)))(x)", 13, 1)]
    [InlineData("Some.Where.M.Loss(Some.Where.M.Loss(x), 1.0)", 49, 2)]
    [InlineData("Optional(x)", 13, 1)]
    [InlineData("Some.Where.M.Outer(x)", 26, 1)]
    [InlineData("Some.Where.M.Inner.Call(x)", 4, 1)]
    [InlineData("Grad(Slope, x)", 12, 1)]
    [InlineData("((Func<double>)(() => { static double F(double v) => G(v) * v; static double G(double v) => v * v; return Grad(F, x); }))()", 12, 1)]
    [InlineData("Autodiff.Grad(Slope, x)", 12, 1)]
    [InlineData("Grad<double, double>(Slope, x)", 12, 1)]
    [InlineData("Grad((Func<double, double>)Slope, x)", 12, 1)]
    [InlineData("Grad(static v => v * v, x)", 4, 1)]
    [InlineData("Grad(v => v * v, x)", 4, 1)]
    [InlineData("Grad(f: Slope, a: x)", 12, 1)]
    [InlineData("Grad(Some.Where.M.Loss, x, 1.0)", 12, 1)]
    [InlineData("Grad(static (y, x) => Some.Where.M.Loss(x, y), 1.0, x)", 1, 1)]
    [InlineData("ValueAndGrad(Slope, x).Gradient", 12, 1)]
    [InlineData("Jvp(Slope, x, 0.5).Tangent", 6, 1)]
    [InlineData("Vjp(Slope, x, static r => 2.0 * r).Cotangent", 192, 1)]
    [InlineData("Hvp(Slope, x, 1.0)", 12, 1)]
    [InlineData("Grad(static v => Grad(Slope, v), x)", 12, 1)]
    [InlineData("JacFwd(static v => Vec(Slope(v[0]), v[1]), Vec(x, 1.0))[0, 0]", 12, 1)]
    [InlineData("JacRev(static v => Slope(v[0]), Vec(x, 1.0))[0]", 12, 1)]
    [InlineData("JacFwd(static v => JacRev(static v => Slope(v[0]), v), Vec(x, 1.0))[0, 0]", 12, 1)]
    [InlineData("ValueAndGradAux(static v => (Slope(v), v), x).Gradient", 12, 1)]
    [InlineData("ValueAndGradAux(static v => (Slope(v), 2 * v), x).Aux", 4, 1)]
    [InlineData("CheckGrad(Slope, x).Passed ? 12 : 0", 12, 6)]
    [InlineData("CheckGrad(Some.Where.M.Loss, x, 1.0).Passed ? 12 : 0", 12, 6)]
    [InlineData("Checkpoint(Slope, x)", 8, 0)]
    [InlineData("Vmap(static v => Grad(Slope, v), Vec(x, 1.0))[0]", 12, 2)]
    public void A_call_runs_compiled(string call, double expected, int compiledCalls)
    {
        var (result, compiled) = Harness.Load(Caller(call)).Counted("Caller.Run");
        Assert.Equal(expected, (double)result!, 12);
        Assert.Equal(compiledCalls, compiled);
    }

    [Theory]
    [InlineData("((Func<double, double, double>)Some.Where.M.Loss)(x, 1.0)", 13, 0)]
    [InlineData("Some.Where.M.Outer(x)", 26, 0)]
    [InlineData("Some.Where.M.Loss(x, 1.0)", 13, 0)]
    [InlineData("Grad(Slope, x)", 12, 1)]
    public void Without_interception_programs_run_eagerly_and_derivatives_still_exist(string call, double expected, int compiledCalls)
    {
        var (result, compiled) = Harness.Load(Caller(call), interception: false).Counted("Caller.Run");
        Assert.Equal(expected, (double)result!, 12);
        Assert.Equal(compiledCalls, compiled);
    }

    [Fact]
    public void The_body_of_a_program_called_through_a_delegate_is_eager_to_the_bottom()
    {
        var (result, compiled) = Harness.Load(Caller("((Func<double, double>)Some.Where.M.Outer)(x)")).Counted("Caller.Run");
        Assert.Equal(26.0, result);
        Assert.Equal(0, compiled);
    }

    [Fact]
    public void A_derivative_in_the_body_of_a_program_works_eagerly_too()
    {
        var loaded = Harness.Load("""
            public static class C
            {
                static double Cube(double x) => x * x * x;

                [DrJaxProgram]
                public static double Descend(double x) => x - 0.5 * Grad(Cube, x);

                public static double Eagerly() => ((Func<double, double>)Descend)(2.0);
            }
            """);
        var (result, compiled) = loaded.Counted("C.Eagerly");
        Assert.Equal(-4.0, result);
        Assert.Equal(1, compiled);
    }

    [Fact]
    public void A_program_that_does_not_compile_runs_eagerly()
    {
        var (result, compiled) = Harness.Load("""
            public static class C
            {
                [DrJaxProgram]
                public static double Shout(double x) { Console.Write(""); return x + 1.0; }

                public static double Run() => Shout(1.0);
            }
            """).Counted("C.Run");
        Assert.Equal(2.0, result);
        Assert.Equal(0, compiled);
    }

    [Fact]
    public void The_attribute_may_be_used_under_an_alias()
    {
        var (result, compiled) = Harness.Load(Harness.Compilation(
            Harness.Tree("global using Compiled = DrJax.DrJaxProgramAttribute;", "/src/Usings.cs"),
            Harness.Tree("""
                using Own = DrJax.DrJaxProgramAttribute;

                public static class C
                {
                    [Own]
                    public static double Square(double x) => x * x;

                    [Compiled]
                    public static double Twice(double x) => 2.0 * x;

                    public static double Run() => Square(3.0) + Twice(1.0);
                }
                """))).Counted("C.Run");
        Assert.Equal(11.0, result);
        Assert.Equal(2, compiled);
    }

    [Fact]
    public void Names_with_underscores_have_companions_of_their_own()
    {
        var (result, compiled) = Harness.Load("""
            public static class A_B { [DrJaxProgram] public static double C(double x) => x; }

            public static class A
            {
                [DrJaxProgram] public static double B_C(double x) => 2.0 * x;

                [DrJaxProgram] public static double F(float x) => x;

                [DrJaxProgram] public static double F(double x) => 3.0 * x;

                [DrJaxProgram] public static double F_2(double x) => 4.0 * x;

                public static class B { [DrJaxProgram] public static double C(double x) => 5.0 * x; }
            }

            public static class User { public static double Run() => A_B.C(1.0) + A.B_C(10.0) + A.F(100.0) + A.F_2(1000.0) + A.B.C(10000.0); }
            """).Counted("User.Run");
        Assert.Equal(54321.0, result);
        Assert.Equal(5, compiled);
    }

    [Fact]
    public void A_capturing_derivative_outside_of_programs_says_why_it_cannot_be()
    {
        var loaded = Harness.Load("public static class C { public static double Run(double k) => Grad(x => k * x, 2.0); }");
        Assert.Contains("static lambda", Assert.Throws<InvalidOperationException>(() => loaded.Call("C.Run", 3.0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_assembly_uses_the_companion_and_has_its_calls_intercepted()
    {
        var library = Harness.Compilation(Model);
        var image = Harness.Build(library, companions: true).Image;
        var user = Harness.Compilation("""
            public static class User
            {
                public static double Run() => Some.Where.M.Loss(2.0, 1.0);

                public static double Slope() => Some.Where.M_Loss.Vjp(2.0, 1.0, 1.0).XCotangent;

                public static double Forward() => Some.Where.M_Loss.Jvp(2.0, 1.0, 1.0, 0.0).Tangent;
            }
            """).AddReferences(MetadataReference.CreateFromImage(image));
        var loaded = Harness.Load(user, interception: true, ("library", image));
        Assert.Equal((13.0, 1), loaded.Counted("User.Run"));
        Assert.Equal((12.0, 1), loaded.Counted("User.Slope"));
        Assert.Equal((12.0, 1), loaded.Counted("User.Forward"));
    }

    [Fact]
    public void A_companion_is_no_more_accessible_than_its_program()
    {
        var assembly = Harness.Load(Model).Assembly;
        Assert.True(assembly.GetType("Some.Where.M_Loss")!.IsPublic);
        Assert.False(assembly.GetType("Some.Where.M_Loss_2")!.IsPublic);
        Assert.False(assembly.GetType("Some.Where.M_Inner_Hidden")!.IsPublic);
    }

    [Fact]
    public void A_companion_carries_its_program()
    {
        var attribute = (DrJax.Compiled.CompiledProgramAttribute)Harness.Load(Model).Assembly.GetType("Some.Where.M_Loss")!
            .GetCustomAttributes(typeof(DrJax.Compiled.CompiledProgramAttribute), false).Single();
        Assert.Equal(3, attribute.Version);
        Assert.StartsWith("\nLoss(%0: f64 x, %1: f64 y) {\n", attribute.Ir, StringComparison.Ordinal);
    }

    [Fact]
    public void Structures_are_registered_when_the_assembly_loads()
    {
        var loaded = Harness.Load("""
            public partial record struct P(Vec<double> A, (double B, int C) Rest) : IVectorSpace;

            public static class C
            {
                public static P Twice() => new P(Build(2, i => 1.0), (3.0, 4)) * 2.0;
            }
            """);
        Assert.Equal("P { A = [2, 2], Rest = (6, 4) }", loaded.Call("C.Twice")!.ToString());
    }
}
