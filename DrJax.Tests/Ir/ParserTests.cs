using DrJax.Generator.Ir;
using DrJax.Tests.Frontend;
using Xunit;
using ValueType = DrJax.Generator.Ir.ValueType;

namespace DrJax.Tests.Ir;

/// <summary>What is printed can be read back, and prints the same again.</summary>
public class ParserTests
{
    public static TheoryData<string> Cases => [.. Catalogue.Cases.Keys];

    private static Placement Placed(string name) => name switch { "clients" => Lab.Clients, "sites" => Lab.Sites, _ => new(name, Dim.Symbol(name)) };

    private static string Again(string text) => Printer.Print(Parser.Parse(new Graph(), text, Dim.Symbol, Placed));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_node_and_its_derivatives_are_read_back(string name)
    {
        var lab = new Lab();
        var f = Catalogue.Cases[name](lab);
        var active = f.Parameters.Select(p => p.Type.IsDifferentiable).ToEquatable();
        foreach (var g in new[] { f, lab.Derivatives.Jvp(f, active), lab.Derivatives.Vjp(f, active) })
        {
            var text = Printer.Print(g);
            Assert.Equal(text, Again(text));
        }
    }

    [Theory]
    [InlineData("Mixture.Objective")]
    [InlineData("Lstm.Loss")]
    [InlineData("Maml.MetaLoss")]
    [InlineData("Bundle.Jacobians")]
    public void Whole_programs_are_read_back(string name)
    {
        var text = Printer.Print(Compile.Program(name, Compile.GoldenPrograms).Function);
        Assert.Equal(text, Again(text));
    }

    [Theory]
    [InlineData("((x.0 - 3) / 2)")]
    [InlineData("(x.0 / (n + 1)) + 1")]
    [InlineData("((n + x.0) % 4)")]
    public void Quotients_show_what_is_divided(string size)
    {
        var text = $"f(%0: f64[{size}] x) {{\n  return %0\n}}\n";
        Assert.Equal(text, Again(text));
    }

    [Fact]
    public void Sizes_are_replaced_by_those_of_the_reader()
    {
        var graph = new Graph();
        var text = """
            f(%0: f64[x.0, (n / 2)] x) {
              %1 = sum<0> %0 : f64[(n / 2)]
              %2 = cast <2*x.0 - 1> : f64
              %3 = expand<> %2 : f64[(n / 2)]
              %4 = multiply %1 %3 : f64[(n / 2)]
              return %4
            }
            """;
        var f = Parser.Parse(graph, text, atom => atom == "n" ? 8 : Dim.Symbol("rows"), Placed);
        Assert.Equal("""
            f(%0: f64[rows, 4] x) {
              %1 = sum<0> %0 : f64[4]
              %2 = cast <2*rows - 1> : f64
              %3 = expand<> %2 : f64[4]
              %4 = multiply %1 %3 : f64[4]
              return %4
            }

            """, Printer.Print(f));
    }

    [Theory]
    [InlineData("f(%0: f64 x) {\n  %1 = frobnicate %0 : f64\n  return %1\n}\n", "no operation 'frobnicate' in this version")]
    [InlineData("f(%0: f64 x) {\n  %1 = sin %7 : f64\n  return %1\n}\n", "%7 is used before it is computed")]
    [InlineData("f(%0: f80 x) {\n  return %0\n}\n", "expected an element type, not 'f80'")]
    [InlineData("f(%0: f64 x) {\n  %1 = sin %0 : f64\n}\n", "the function 'f' does not return")]
    [InlineData("f(%0: f64 x) {\n  %1 = call g %0 : f64\n  return %1\n}\n", "no function 'g' in the text")]
    [InlineData("f(%0: f64[n] x, %1: f64[m] y) {\n  %2 = add %0 %1 : f64[n]\n  return %2\n}\n", "Add: shapes f64[m] and f64[n] differ")]
    public void What_cannot_be_read_says_why(string text, string why) => Assert.Contains(why, Assert.Throws<IrException>(() => Again(text)).Message, StringComparison.Ordinal);
}
