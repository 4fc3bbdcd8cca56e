using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Lowering;

using Leaf = DrJax.Generator.Ir.Leaf;

/// <summary>The lowered form computes what the IR means: every node of the catalogue, its derivatives, and its second derivatives.</summary>
public class LoweringTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in Catalogue.Cases.Keys)
            foreach (var transform in (string[])["value", "jvp", "vjp", "vjp of vjp", "jvp of vjp"])
                data.Add(name, transform);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lowered_equals_interpreted(string name, string transform)
    {
        var lab = new Lab();
        var func = Transformed(lab, Catalogue.Cases[name](lab), transform);
        var arguments = Arguments(lab, func);
        var expected = new Interpreter(lab.Sizes).Results(func, arguments);
        var program = new Program("f", [], new DrJax.Generator.Ir.Leaf("", ElementType.Float64, 0), null, func, []);
        foreach (var capacity in (int[])[1, 3, 64])
        {
            var actual = LoweredInterpreter.Run(program, lab.Sizes, capacity, [.. arguments.Select(a => a.Data)]);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i].Data.Length, actual[i].Data.Length);
                // Only the order of sums differs.
                for (var j = 0; j < expected[i].Data.Length; j++)
                    Assert.True(Math.Abs(expected[i].Data[j] - actual[i].Data[j]) <= 1e-11 * Math.Max(1, Math.Abs(expected[i].Data[j])),
                        $"result {i}[{j}] with blocks of {capacity}: {actual[i].Data[j]}, expected {expected[i].Data[j]}\n{Printer.Print(func)}");
            }
        }
    }

    [Theory]
    [InlineData("triangleInMap", "InnerToRow; ColumnsToRow; InnerFromColumn")]
    [InlineData("strictTriangleInMap", "InnerFromRow; ColumnsFromRow; InnerToColumn")]
    public void Triangles_bound_the_products_that_read_them_and_those_they_are_taken_from(string name, string bounds)
    {
        var lab = new Lab();
        var program = new Program("f", [], new Leaf("", ElementType.Float64, 0), null, Catalogue.Cases[name](lab), []);
        var gradient = new Program("g", [], new Leaf("", ElementType.Float64, 0), null, Transformed(lab, Catalogue.Cases[name](lab), "vjp"), []);
        var steps = Products(Lower.Program(program).Body).Concat(Products(Lower.Program(gradient).Body)).SelectMany(s => $"{s.Bounds}".Split(", ")).ToHashSet();
        Assert.Superset(bounds.Split("; ").ToHashSet(), steps);

        static IEnumerable<GemmStep> Products(Block block) =>
            block.Steps.SelectMany(s => s is GemmStep g ? [g] : (s is StageStep stage ? [stage.Body] : s.Blocks.AsEnumerable()).SelectMany(Products));
    }

    [Fact]
    public void A_sum_along_a_diagonal_is_its_elements()
    {
        var lab = new Lab();
        var lowered = Lower.Program(new Program("f", [], new Leaf("", ElementType.Float64, 0), null, Catalogue.Cases["sumAlongDiagonal"](lab), []));
        Assert.All(lowered.Body.Steps.OfType<NestStep>(), nest => Assert.True(nest.Reduced.IsEmpty && nest.Parallel.Length <= 2, nest.Because));
    }

    [Fact]
    public void A_result_is_updated_in_its_own_memory()
    {
        var lab = new Lab();
        var lowered = Lower.Program(new Program("f", [], new Leaf("", ElementType.Float64, 0), null, Catalogue.Cases["updatedResult"](lab), []));
        Assert.Empty(lowered.Scratch);
    }

    /// <summary>The lab's arguments, then tangents or cotangents.</summary>
    internal static NdArray[] Arguments(Lab lab, Func func)
    {
        var random = new Random(7);
        var interpreter = new Interpreter(lab.Sizes);
        var entry = lab.Arguments(new Random(7));
        return [.. func.Parameters.Select((p, i) => i < entry.Length ? entry[i] : Draw(interpreter, p, random))];
    }

    internal static Func Transformed(Lab lab, Func f, string transform)
    {
        EquatableArray<bool> All(Func g) => g.Parameters.Select(p => p.Type.IsDifferentiable).ToEquatable();
        var d = lab.Derivatives;
        return transform switch
        {
            "jvp" => d.Jvp(f, All(f)),
            "vjp" => d.Vjp(f, All(f)),
            "vjp of vjp" => d.Vjp(d.Vjp(f, All(f)), All(d.Vjp(f, All(f)))),
            "jvp of vjp" => d.Jvp(d.Vjp(f, All(f)), All(d.Vjp(f, All(f)))),
            _ => f,
        };
    }

    private static NdArray Draw(Interpreter interpreter, Param p, Random random)
    {
        int[] shape = [.. p.Type.Placements.Select(x => interpreter.Size(x.Size)), .. p.Type.Shape.Select(interpreter.Size)];
        return NdArray.Generate(shape, _ => 0.5 + random.NextDouble());
    }
}
