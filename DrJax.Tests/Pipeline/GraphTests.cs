using System.Text.Json;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>The graphs of programs, as a user asks for them.</summary>
public class GraphTests
{
    private const string Source = """
        public static class Model
        {
            static float Half(Vec<float> w, Vec<float> x) => 0.5f * Square(Dot(w, x));

            [DrJaxProgram("clients", 3)]
            public static float Loss(Vec<float> w, Placed<Vec<float>> x) => ReduceMean(Map(x => Half(w, x), x));
        }

        public static class User
        {
            public static MapReduceGraph Forward() => MapReduceGraph.Of(Model.Loss);

            public static MapReduceGraph Tangents() => MapReduceGraph.OfJvp(Model.Loss);

            public static MapReduceGraph Cotangents() => MapReduceGraph.OfVjp(Model.Loss);
        }
        """;

    private static readonly Lazy<Loaded> Loaded = new(() => Harness.Load(Source));

    private static MapReduceGraph Graph(string of) => (MapReduceGraph)Loaded.Value.Call("User." + of)!;

    [Fact]
    public void A_program_shows_its_MapReduce_operations_and_so_do_its_derivatives()
    {
        Assert.Equal(["broadcast@clients", "map@clients", "mean@clients"], MapReduce(Graph("Forward")));
        Assert.Contains("sum@clients", MapReduce(Graph("Cotangents")));
        Assert.Contains("mean@clients", MapReduce(Graph("Tangents")));

        static IEnumerable<string> MapReduce(MapReduceGraph graph) => graph.Functions.SelectMany(f => f.Nodes).Where(n => n.Placement == "clients").Select(n => n.Operation);
    }

    [Fact]
    public void The_text_is_the_printed_IR() => Snapshot.Match(Graph("Forward").ToString());

    [Fact]
    public void Mermaid_draws_a_box_for_each_function() => Snapshot.Match(Graph("Forward").ToMermaid());

    [Fact]
    public void Json_says_what_the_graph_does()
    {
        var graph = Graph("Cotangents");
        using var json = JsonDocument.Parse(graph.ToJson());
        var functions = json.RootElement.GetProperty("functions");
        Assert.Equal(graph.Functions.Count, functions.GetArrayLength());
        Assert.Equal(graph.Functions.SelectMany(f => f.Nodes).Select(n => n.Operation),
            functions.EnumerateArray().SelectMany(f => f.GetProperty("nodes").EnumerateArray()).Select(n => n.GetProperty("operation").GetString()));
        Assert.Equal("w", functions[0].GetProperty("parameters")[0].GetProperty("label").GetString());
        Assert.Equal(graph.Functions[0].Results, functions[0].GetProperty("results").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public void Every_operand_is_a_parameter_or_an_earlier_value()
    {
        foreach (var function in Graph("Cotangents").Functions)
        {
            var known = function.Parameters.Select(p => p.Name).ToHashSet();
            foreach (var node in function.Nodes)
            {
                Assert.All(node.Operands.Where(o => o.StartsWith('%')), o => Assert.Contains(o, known));
                known.Add(node.Name);
            }
        }
    }

    [Fact]
    public void The_graph_of_a_library_s_program_is_in_its_companion()
    {
        var image = Harness.Build(Harness.Compilation(Source)).Image;
        var user = Harness.Compilation("public static class Other { public static string Run() => MapReduceGraph.OfVjp(Model.Loss).ToString() + MapReduceGraph.Of(Model.Loss); }")
            .AddReferences(MetadataReference.CreateFromImage(image));
        var text = (string)Harness.Load(user, interception: true, ("library", image)).Call("Other.Run")!;
        Assert.Contains("sum@clients", text, StringComparison.Ordinal);
        Assert.EndsWith(Graph("Forward").ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delegate_in_a_variable_has_no_graph_and_says_so()
    {
        Func<float, float> f = x => x;
        Assert.Contains("by its name", Assert.Throws<InvalidOperationException>(() => MapReduceGraph.Of(f)).Message, StringComparison.Ordinal);
    }
}
