using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>
/// What is thrown in maps, comprehensions and operands: compiled, in values and derivatives, it is what the first group, item or trip throws eagerly, inside
/// of the same exceptions of maps.
/// </summary>
public class ThrowingTests
{
    private static readonly (string Program, object[] Arguments)[] Thrown =
    [
        (nameof(Throwing.SwitchInMap), [Vec(1.0, 2), Kinds(0, 3, 7)]),
        (nameof(Throwing.StatementsInMap), [0.5, Groups(1, 2e4, 3e4)]),
        (nameof(Throwing.StatementsInMap), [2.0, Groups(1, 2, -6e3, 5e4)]),
        (nameof(Throwing.StatementsInMap), [20.0, Groups(1, 20, 3)]),
        (nameof(Throwing.StatementsInMap), [20.0, Groups(-1, 7.4, 3)]),
        (nameof(Throwing.StatementsInMap), [-900.0, Groups(-1, 5, 12)]),
        (nameof(Throwing.StatementsInMap), [1.0, Groups(1, double.NaN, 3)]),
        (nameof(Throwing.TwoMaps), [1.0, Groups(1, -2e4, 3)]),
        (nameof(Throwing.TwoMaps), [1e4, Groups(1, 2, 3)]),
        (nameof(Throwing.TwoMaps), [-1e-3, Groups(1, 2, 3e4)]),
        (nameof(Throwing.NestedMaps), [1.0, Regions([1, 2], [3, -4e4])]),
        (nameof(Throwing.NestedMaps), [1.0, Regions([1, 2], [3e4, 40])]),
        (nameof(Throwing.InBuild), [Vec(1.0, -150.5, -3e4)]),
        (nameof(Throwing.InBuild), [Vec(1.0, 2, -300)]),
        (nameof(Throwing.InBuildOfTwo), [Vec(1.0, 2, 3), Vec(0.0, -300)]),
        (nameof(Throwing.InBuildOfTwo), [Vec(1.0, -200, 3), Vec(1.0, 3)]),
        (nameof(Throwing.InRows), [Reshape(Vec(1.0, 2, 3, -400), 2, 2)]),
        (nameof(Throwing.InSums), [Vec(1.0, 2, -300, 4)]),
        (nameof(Throwing.InSums), [Vec(1.0, 2, 3, -400)]),
        (nameof(Throwing.BuildInMap), [Vec(1.0, 2), Rows([1, 2], [2, -3e4])]),
        (nameof(Throwing.InOperands), [1.0, -2e4]),
        (nameof(Throwing.InOperands), [1.5, -7e3]),
        (nameof(Throwing.InOperands), [2e4, -0.75]),
        (nameof(Throwing.InConditions), [-2e4]),
        (nameof(Throwing.InConditions), [-9e6]),
        (nameof(Throwing.InDelegates), [Vec(1.0, 2, 3), 102.5]),
        (nameof(Throwing.InTransformations), [Vec(1.0, -2e4, 3), 0.5]),
        (nameof(Throwing.InTransformations), [Vec(1.0, 2, 3), 85.0]),
        (nameof(Throwing.InTransformations), [Vec(1.0, 2, 3), 95.0]),
        (nameof(Throwing.InReduce), [Groups(1e20, 2, 3e20)]),
        (nameof(Throwing.BeforeAnIndex), [Vec(7.0, 2, 3)]),
        (nameof(Throwing.BeforeAnIndex), [Vec(1.0, -200, 3)]),
        (nameof(Throwing.BeforeAnIndex), [Vec(1.0, 2, 3)]),
        (nameof(Throwing.BeforeAnIndex), [Vec(1.0, 2, 60, 4)]),
        (nameof(Throwing.OfRows), [Placed.Ragged(Vec(1.0, 2, 3, 4, 5), [2, 1, 2])]),
        (nameof(Throwing.InNothing), [Vec(1.0), Vec(1.0)]),
        (nameof(Refusals.AroundMap), [Vec(1.0, 2, 3), Rows([1, 2], [3, 4])]),
        (nameof(Refusals.InLoopsInMap), [Vec(1.0, 2, 3), Rows([1, 2], [3, 4])]),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Thrown.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_thrown_eagerly_is_thrown_compiled(int row)
    {
        var (name, arguments) = Thrown[row];
        var twin = new Twin((typeof(Throwing).GetMethod(name) ?? typeof(Refusals).GetMethod(name))!);
        Assert.Equal(Told(Assert.ThrowsAny<Exception>(() => twin.Eager(arguments))), Told(Assert.ThrowsAny<Exception>(() => twin.Forward(arguments))));
    }

    [Fact]
    public void Of_nothing_nothing_is_thrown()
    {
        Assert.Equal(0, Throwing.InNothing(new Vec<double>(), Vec(1.0)));
        Assert.Equal(new Vec<double>(), Throwing.InBuild(new Vec<double>()));
    }

    [Fact]
    public void Derivatives_throw_what_their_programs_throw()
    {
        var of = Assert.Throws<MapException>(() => Grad(Throwing.SwitchInMap, Vec(1.0, 2), Kinds(0, 9)));
        Assert.Equal((1, typeof(ArgumentOutOfRangeException)), (of.Group, of.InnerException!.GetType()));
        Assert.Throws<MapException>(() => Jvp(Throwing.NestedMaps, 1.0, 1.0, Regions([1, 2], [3, -4e4])));
        Assert.Throws<ArgumentException>(() => Grad(static x => Sum(Throwing.InBuild(x)), Vec(1.0, -150)));
    }

    /// <summary>An exception and those inside of it.</summary>
    private static (Type, string, int)[] Told(Exception? e) => e is null ? [] : [(e.GetType(), e.Message, (e as MapException)?.Group ?? -1), .. Told(e.InnerException)];

    private static Placed<double> Groups(params double[] x) => Placed.Rows(new Vec<double>(x));

    private static Placed<Placed<double>> Regions(params double[][] x) => [.. x.Select(Groups)];

    private static Placed<Vec<double>> Rows(params double[][] x) => [.. x.Select(row => new Vec<double>(row))];

    private static Placed<(Vec<double>, Throwing.Kind)> Kinds(params int[] kinds) => [.. kinds.Select(k => (Vec(k + 1.0, 2), (Throwing.Kind)k))];
}
