using System.Text;
using System.Text.Json;

namespace DrJax;

/// <summary>A graph as JSON.</summary>
internal static class GraphJson
{
    public static string Write(MapReduceGraph graph)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            List(json, "functions", graph.Functions, (j, f) => Function(j, f));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Function(Utf8JsonWriter json, GraphFunction function)
    {
        json.WriteStartObject();
        json.WriteString("name", function.Name);
        List(json, "parameters", function.Parameters, (j, p) =>
        {
            j.WriteStartObject();
            j.WriteString("name", p.Name);
            j.WriteString("type", p.Type);
            j.WriteString("label", p.Label);
            j.WriteEndObject();
        });
        List(json, "nodes", function.Nodes, (j, n) =>
        {
            j.WriteStartObject();
            j.WriteString("name", n.Name);
            j.WriteString("operation", n.Operation);
            Strings(j, "functions", n.Functions);
            Strings(j, "operands", n.Operands);
            Strings(j, "types", n.Types);
            j.WriteEndObject();
        });
        Strings(json, "results", function.Results);
        Strings(json, "rules", function.Rules);
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> items) => List(json, name, items, (j, item) => j.WriteStringValue(item));

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(json, item);
        json.WriteEndArray();
    }
}
