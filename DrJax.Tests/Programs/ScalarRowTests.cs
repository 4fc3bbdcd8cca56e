using System.Reflection;
using DrJax.Generator.Ops;
using DrJax.Tests.Pipeline;
using Xunit;

namespace DrJax.Tests.Programs;

/// <summary>Every row of the op table, compiled as programs are: eager = compiled, derivatives = difference quotients, over arrays and scalars.</summary>
public class ScalarRowTests
{
    private static readonly Lazy<Type> Rows = new(() => Harness.Load(Source()).Assembly.GetType("Rows")!);

    public static TheoryData<string> Programs =>
        [.. Plain.SelectMany(op => new[] { $"{op}_double", $"{op}_float" })];

    /// <summary>The rows of a key and a counter have no eager methods of their names, and their own tests.</summary>
    private static IEnumerable<ScalarOp> Plain => Enum.GetValues<ScalarOp>().Where(op => OpTable.Row(op).Arity < 4);

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_row_computes_what_its_eager_method_does(string name)
    {
        var op = Enum.Parse<ScalarOp>(name[..name.IndexOf('_', StringComparison.Ordinal)]);
        var method = Rows.Value.GetMethod(name)!;
        var program = new Twin(method);
        var random = new Random((int)op);
        for (var length = 0; length <= 20; length++) program.Check(random, Operands(op, method, length, random));
    }

    /// <summary>A program for every row and element type: over vectors, over vectors with scalars, over scalars.</summary>
    private static string Source() => $$"""
        public static class Rows
        {
        {{string.Join("\n", from op in Plain from element in new[] { "double", "float" } select Program(op, element))}}
        }
        """;

    private static string Program(ScalarOp op, string element)
    {
        var row = OpTable.Row(op);
        var isLogical = row.Takes == OpOperands.Bools;
        var operand = row.Takes switch { OpOperands.Bools => "bool", OpOperands.Ints => "int", _ => element };
        var result = row.Result == OpResult.Bool ? "bool" : operand;
        var (vector, vectors) = ($"Vec<{operand}>", $"Vec<{result}>");
        string Of(params string[] operands) => Expression(op, operands);
        var (signature, type, body) = op switch
        {
            ScalarOp.Select => ($"Vec<bool> m, {vector} x, {vector} y, {element} s", $"({vectors}, {vectors}, {vectors}, {element})",
                $"({Of("m", "x", "y")}, {Of("m", "x", "s")}, {Of("m", "s", "y")}, {Of("m.Length > 3", "s", "2 * s")})"),
            ScalarOp.Polygamma => ($"{vector} x, {element} s", $"({vectors}, {vectors}, {element})", $"({Of("0", "x")}, {Of("2", "x")}, {Of("1", "s")})"),
            _ when row.Arity == 1 => ($"{vector} x, {operand} s", $"({vectors}, {result})", $"({Of("x")}, {Of("s")})"),
            _ when isLogical => ($"{vector} x, {vector} y, {operand} s, {operand} t", $"({vectors}, {result})", $"({Of("x", "y")}, {Of("s", "t")})"),
            _ => ($"{vector} x, {vector} y, {operand} s, {operand} t", $"({vectors}, {vectors}, {vectors}, {result})",
                $"({Arrays(op, "x", "y")}, {Arrays(op, "x", "t")}, {(Swaps(op) || row.Takes == OpOperands.Ints ? Arrays(op, "y", "s") : Arrays(op, "s", "y"))}, {Scalars(op)})"),
        };
        return $"    [DrJaxProgram] public static {type} {op}_{element}({signature}) => {body};";
    }

    /// <summary>Operators are written as such; == and != of arrays compare whole arrays, so elementwise they have names.</summary>
    internal static string Expression(ScalarOp op, params string[] x) => op switch
    {
        ScalarOp.Select => $"Where({string.Join(", ", x)})",
        ScalarOp.Equal or ScalarOp.NotEqual => $"{op}({x[0]}, {x[1]})",
        _ when OpTable.Row(op).Scalar is var pattern && !pattern.StartsWith("M.", StringComparison.Ordinal) => string.Format(null, pattern, x),
        _ => $"{op}({string.Join(", ", x)})",
    };

    /// <summary>% of arrays exists element by element only.</summary>
    private static string Arrays(ScalarOp op, params string[] x) => op == ScalarOp.Remainder
        ? $"Build(x.Length, i => {Expression(op, [.. x.Select(v => v is "x" or "y" ? v + "[i]" : v)])})"
        : Expression(op, x);

    /// <summary>Equality of arrays with scalars has one order only.</summary>
    private static bool Swaps(ScalarOp op) => op is ScalarOp.Equal or ScalarOp.NotEqual;

    private static string Scalars(ScalarOp op) => Swaps(op) ? $"s {(op == ScalarOp.Equal ? "==" : "!=")} t" : Expression(op, "s", "t");

    /// <summary>Numbers of the row's domain; the last operands of a program are scalars.</summary>
    private static object[] Operands(ScalarOp op, MethodInfo method, int length, Random random)
    {
        var row = OpTable.Row(op);
        var drawn = method.GetParameters().Select((p, i) =>
        {
            // Odd multiples of 1/8 and 1/16: no operand is near a kink of its own, no two operands nearly tie.
            var isSecond = p.Name is "y" or "t";
            var grid = isSecond ? 16.0 : 8.0;
            var low = isSecond && op is ScalarOp.Divide or ScalarOp.Remainder ? 0.5 : row.Low;
            double Draw() => (2 * Math.Floor((low + (row.High - low) * random.NextDouble()) * grid / 2) + 1) / grid;
            var isScalar = p.ParameterType.IsPrimitive;
            return (Type: p.ParameterType, Numbers: Enumerable.Range(0, isScalar ? 1 : length).Select(_ => Math.Max(Draw(), low + 1 / grid)).ToArray());
        }).ToArray();
        if (op == ScalarOp.Remainder) AwayFromMultiples(drawn[0].Numbers, drawn[1].Numbers, drawn[2].Numbers, drawn[3].Numbers, random);
        return [.. drawn.Select(d => Typed(d.Type, d.Numbers))];
    }

    /// <summary>x % y jumps where y divides x: with one dividend for all divisors and the other way round, both are kept off by fixed values.</summary>
    private static void AwayFromMultiples(double[] x, double[] y, double[] s, double[] t, Random random)
    {
        (s[0], t[0]) = (5.25, 1.0);
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = 2.75 + 0.5 * random.NextDouble() / 4;
            x[i] = random.Next(-3, 3) + 0.35 + 0.1 * random.NextDouble();
        }
    }

    private static object Typed(Type type, double[] numbers) =>
        type == typeof(double) ? numbers[0]
        : type == typeof(float) ? (float)numbers[0]
        : type == typeof(bool) ? numbers[0] > 0
        : type == typeof(int) ? Bits(numbers[0])
        : type == typeof(Vec<double>) ? new Vec<double>(numbers)
        : type == typeof(Vec<float>) ? new Vec<float>([.. numbers.Select(v => (float)v)])
        : type == typeof(Vec<int>) ? new Vec<int>([.. numbers.Select(Bits)])
        : new Vec<bool>([.. numbers.Select(v => v > 0)]);

    /// <summary>An int of any size and sign.</summary>
    private static int Bits(double number) => (int)(number * 715827882);
}
