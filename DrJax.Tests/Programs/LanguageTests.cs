using System.Reflection;
using DrJax.Tests.Programs.Language;
using Xunit;

namespace DrJax.Tests.Programs;

/// <summary>Every program of the language folder: eager = compiled, forward and reverse derivatives = difference quotients.</summary>
public class LanguageTests
{
    /// <summary>The static classes of the folder.</summary>
    internal static readonly Type[] Classes = [.. typeof(Loops).Assembly.GetTypes()
        .Where(t => t.Namespace == typeof(Loops).Namespace && t is { IsAbstract: true, IsSealed: true, IsNested: false } && Twin.Programs(t).Any())];

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
        var twin = new Twin(program);
        // Axes shorter and longer than a vector register, groups of one, of a few and with a tail.
        foreach (var (n, groups, seed) in new[] { (4, 1, 1), (5, 7, 2), (11, 17, 3), (19, 70, 4) })
        {
            var random = new Random(seed);
            twin.Check(random, [.. program.GetParameters().Select(p => Elements.Draw(p.ParameterType, n, groups, random))]);
        }
    }
}
