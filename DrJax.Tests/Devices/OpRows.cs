using System.Reflection;
using DrJax.Generator.Ops;
using DrJax.Tests.Pipeline;
using DrJax.Tests.Programs;

namespace DrJax.Tests.Devices;

/// <summary>A program over groups of numbers: each row of the op table in it has operands of its own, column k of the two arguments, and result k.</summary>
internal sealed record RowsProgram(string Name, string Element, ScalarOp[] Rows)
{
    /// <summary>Few rows a program: their results are those of one kernel.</summary>
    private const int Most = 6;

    private static readonly string[] s_elements = ["double", "float", "int", "bool"];

    /// <summary>All rows but the random words, which are functions of keys, for each type of operands that they take.</summary>
    public static RowsProgram[] All { get; } =
    [
        .. from element in s_elements
           from chunk in Enum.GetValues<ScalarOp>().Where(op => Takes(op, element)).Chunk(Most).Select((rows, i) => (rows, i))
           select new RowsProgram($"{element}{chunk.i}", element, chunk.rows),
    ];

    private static readonly Lazy<Type> s_type = new(() => Harness.LoadWithDevices(
        Harness.Compilation($$"""public static class Rows { {{string.Join('\n', All.Select(p => p.Source))}} }"""), companions: true).Assembly.GetType("Rows")!);

    public MethodInfo Method => s_type.Value.GetMethod(Name)!;

    private string Source
    {
        get
        {
            // A tuple has two elements at least.
            var columns = Math.Max(2, Rows.Length);
            string Tuple(Func<int, string> part) => $"({string.Join(", ", Enumerable.Range(0, columns).Select(part))})";
            var operands = $"Placed<{Tuple(k => $"{Element} X{k}")}>";
            var results = $"Placed<{Tuple(k => $"{(k < Rows.Length && OpTable.Row(Rows[k]).Result == OpResult.Bool ? "bool" : Element)} R{k}")}>";
            return $"[DrJaxProgram(\"numbers\")] public static {results} {Name}({operands} x, {operands} y) => Map((x, y) => {Tuple(k => k < Rows.Length ? Expression(Rows[k], $"x.X{k}", $"y.X{k}") : $"x.X{k}")}, x, y);";
        }
    }

    private static bool Takes(ScalarOp op, string element)
    {
        var row = OpTable.Row(op);
        if (row.Arity > 3) return false;
        return row.Takes switch
        {
            OpOperands.Bools => element == "bool",
            OpOperands.Ints => element == "int",
            // Of whole numbers there is arithmetic and comparison.
            _ => element is "double" or "float" || element == "int" && (op <= ScalarOp.Square || op is >= ScalarOp.Less and <= ScalarOp.NotEqual or ScalarOp.Select),
        };
    }

    private static string Expression(ScalarOp op, string x, string y) => op switch
    {
        ScalarOp.Select => $"Where({x} < {y}, {x}, {y})",
        ScalarOp.Polygamma => $"Polygamma(1, {x})",
        ScalarOp.Equal => $"{x} == {y}",
        ScalarOp.NotEqual => $"{x} != {y}",
        _ => ScalarRowTests.Expression(op, [.. new[] { x, y }.Take(OpTable.Row(op).Arity)]),
    };
}
