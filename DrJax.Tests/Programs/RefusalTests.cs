using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;

namespace DrJax.Tests.Programs;

/// <summary>A program throws compiled, in its values and derivatives, what it throws eagerly.</summary>
public class RefusalTests
{
    private static readonly Vec<double> One = [1], Two = [1, 2], Three = [1, 2, 3], Seven = [1, 2, 3, 4, 5, 6, 7];

    private static readonly Placed<Vec<double>> Groups = [[1, 2], [3, 4]];

    private static readonly (string Program, object[] Arguments)[] Refused =
    [
        (nameof(Refusals.OfSizes), [Three, Two]),
        (nameof(Refusals.OfSizes), [One, One]),
        (nameof(Refusals.OfSizes), [Seven, Seven]),
        (nameof(Refusals.OfValues), [-7.12345, Three]),
        (nameof(Refusals.OfValues), [double.NaN, Three]),
        (nameof(Refusals.OfValues), [200.0, Three]),
        (nameof(Refusals.OfValues), [1.0, Ops.Vec(1, double.NaN)]),
        (nameof(Refusals.OfValues), [1.0, Ops.Vec(1, -60.5, -70)]),
        (nameof(Refusals.OfValues), [1.0, Ops.Vec(1, 4e6, 1)]),
        (nameof(Refusals.InFloat), [-10f]),
        (nameof(Refusals.InFloat), [-9.7f]),
        (nameof(Refusals.InFloat), [float.NaN]),
        (nameof(Refusals.InFloat), [55.5f]),
        (nameof(Refusals.InFloat), [75.25f]),
        (nameof(Refusals.InSwitches), [1.5, -2]),
        (nameof(Refusals.InSwitches), [1.5, 60]),
        (nameof(Refusals.InSwitches), [1.5, 90]),
        (nameof(Refusals.InSwitches), [1.5, 100]),
        (nameof(Refusals.InASearch), [1e4]),
        (nameof(Refusals.AroundMap), [Ops.Vec(1e4, 2), Groups]),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Refused.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_refused_eagerly_is_refused_compiled(int row)
    {
        var (name, arguments) = Refused[row];
        var twin = new Twin(typeof(Refusals).GetMethod(name)!);
        var eager = Assert.ThrowsAny<Exception>(() => twin.Eager(arguments));
        var compiled = Assert.ThrowsAny<Exception>(() => twin.Forward(arguments));
        Assert.Equal((eager.GetType(), eager.Message), (compiled.GetType(), compiled.Message));
    }

    [Fact]
    public void Derivatives_refuse_what_their_programs_refuse()
    {
        Assert.Equal("too small: -60", Assert.Throws<ArgumentException>(() => Grad(Refusals.OfValues, 1.0, Ops.Vec(1.0, -60))).Message);
        Assert.Equal("too small: -60", Assert.Throws<ArgumentException>(() => Grad(static (x, rate) => 2 * Refusals.OfValues(rate, x), Ops.Vec(1.0, -60), 1.0)).Message);
        Assert.Throws<ArgumentException>(() => Jvp(Refusals.AroundMap, Ops.Vec(1e4, 2), Two, Groups));
        Assert.StartsWith("x has 3 elements, y    2", Assert.Throws<ArgumentException>(() => Grad(Refusals.OfSizes, Three, Two)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_sizes_refuse_in_groups_is_refused_before_any_group_runs()
    {
        var e = Assert.Throws<MapException>(() => Refusals.AroundMap(Three, Groups));
        var eager = Assert.Throws<MapException>(() => new Twin(typeof(Refusals).GetMethod(nameof(Refusals.AroundMap))!).Eager(Three, Groups));
        Assert.Equal((eager.Message, eager.Group, eager.InnerException!.GetType()), (e.Message, e.Group, e.InnerException!.GetType()));
    }
}
