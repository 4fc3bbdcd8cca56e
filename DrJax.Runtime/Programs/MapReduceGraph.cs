namespace DrJax;

/// <summary>
/// The graph that a program was compiled from, for inspection: typed operations on arrays, and the MapReduce operations <c>broadcast@p</c>, <c>map@p</c>,
/// <c>sum@p</c>, <c>mean@p</c>, .. over a placement p, in functions that call each other. As text, JSON and a Mermaid flowchart.
/// </summary>
/// <remarks>The text is what DrJax itself works with. An operand is the name of a parameter or of an earlier value, a constant, or a size in angle brackets.</remarks>
public sealed class MapReduceGraph
{
    private readonly string text;

    private MapReduceGraph(string text)
    {
        this.text = text;
        Functions = [.. text.Replace("\r", "", StringComparison.Ordinal).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(GraphFunction.Parse)];
    }

    /// <summary>The functions of the graph; the first is the program, the others are called by earlier ones.</summary>
    public IReadOnlyList<GraphFunction> Functions { get; }

    /// <summary>The graph of a program.</summary>
    /// <param name="program">A static method of the subset by its name (a method group); it need not be marked as a program unless it is placed.</param>
    /// <exception cref="InvalidOperationException">The call was not compiled, or the method does not compile.</exception>
    public static MapReduceGraph Of(Delegate program) => throw NotCompiled(nameof(Of));

    /// <summary>The graph of a program's forward derivative: the program's parameters, then a tangent for each floating one; results, then their tangents.</summary>
    /// <inheritdoc cref="Of"/>
    public static MapReduceGraph OfJvp(Delegate program) => throw NotCompiled(nameof(OfJvp));

    /// <summary>The graph of a program's reverse derivative: the program's parameters, then a cotangent for each floating result; results, then the parameters' cotangents.</summary>
    /// <inheritdoc cref="Of"/>
    public static MapReduceGraph OfVjp(Delegate program) => throw NotCompiled(nameof(OfVjp));

    /// <summary>Reads a graph from its text.</summary>
    /// <exception cref="FormatException">It is not the text of a graph.</exception>
    public static MapReduceGraph Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text);
    }

    /// <summary>The graph as text, one line an operation: <c>%3 = mean@clients %2 : f32</c>.</summary>
    public override string ToString() => text;

    /// <summary>
    /// The graph as JSON: <c>{"functions": [{"name", "parameters": [{"name", "type", "label"}], "nodes": [{"name", "operation", "functions", "operands", "types"}],
    /// "results", "rules"}]}</c>.
    /// </summary>
    public string ToJson() => GraphJson.Write(this);

    /// <summary>The graph as a Mermaid flowchart: a box for each function, MapReduce operations drawn as hexagons.</summary>
    public string ToMermaid() => GraphMermaid.Write(this);

    private static InvalidOperationException NotCompiled(string name) => new(
        $"MapReduceGraph.{name} was not compiled: give it a static method by its name, which must compile, and reference the DrJax package as it is, without switching interception off.");
}

/// <summary>A function of a graph.</summary>
/// <param name="Name">Its name, unique in the graph.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Nodes">Its operations, operands first.</param>
/// <param name="Results">What it returns: names of values, constants, or sizes.</param>
/// <param name="Rules">The custom derivatives that it has, as <c>jvp=function</c> or <c>vjp=function</c>.</param>
public sealed record GraphFunction(
    string Name, IReadOnlyList<GraphParameter> Parameters, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<string> Results, IReadOnlyList<string> Rules)
{
    internal static GraphFunction Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var open = lines[0].IndexOf('(', StringComparison.Ordinal);
        var close = open + 1;
        for (var depth = 1; open >= 0 && depth > 0 && close < lines[0].Length; close++) depth += lines[0][close] switch { '(' => 1, ')' => -1, _ => 0 };
        if (open < 0 || !lines[0].EndsWith(" {", StringComparison.Ordinal) || lines[^1] != "}") throw new FormatException($"not a function of a graph: \"{lines[0]}\"");
        var parameters = lines[0][(open + 1)..(close - 1)];
        var body = lines[1..^1].Select(l => l.Trim()).ToArray();
        return new(lines[0][..open], [.. Split(parameters).Select(GraphParameter.Parse)],
            [.. body.Where(l => l.StartsWith('%')).Select(GraphNode.Parse)],
            [.. body.Where(l => l.StartsWith("return ", StringComparison.Ordinal)).SelectMany(l => Split(l["return ".Length..]))],
            [.. lines[0][close..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>Items separated by ", " outside of brackets.</summary>
    internal static IEnumerable<string> Split(string list)
    {
        var (from, depth) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] is '[' or '(' or '<') depth++;
            else if (list[i] is ']' or ')' or '>') depth--;
            else if (list[i] == ',' && depth == 0)
            {
                yield return list[from..i].Trim();
                from = i + 1;
            }
        }
        if (list.Length > from) yield return list[from..].Trim();
    }
}

/// <summary>A parameter of a graph's function.</summary>
/// <param name="Name">The value's name in the function, <c>%0</c>.</param>
/// <param name="Type">Element type, shape and placements, <c>f32[x.0, 3]@clients</c>.</param>
/// <param name="Label">The name that its writer gave it.</param>
public sealed record GraphParameter(string Name, string Type, string Label)
{
    internal static GraphParameter Parse(string text)
    {
        var (colon, space) = (text.IndexOf(": ", StringComparison.Ordinal), text.LastIndexOf(' '));
        return colon > 0 && space > colon + 1 ? new(text[..colon], text[(colon + 2)..space], text[(space + 1)..]) : throw new FormatException($"not a parameter of a graph: \"{text}\"");
    }
}

/// <summary>An operation of a graph.</summary>
/// <param name="Name">The value's name in its function, <c>%3</c>.</param>
/// <param name="Operation">What is done, with its attributes: <c>contract&lt;; | 0; 0&gt;</c>, <c>mean@clients</c>.</param>
/// <param name="Functions">The functions that it applies.</param>
/// <param name="Operands">Names of values, constants, or sizes in angle brackets.</param>
/// <param name="Types">The type of each of its results.</param>
public sealed record GraphNode(string Name, string Operation, IReadOnlyList<string> Functions, IReadOnlyList<string> Operands, IReadOnlyList<string> Types)
{
    /// <summary>The placement that a MapReduce operation works over; null for any other.</summary>
    public string? Placement => Operation.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? Operation[(at + 1)..] : null;

    internal static GraphNode Parse(string line)
    {
        var (equals, colon) = (line.IndexOf(" = ", StringComparison.Ordinal), line.IndexOf(" : ", StringComparison.Ordinal));
        if (equals < 0 || colon < equals) throw new FormatException($"not an operation of a graph: \"{line}\"");
        string[] words = [.. Words(line[(equals + 3)..colon])];
        return new(line[..equals], words[0], [.. words.Skip(1).Where(w => !IsOperand(w))], [.. words.Skip(1).Where(IsOperand)], [.. GraphFunction.Split(line[(colon + 3)..])]);
    }

    private static bool IsOperand(string word) => word[0] is '%' or '<' or '-' || char.IsAsciiDigit(word[0]) || word is "true" or "false" or "NaN" or "NaNf" or "Infinity" or "Infinityf";

    private static IEnumerable<string> Words(string text)
    {
        var (from, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';
            depth += c is '<' or '(' ? 1 : c is '>' or ')' ? -1 : 0;
            if (c != ' ' || depth > 0) continue;
            if (i > from) yield return text[from..i];
            from = i + 1;
        }
    }
}
