using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DrJax.Generator.Ir;

/// <summary>
/// The IR as text. It is a program's identity: the incremental cache, the golden tests, the remarks in generated code and the graph that users
/// ask for all read it. Functions are printed once each, callers before callees, numbered by first use so that equal programs print alike.
/// </summary>
internal static class Printer
{
    public static string Print(Func entry) => Print([entry]);

    public static string Print(IEnumerable<Func> entries)
    {
        var names = new FuncNames();
        foreach (var entry in entries) names.Of(entry);
        var text = new StringBuilder();
        for (var i = 0; i < names.Count; i++)
        {
            if (i > 0) text.Append('\n');
            Print(names[i], names, text);
        }
        return text.ToString();
    }

    /// <summary>One line a node, as <c>%3 = contract %1 %2 : f64[x.0]</c>, for comments in generated code.</summary>
    public static string Line(Node node, Func<Node, string> name) => $"{name(node)} = {Operation(node, name)} : {node.Type}";

    /// <summary>An operation and its operands, as <c>contract %1 %2</c>.</summary>
    public static string Operation(Node node, Func<Node, string> name) => $"{Operation(node, new FuncNames())}{string.Concat(Shown(node).Select(o => " " + name(o)))}";

    private static void Print(Func func, FuncNames names, StringBuilder text)
    {
        var numbers = new Dictionary<Node, string>();
        foreach (var parameter in func.Parameters) numbers[parameter] = "%" + numbers.Count;
        text.Append($"{names.Of(func)}({string.Join(", ", func.Parameters.Select(p => $"{numbers[p]}: {p.Type} {p.Name}"))}){string.Concat(func.Rule?.Functions.Select(r => $" {r.Kind}={names.Of(r.Func)}") ?? [])} {{\n");
        foreach (var node in func.Nodes)
        {
            if (node is Param or Const or Size) continue;
            if (node is Result { Region.Types.Length: 1 } single)
            {
                numbers[node] = numbers[single.Region];
                continue;
            }
            numbers[node] = "%" + (numbers.Values.Distinct().Count());
            var type = node is Region region ? string.Join(", ", region.Types) : node.Type.ToString();
            text.Append($"  {numbers[node]} = {Operation(node, names)}{string.Concat(Shown(node).Select(o => " " + Name(o)))} : {type}\n");
        }
        text.Append($"  return {string.Join(", ", func.Results.Select(Name))}\n}}\n");

        string Name(Node node) => numbers.TryGetValue(node, out var known) ? known : Leaf(node);
    }

    /// <summary>Constants and sizes are written where they are used; a constant shows its element type as C# literals do.</summary>
    public static string Leaf(Node node) => node switch
    {
        Const { Type.Element: ElementType.Bool } n => n.Value != 0 ? "true" : "false",
        Const { Type.Element: ElementType.Float32 } n => ((float)n.Value).ToString("R", CultureInfo.InvariantCulture) + "f",
        Const { Type.Element: ElementType.Float64 } n => Double(n.Value.ToString("R", CultureInfo.InvariantCulture)),
        Const n => n.Value.ToString("R", CultureInfo.InvariantCulture),
        Size n => $"<{n.Dim}>",
        Param n => n.Name,
        _ => "%" + node.Id,
    };

    private static string Double(string digits) => digits.All(c => char.IsDigit(c) || c == '-') ? digits + ".0" : digits;

    private static IEnumerable<Node> Shown(Node node) => node switch
    {
        Slice n when n.Starts.All(s => s is Const { Value: 0 }) => [n.X],
        _ => node.Operands,
    };

    private static string Operation(Node node, FuncNames names) => node switch
    {
        Apply n => Camel(n.Op.ToString()),
        Cast n => "cast",
        StopGradient => "stopGradient",
        Recompute => "recompute",
        Iota n => $"iota<{n.Axis}>",
        GroupIndex n => $"groupIndex@{n.Placement.Name}",
        Expand n => $"expand<{n.Axes}>",
        Permute n => $"permute<{n.Order}>",
        Reshape => "reshape",
        Slice n => "slice" + Of(n.Bounds),
        Pad n => $"pad<{n.Low}; {n.High}>",
        Concat n => $"concat<{n.Axis}>",
        Update n => (n.Mode == UpdateMode.Add ? "update.add" : "update.set") + Of(n.Bounds),
        Reduce n => $"{Camel(n.Kind.ToString())}<{n.Axes}>",
        ArgReduce n => $"arg{n.Kind}<{n.Axis}>",
        ArgSort n => $"argSort{(n.Descending ? ".descending" : "")}<{n.Axis}>",
        MatrixFunction n => Camel(n.Op.Kind.ToString()) + (n.Op.Upper ? ".upper" : "") + (n.Op.Transposed ? ".transposed" : ""),
        Contract n => $"contract<{n.Axes.BatchA}; {n.Axes.BatchB} | {n.Axes.SumA}; {n.Axes.SumB}>",
        Gather n => $"gather<{n.Axes}>" + Of(n.Bounds),
        ScatterAdd n => $"scatterAdd<{n.Axes}>" + Of(n.Bounds),
        Result n => $"result<{n.Index}>",
        Call n => $"{(n.IsCheckpoint ? "checkpoint" : "call")} {names.Of(n.Callee)}",
        Branch n => $"branch {names.Of(n.Then)} {names.Of(n.Otherwise)}",
        Loop { Trips: LoopTrips.While { Condition: var condition } } n => $"while<{n.Carried}> {names.Of(condition)} {names.Of(n.Body)}",
        Loop { Trips: LoopTrips.Given } n => $"loop.given{(n.Reverse ? ".reverse" : "")}<{n.Carried}> {names.Of(n.Body)}",
        Loop n => $"loop{(n.Reverse ? ".reverse" : "")}<{n.Trips.Extent}; {n.Carried}> {names.Of(n.Body)}",
        Broadcast n => $"broadcast@{n.Placement.Name}",
        Map n => $"map@{n.Placement.Name} {names.Of(n.Body)}",
        Collect n => $"collect@{n.Placement.Name}",
        Spread n => $"spread@{n.Placement.Name}",
        PlacedReduce n => $"{Camel(n.Kind.ToString())}@{n.Placement.Name}",
        _ => node.GetType().Name,
    };

    private static string Of(Bounds bounds) => bounds == Bounds.Checked ? "" : "." + Camel(bounds.ToString());

    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>Names of functions by first use; a second function of one name gets a number.</summary>
    private sealed class FuncNames
    {
        private readonly Dictionary<Func, string> names = [];
        private readonly HashSet<string> taken = [];
        private readonly List<Func> order = [];

        public int Count => order.Count;

        public Func this[int index] => order[index];

        public string Of(Func func)
        {
            if (names.TryGetValue(func, out var known)) return known;
            var name = func.Name;
            for (var i = 2; !taken.Add(name); i++) name = $"{func.Name}.{i}";
            order.Add(func);
            return names[func] = name;
        }
    }
}
