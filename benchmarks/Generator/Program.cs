using System.Diagnostics;
using System.Globalization;
using DrJax.GeneratorBenchmarks;
using Microsoft.CodeAnalysis;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Programs = 100, Derivatives = 20;
var project = SampleProject.Create(Programs, Derivatives);
Console.WriteLine($"{Programs} programs of {SampleProject.Statements} statements, {Derivatives} derivatives asked for elsewhere; the generator's own time in ms.");
var driver = SampleProject.Driver().RunGenerators(project.Compilation);
var first = driver.GetRunResult();
Console.WriteLine($"first build {Own(driver):F0}, {first.GeneratedTrees.Length} files, {first.GeneratedTrees.Sum(t => t.GetText().Lines.Count)} lines");

var repetitions = args.Length > 0 ? int.Parse(args[0]) : 15;
Time("a comment in another file", k => [("/src/Other.cs", "// a comment", $"// a comment {k}")]);
Time("another body in another file", k => [("/src/Other.cs", "x + 1", $"x + {k + 2}")]);
Time("a new method in another file", k => [("/src/Other.cs", "public static int F", $"public static int G{k}() => 1;\n    public static int F")]);
Time("a statement of one program", k => [("/src/P50.cs", "return s", $"return {k + 1}.5 * s")]);
Time("a helper of three programs", k => [("/src/H5.cs", "Sqrt(a)", $"Sqrt(a + {k + 1}.0)")]);
Time("a comment where programs are called", k => [("/src/Callers.cs", "return sum;", $"return sum; // {k}")]);

void Time(string what, Func<int, (string, string, string)[]> edits)
{
    var times = new List<double>();
    for (var k = 0; k < repetitions; k++)
    {
        var edited = edits(k).Aggregate(project, (p, e) => p.Edit(e.Item1, e.Item2, e.Item3));
        var after = driver.RunGenerators(edited.Compilation);
        times.Add(Own(after));
    }
    times.Sort();
    Console.WriteLine($"{what}: median {times[times.Count / 2]:F1}, least {times[0]:F1}");
}

static double Own(GeneratorDriver driver) => driver.GetTimingInfo().GeneratorTimes.Sum(g => g.ElapsedTime.TotalMilliseconds);
