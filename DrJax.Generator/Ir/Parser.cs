using System.Collections.Immutable;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Ir;

/// <summary>
/// The printed IR read back: the inverse of <see cref="Printer"/>, with the size symbols of the text replaced by the sizes they have where it is
/// read. Functions of a referenced assembly become functions of the program that calls them.
/// </summary>
internal sealed class Parser
{
    private static readonly Dictionary<string, ScalarOp> Scalars =
        Enum.GetValues(typeof(ScalarOp)).Cast<ScalarOp>().ToDictionary(op => Printer.Camel(op.ToString()));

    private static readonly Dictionary<string, MatrixKind> Matrices =
        Enum.GetValues(typeof(MatrixKind)).Cast<MatrixKind>().ToDictionary(kind => Printer.Camel(kind.ToString()));

    private readonly Graph graph;
    private readonly Func<string, Dim> size;
    private readonly Func<string, Placement> placement;
    private readonly Dictionary<string, string[]> texts;
    private readonly Dictionary<string, Func> functions = [];

    private Parser(Graph graph, string text, Func<string, Dim> size, Func<string, Placement> placement)
    {
        (this.graph, this.size, this.placement) = (graph, size, placement);
        texts = text.Replace("\r", "").Split(["\n\n"], StringSplitOptions.RemoveEmptyEntries)
            .Select(function => function.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(lines => lines[0].Substring(0, Math.Max(0, lines[0].IndexOf('('))));
    }

    /// <summary>The first function of a printed text.</summary>
    /// <param name="size">What a size symbol of the text stands for.</param>
    /// <param name="placement">The placement of a name.</param>
    /// <exception cref="IrException">The text is not what this version prints, or does not fit the sizes.</exception>
    public static Func Parse(Graph graph, string text, Func<string, Dim> size, Func<string, Placement> placement) =>
        new Parser(graph, text, size, placement).Function(text.Substring(0, Math.Max(0, text.IndexOf('('))));

    /// <summary>The name and the printed types of the parameters of the first function, without reading its body.</summary>
    public static ImmutableArray<(string Name, ValueType Type)> Signature(string text, Func<string, Placement> placement) =>
        [.. new Parser(new Graph(), text, Dim.Symbol, placement).Header(text.Split('\n')[0]).Select(p => (p.Name, p.Type))];

    private Func Function(string name)
    {
        if (functions.TryGetValue(name, out var known)) return known;
        if (!texts.TryGetValue(name, out var lines)) throw new IrException($"no function '{name}' in the text");
        var values = new Dictionary<string, Node>();
        ImmutableArray<Param> parameters = [.. Header(lines[0])];
        // A rule may call its function, so it is read when it is asked for.
        Func? Rule(string kind) => Rules(lines[0]).Where(r => r.Kind == kind).Select(r => Function(r.Name)).FirstOrDefault();
        var rule = Rules(lines[0]).Any() ? new CustomRule(() => Rule("jvp"), () => Rule("vjp")) : null;
        for (var i = 0; i < parameters.Length; i++) values["%" + i] = parameters[i];
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("return ", StringComparison.Ordinal))
            {
                var scanner = Scan(line.Substring("return ".Length));
                var results = ImmutableArray.CreateBuilder<Node>();
                do results.Add(Operand(scanner, values));
                while (scanner.Take(", "));
                return functions[name] = new Func(name, parameters, results.ToImmutable()) { Rule = rule };
            }
            if (line != "}") Read(line, values);
        }
        throw new IrException($"the function '{name}' does not return");
    }

    private Scanner Scan(string text) => new(text, size, placement);

    /// <summary>The custom derivatives that a header names: <c>f(..) jvp=g {</c>.</summary>
    private static IEnumerable<(string Kind, string Name)> Rules(string header) => header.Split(' ')
        .Where(word => word.StartsWith("jvp=", StringComparison.Ordinal) || word.StartsWith("vjp=", StringComparison.Ordinal))
        .Select(word => (word.Substring(0, 3), word.Substring(4)));

    private List<Param> Header(string line)
    {
        var scanner = Scan(line.Substring(line.IndexOf('(') + 1));
        var parameters = new List<Param>();
        while (!scanner.Take(")"))
        {
            if (parameters.Count > 0) scanner.Expect(", ");
            scanner.Expect($"%{parameters.Count}: ");
            var type = scanner.Type();
            scanner.Expect(" ");
            parameters.Add(graph.Param(scanner.Name(), type));
        }
        return parameters;
    }

    /// <summary>One line: <c>%3 = operation operands : types</c>.</summary>
    private void Read(string line, Dictionary<string, Node> values)
    {
        var (equals, colon) = (line.IndexOf(" = ", StringComparison.Ordinal), line.IndexOf(" : ", StringComparison.Ordinal));
        if (equals < 0 || colon < 0) throw new IrException($"not a line of the printed form: \"{line}\"");
        var name = line.Substring(0, equals);
        var type = Scan(line.Substring(colon + 3)).Type();
        var made = Operation(Scan(line.Substring(equals + 3, colon - equals - 3)), type, values);
        values[name] = made[0];
        for (var i = 0; i < made.Length; i++) values[$"{name}.{i}"] = made[i];
    }

    private Node Operand(Scanner scanner, Dictionary<string, Node> values)
    {
        if (scanner.Take("%"))
        {
            var name = "%" + scanner.Int();
            return values.TryGetValue(name, out var value) ? value : throw new IrException($"{name} is used before it is computed");
        }
        if (!scanner.Take("<")) return scanner.Constant(graph);
        var dim = scanner.Dim();
        scanner.Expect(">");
        return graph.Size(dim);
    }

    /// <summary>The operation of one line: its name, <c>&lt;attributes&gt;</c>, how it treats indices, its placement, its functions, its operands.</summary>
    private ImmutableArray<Node> Operation(Scanner line, ValueType type, Dictionary<string, Node> values)
    {
        var words = line.Name().Split('.');
        var attributes = Scan(line.Take("<") ? line.Until('>') : "");
        var bounds = line.Take(".") ? line.Name() : words[words.Length - 1];
        var over = line.Take("@") ? placement(line.Name()) : null;
        switch (words[0])
        {
            case "map": return graph.Map(over!, Callee(), Operands());
            case "call": return graph.Call(Callee(), Operands());
            case "checkpoint": return graph.Call(Callee(), Operands(), isCheckpoint: true);
            case "branch":
                var (then, otherwise) = (Callee(), Callee());
                var condition = Operands();
                return graph.Branch(condition[0], then, otherwise, condition.Skip(1));
            case "while": return Loop(Callee());
            case "loop": return Loop(null);
            case "result": return [values[$"{line.Rest.Trim()}.{attributes.Int()}"]];
            default: return [Single(words[0], over, Operands())];
        }

        Func Callee()
        {
            line.Expect(" ");
            return Function(line.Name());
        }

        ImmutableArray<Node> Operands()
        {
            var operands = ImmutableArray.CreateBuilder<Node>();
            while (line.Take(" ")) operands.Add(Operand(line, values));
            return line.IsAtEnd ? operands.ToImmutable() : throw line.Unreadable("an operand");
        }

        ImmutableArray<Node> Loop(Func? condition)
        {
            LoopTrips trips = condition is not null ? new LoopTrips.While(condition) : words.Contains("given") ? new LoopTrips.Given() : new LoopTrips.Fixed(attributes.Dim());
            if (trips is LoopTrips.Fixed) attributes.Expect("; ");
            var carried = attributes.Int();
            var (body, x) = (Callee(), Operands());
            var count = trips is LoopTrips.Given ? x[x.Length - 1] : null;
            if (count is not null) x = x.RemoveAt(x.Length - 1);
            return graph.Loop(trips, count, words.Contains("reverse"), body, x.Take(carried), x.Skip(carried));
        }

        Node Single(string name, Placement? placement, ImmutableArray<Node> x) => (name, placement is not null, attributes.IsAtEnd) switch
        {
            ("groupIndex", true, _) => graph.GroupIndex(placement!),
            ("broadcast", true, _) => graph.Broadcast(x[0], placement!),
            ("collect", true, _) => graph.Collect(x[0]),
            ("spread", true, _) => graph.Spread(x[0], placement!),
            (_, true, _) => graph.PlacedReduce(Kind<PlacedReduceKind>(name), x[0]),
            ("cast", _, _) => graph.Cast(x[0], type.Element),
            ("recompute", _, _) => graph.Recompute(x[0], x.Skip(1)),
            ("stopGradient", _, _) => graph.StopGradient(x[0]),
            ("iota", _, _) => graph.Iota(type.Shape, attributes.Int()),
            ("expand", _, _) => graph.Expand(x[0], type.Shape, attributes.Ints()),
            ("permute", _, _) => graph.Permute(x[0], attributes.Ints()),
            ("reshape", _, _) => graph.Reshape(x[0], type.Shape),
            // Starts that are all zero are not printed.
            ("slice", _, _) => graph.Slice(x[0], x.Length > 1 ? x.Skip(1) : type.Shape.Select(_ => graph.Const(0, ElementType.Int32)), type.Shape, Index()),
            ("pad", _, _) => graph.Pad(x[0], attributes.Dims(), attributes.After("; ").Dims()),
            ("concat", _, _) => graph.Concat(x, attributes.Int()),
            ("update", _, _) => graph.Update(x[0], x[1], x.Skip(2), words[1] == "add" ? UpdateMode.Add : UpdateMode.Set, Index()),
            ("sum" or "max" or "min", _, false) => graph.Reduce(Kind<ReduceKind>(name), x[0], attributes.Ints()),
            ("argMax" or "argMin", _, _) => graph.ArgReduce(Kind<ReduceKind>(name.Substring("arg".Length)), x[0], attributes.Int()),
            ("argSort", _, _) => graph.ArgSort(x[0], attributes.Int(), words.Contains("descending")),
            _ when Matrices.TryGetValue(name, out var matrix) => graph.MatrixFunction(new MatrixOp(matrix, words.Contains("upper"), words.Contains("transposed")), x),
            ("contract", _, _) => graph.Contract(x[0], x[1], new ContractAxes(
                attributes.Ints(), attributes.After("; ").Ints(), attributes.After(" | ").Ints(), attributes.After("; ").Ints())),
            ("gather", _, _) => graph.Gather(x[0], x.Skip(1), attributes.Ints(), Index()),
            ("scatterAdd", _, _) => graph.ScatterAdd(x[0], x[1], x.Skip(2), attributes.Ints(), Index()),
            _ => Scalars.TryGetValue(name, out var op) ? graph.Apply(op, x.AsSpan()) : throw new IrException($"no operation '{name}' in this version"),
        };

        Bounds Index() => bounds switch { "clamped" => Bounds.Clamped, "inside" => Bounds.Inside, _ => Bounds.Checked };
    }

    private static T Kind<T>(string name) where T : struct =>
        Enum.TryParse<T>(name, ignoreCase: true, out var kind) ? kind : throw new IrException($"no operation '{name}' in this version");
}
