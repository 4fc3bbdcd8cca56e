using DrJax.Generator.Ops;
using DrJax.Tests.Programs;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Every row of the op table in emitted kernels: the processor's bits, for numbers of every size and all pairs of what is special; and its derivatives.</summary>
public class OpRowTests
{
    public static TheoryData<string, string> Programs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var mesh in Meshes.Names.Where(m => m != "three simulators")) foreach (var program in RowsProgram.All) data.Add(mesh, program.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Rows_have_the_bits_of_the_processor(string mesh, string program)
    {
        var rows = RowsProgram.All.Single(p => p.Name == program);
        var (x, y) = DeviceFunctions.Operands(mesh.Contains("simulator", StringComparison.Ordinal) ? 100 : 4000);
        if (rows.Element == "int") (x, y) = (Whole(x), [.. Whole(y).Select(v => v is 0 or -1 ? 7 : v)]);
        var twin = new Twin(rows.Method);
        object[] arguments = [.. rows.Method.GetParameters().Select((p, i) => Repeated(p.ParameterType, i == 0 ? x : y))];
        var expected = Elements.Numbers(twin.Forward(arguments));
        var actual = Elements.Numbers(Meshes.Get(mesh).Run(() => twin.Forward(arguments)));
        var tolerance = rows.Element == "float" ? 1e-6 : 1e-12;
        for (var k = 0; k < rows.Rows.Length; k++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                var (want, got) = (expected[(k * x.Length) + i], actual[(k * x.Length) + i]);
                var isNear = DeviceFunctions.IsOther($"{rows.Rows[k]}", x[i], y[i]) && (Math.Abs(want - got) <= tolerance * Math.Max(1, Math.Abs(want)) || Math.Abs(want) > 1e15 || double.IsInfinity(want));
                Assert.True(isNear || BitConverter.DoubleToInt64Bits(want) == BitConverter.DoubleToInt64Bits(got) || (double.IsNaN(want) && double.IsNaN(got)),
                    $"{rows.Element} {rows.Rows[k]}({x[i]:R}, {y[i]:R}): {got:R}, on the processor {want:R}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Rows_have_the_derivatives_of_the_processor(string mesh, string program)
    {
        var rows = RowsProgram.All.Single(p => p.Name == program);
        var random = new Random(7);
        // In each row's own domain.
        var domains = rows.Rows.Select(OpTable.Row).ToArray();
        object[] arguments =
        [
            .. rows.Method.GetParameters().Select(p => Columns(p.ParameterType, 33, (k, _) => k < domains.Length && p.Name == "x" ? domains[k].Low + (random.NextDouble() * (domains[k].High - domains[k].Low)) : rows.Element == "int" ? random.Next(1, 9) : 0.3 + random.NextDouble())),
        ];
        new Twin(rows.Method).Check(Meshes.Get(mesh), random, arguments);
    }

    private static double[] Whole(double[] x) => [.. x.Select(v => Math.Clamp(Math.Truncate(v), -1e6, 1e6)).Select(v => double.IsNaN(v) ? 12345 : v)];

    /// <summary>A placed tuple of which every column has the given numbers.</summary>
    private static object Repeated(Type type, double[] numbers) => Columns(type, numbers.Length, (_, i) => numbers[i]);

    private static object Columns(Type type, int groups, Func<int, int, double> number)
    {
        var tuple = type.GetGenericArguments()[0];
        var items = Array.CreateInstance(tuple, groups);
        for (var i = 0; i < groups; i++)
            items.SetValue(Activator.CreateInstance(tuple, [.. tuple.GetGenericArguments().Select((element, k) => Typed(element, number(k, i)))]), i);
        return Elements.Place(items);
    }

    private static object Typed(Type type, double number) =>
        type == typeof(double) ? number : type == typeof(float) ? (float)number : type == typeof(int) ? (int)number : (object)(number > 0);
}
