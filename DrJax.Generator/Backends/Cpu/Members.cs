namespace DrJax.Generator.Backends.Cpu;

/// <summary>The methods and structs of a program's class. Loop nests that differ in nothing but names are one method: statements written several times compile to one kernel.</summary>
internal sealed class Members
{
    private readonly List<string> texts = [];
    private readonly Dictionary<string, string> nests = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Texts => texts;

    public void Add(string text) => texts.Add(text);

    /// <summary>The method that a nest is.</summary>
    /// <param name="remark">The IR that it computes, as comments.</param>
    /// <param name="wish">What it would be called.</param>
    /// <param name="narrow">The body for machines without vectors of 512 bits; null if it is the same.</param>
    /// <param name="isKnown">Whether an earlier nest is the same but for names.</param>
    public string Nest(Names names, string wish, IEnumerable<string> remark, (string Type, string Name)[] parameters, string body, MethodNames locals,
        Func<string?> narrow, out bool isKnown)
    {
        var key = string.Join(",", parameters.Select(p => p.Type)) + "\n" + Anonymous.Text(parameters.Select(p => p.Name), body, locals);
        isKnown = nests.TryGetValue(key, out var method);
        if (isKnown) return method!;
        nests[key] = method = names.Fresh(wish);
        if (narrow() is not { } halves)
        {
            texts.Add(Method(method, remark, parameters, [], body));
            return method;
        }
        var narrower = names.Fresh(wish + "_256");
        string[] choice = ["if (!Vector512.IsHardwareAccelerated)", "{", $"    {narrower}({Lines.List(parameters.Select(p => p.Name))});", "    return;", "}"];
        texts.Add(Method(method, remark, parameters, choice, body));
        texts.Add(Method(narrower, [$"// {method} in vectors of 256 bits"], parameters, [], halves));
        return method;
    }

    private static string Method(string name, IEnumerable<string> remark, (string Type, string Name)[] parameters, IEnumerable<string> choice, string body) => Code.Text($$"""
        {{remark}}
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static unsafe void {{name}}({{Lines.List(parameters.Select(p => $"{p.Type} {p.Name}"))}})
        {
            {{choice}}
            {{body}}
        }
        """);
}
