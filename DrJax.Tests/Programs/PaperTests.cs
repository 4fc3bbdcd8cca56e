using System.Reflection;
using DrJax.Tests.Programs.Papers;
using Xunit;

namespace DrJax.Tests.Programs;

/// <summary>Published algorithms as one writes them from the paper, at arguments of their own shapes: eager = compiled, derivatives = difference quotients.</summary>
public class PaperTests
{
    private static readonly Type[] Classes = [typeof(Federated), typeof(Analytics), typeof(Sequences), typeof(Networks), typeof(Calibration)];

    public static TheoryData<string, string> Programs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var type in Classes) foreach (var method in Twin.Programs(type)) data.Add(type.Name, method.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Compiled_computes_what_eager_does(string type, string method)
    {
        var program = Classes.Single(c => c.Name == type).GetMethod(method)!;
        var arguments = program.DeclaringType!.GetMethod(method + "Arguments", BindingFlags.Static | BindingFlags.NonPublic)!;
        foreach (var (n, groups, seed) in new[] { (4, 1, 1), (5, 3, 2), (7, 17, 3) })
        {
            var random = new Random(seed);
            new Twin(program).Check(random, (object[])arguments.Invoke(null, [n, groups, new Draw(random)])!);
        }
    }

    [Theory]
    [InlineData(4, 2, true)]
    [InlineData(5, 2, false)]
    [InlineData(3, 2, false)]
    public void Heads_must_divide_the_columns(int columns, int groups, bool fits)
    {
        var random = new Random(8);
        object[] arguments = Networks.TransformerOf(columns, groups, new Draw(random));
        var twin = new Twin(typeof(Networks).GetMethod(nameof(Networks.Transformer))!);
        if (fits) twin.Check(random, arguments);
        else Assert.Contains("elements", Assert.Throws<MapException>(() => twin.Forward(arguments)).Message, StringComparison.Ordinal);
    }
}
