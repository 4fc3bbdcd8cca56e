using System.Globalization;
using System.Text;

namespace DrJax;

/// <summary>A graph as a Mermaid flowchart.</summary>
internal static class GraphMermaid
{
    public static string Write(MapReduceGraph graph)
    {
        var text = new StringBuilder("flowchart TD\n");
        var functions = graph.Functions.Select((f, i) => (f.Name, i)).ToDictionary(p => p.Name, p => p.i);
        for (var i = 0; i < graph.Functions.Count; i++) Function(text, graph.Functions[i], $"f{i}", functions);
        return text.ToString();
    }

    private static void Function(StringBuilder text, GraphFunction function, string id, Dictionary<string, int> functions)
    {
        text.Append(CultureInfo.InvariantCulture, $"  subgraph {id}[\"{Escaped(function.Name)}\"]\n");
        foreach (var p in function.Parameters) text.Append(CultureInfo.InvariantCulture, $"    {Id(p.Name)}([\"{Escaped($"{p.Label}: {p.Type}")}\"])\n");
        foreach (var n in function.Nodes)
        {
            // Constants and sizes stand inside the box; values come in by arrows.
            var label = Escaped($"{n.Operation}{string.Concat(n.Operands.Where(o => !o.StartsWith('%')).Select(o => " " + o))} : {string.Join(", ", n.Types)}");
            text.Append(CultureInfo.InvariantCulture, $"    {Id(n.Name)}{(n.Placement is null ? $"[\"{label}\"]" : $"{{{{\"{label}\"}}}}")}\n");
            foreach (var operand in n.Operands.Where(o => o.StartsWith('%'))) text.Append(CultureInfo.InvariantCulture, $"    {Id(operand)} --> {Id(n.Name)}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"    {id}_return([\"return{Escaped(string.Concat(function.Results.Where(r => !r.StartsWith('%')).Select(r => " " + r)))}\"])\n");
        foreach (var result in function.Results.Where(r => r.StartsWith('%'))) text.Append(CultureInfo.InvariantCulture, $"    {Id(result)} --> {id}_return\n");
        text.Append("  end\n");
        foreach (var n in function.Nodes)
            foreach (var callee in n.Functions.Where(functions.ContainsKey)) text.Append(CultureInfo.InvariantCulture, $"  {Id(n.Name)} -.-> f{functions[callee]}\n");

        string Id(string name) => $"{id}_{name[1..]}";
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
