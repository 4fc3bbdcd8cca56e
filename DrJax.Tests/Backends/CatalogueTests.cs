using DrJax.Generator.Backends;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Tests.Ir;
using DrJax.Tests.Lowering;
using Xunit;

namespace DrJax.Tests.Backends;

using Leaf = DrJax.Generator.Ir.Leaf;

/// <summary>The emitted C# computes what the IR means: every node of the catalogue and its derivatives, at sizes below and above a vector and a block.</summary>
public sealed class CatalogueTests
{
    private static readonly Dictionary<string, int> Large = new() { ["n"] = 19, ["m"] = 11, ["k"] = 9, ["clients"] = 150, ["sites"] = 3 };

    [Theory]
    [MemberData(nameof(LoweringTests.Cases), MemberType = typeof(LoweringTests))]
    public void Emitted_equals_interpreted(string name, string transform)
    {
        var lab = new Lab();
        var func = LoweringTests.Transformed(lab, Catalogue.Cases[name](lab), transform);
        var program = Lower.Program(new Program("f", [], new DrJax.Generator.Ir.Leaf("", ElementType.Float64, 0), null, func, []));
        var emitted = new EmittedProgram(program);
        Compare(lab, func, program, emitted);
        if (transform.Contains("of", StringComparison.Ordinal)) return;
        foreach (var (symbol, size) in Large) lab.Sizes[symbol] = size;
        Compare(lab, func, program, emitted);
    }

    private static void Compare(Lab lab, Func func, LoweredProgram program, EmittedProgram emitted)
    {
        var arguments = LoweringTests.Arguments(lab, func);
        var interpreter = new Interpreter(lab.Sizes);
        var expected = interpreter.Results(func, arguments);
        var results = program.Results.Zip(expected, (buffer, value) => Data.Empty(buffer.Element, value.Data.Length)).ToArray();
        emitted.Run(
            [.. arguments.Zip(func.Parameters, (value, p) => Spelling.IsByValue(p.Type) ? Data.Value(p.Type.Element, value.Data[0]) : Data.From(p.Type.Element, value.Data))],
            results, [.. lab.Sizes.Select(s => (s.Key, s.Value))]);
        for (var i = 0; i < expected.Length; i++)
        {
            // Only the order of sums differs, and products in sums are rounded once.
            for (var j = 0; j < expected[i].Data.Length; j++)
            {
                var actual = Data.At(results[i], j);
                Assert.True(expected[i].Data[j].Equals(actual) || Math.Abs(expected[i].Data[j] - actual) <= 1e-10 * Math.Max(1, Math.Abs(expected[i].Data[j])),
                    $"result {i}[{j}] is {actual}, expected {expected[i].Data[j]}\n{Printer.Print(func)}\n{emitted.Text}");
            }
        }
    }
}
