using System.Globalization;

namespace DrJax.Benchmarks;

/// <summary>The commands of the line: the table of gradients and products; with --scaling, that of threads and numbers of groups;
/// with --startup, that of first calls.
/// Other words choose the cases whose names contain one of them.</summary>
internal static class Commands
{
    private const string Usage = "usage: [--scaling | --startup] [--list] [words that the names of the cases contain]";

    internal static int Run(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (args is [PeakMemory.Child, var growing]) return PeakMemory.PrintOwn(Find(growing));
        if (args is [Startup.Child, var starting]) return Startup.PrintOwn(Find(starting));
        var options = args.Where(a => a.StartsWith("--", StringComparison.Ordinal)).ToArray();
        if (options.Except(["--scaling", "--startup", "--list"]).Any())
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }
        var words = args.Except(options).ToArray();
        bool Chosen(Entry entry) => words.Length == 0 || words.Any(w => entry.Name.Contains(w, StringComparison.OrdinalIgnoreCase));
        var scaling = options.Contains("--scaling");
        var gradients = (scaling ? AllCases.Scaled : AllCases.Gradients).Where(Chosen).ToArray();
        var startup = options.Contains("--startup");
        var products = scaling || startup ? [] : AllCases.Products.Where(Chosen).ToArray();
        if (options.Contains("--list")) foreach (var entry in gradients.Concat(products)) Console.WriteLine(entry.Name);
        else if (scaling) Scaling.Print(gradients);
        else if (startup) Startup.Print(gradients);
        else Tables.Print(gradients, products);
        return 0;
    }

    private static Entry Find(string name) => AllCases.Gradients.Concat(AllCases.Scaled).First(entry => entry.Name == name);
}
