using System.Globalization;
using System.Text;

namespace DrJax.Tests.Programs.RandomPrograms;

/// <summary>
/// Writes a random well-typed program: a method of (double a, Vec x, Mat m, Placed of Vec g, int k) that returns a double. All lengths are one number. Functions
/// are smooth and bounded, so that difference quotients mean something; conditions and loops are everywhere.
/// </summary>
internal sealed class ProgramWriter(int seed)
{
    /// <summary>The length of x, of the rows and columns of m, and of the groups' vectors.</summary>
    public const int Length = 5;

    private const int Depth = 2;

    private readonly Random random = new(seed);
    private readonly StringBuilder text = new();
    private int names;
    private int loops;

    /// <summary>What a place in the program sees, and whether it may use the groups.</summary>
    private sealed record Scope(List<string> Scalars, List<string> Vectors, List<string> Matrices, List<string> Ints, bool HasGroups)
    {
        public Scope Copy(bool hasGroups) => new([.. Scalars], [.. Vectors], [.. Matrices], [.. Ints], hasGroups);
    }

    /// <summary>The variables that a block may assign.</summary>
    private readonly List<string> scalars = [], vectors = [];

    public string Write(string name)
    {
        var scope = new Scope(["a"], ["x"], ["m"], [], HasGroups: true);
        text.Append(CultureInfo.InvariantCulture, $"    [DrJaxProgram(\"groups\")]\n    public static double {name}(double a, Vec<double> x, Mat<double> m, Placed<Vec<double>> g, int k)\n    {{\n");
        for (var i = random.Next(1, 4); i > 0; i--) Declare(scope, 2);
        for (var i = random.Next(1, 4); i > 0; i--) Statement(scope, 2, loop: false);
        text.Append(CultureInfo.InvariantCulture, $"        return {Scalar(scope, Depth)};\n    }}\n");
        return text.ToString();
    }

    // ---- statements -----------------------------------------------------------------------------------------------------------

    private void Line(int indent, string line) => text.Append(' ', 4 * indent).Append(line).Append('\n');

    private void Declare(Scope scope, int indent)
    {
        var name = $"v{names++}";
        if (Chance(60))
        {
            Line(indent, $"var {name} = {Scalar(scope, Depth)};");
            scope.Scalars.Add(name);
            if (indent == 2) scalars.Add(name);
        }
        else
        {
            Line(indent, $"var {name} = {Vector(scope, Depth)};");
            scope.Vectors.Add(name);
            if (indent == 2) vectors.Add(name);
        }
    }

    private void Statement(Scope scope, int indent, bool loop)
    {
        switch (random.Next(10))
        {
            case 0 or 1 when indent < 5: If(scope, indent, loop); break;
            case 2 or 3 when loops < 2: For(scope, indent); break;
            case 4 when loops < 2: While(scope, indent); break;
            case 5 when indent == 2 && !loop: Line(indent, $"if ({Condition(scope, 1)}) return {Scalar(scope, 2)};"); break;
            case 6 when loop: Line(indent, $"if ({Condition(scope, 1)}) {(Chance(50) ? "break" : "continue")};"); break;
            case 7: Declare(scope, indent); break;
            default: Assign(scope, indent); break;
        }
    }

    /// <summary>Values stay bounded, however often a loop assigns.</summary>
    private void Assign(Scope scope, int indent)
    {
        if (vectors.Count > 0 && Chance(35))
        {
            var v = Of(vectors);
            Line(indent, Chance(30) ? $"{v} = {v}.With({Index(scope)}, {Scalar(scope, 2)});" : $"{v} = Tanh({Vector(scope, 2)});");
        }
        else if (scalars.Count > 0) Line(indent, Chance(30) ? $"{Of(scalars)} += 0.1 * {Bounded(Scalar(scope, 2))};" : $"{Of(scalars)} = {Bounded(Scalar(scope, 2))};");
        else Declare(scope, indent);
    }

    private void If(Scope scope, int indent, bool loop)
    {
        Line(indent, $"if ({Condition(scope, 2)})");
        Block(scope, indent, loop);
        if (Chance(60))
        {
            Line(indent, "else");
            Block(scope, indent, loop);
        }
    }

    private void For(Scope scope, int indent)
    {
        var i = $"i{names++}";
        var inside = scope.Copy(scope.HasGroups);
        Line(indent, random.Next(4) switch
        {
            0 => $"for (var {i} = 0; {i} < {Of(scope.Vectors)}.Length; {i}++)",
            1 => $"for (var {i} = {Length - 1}; {i} >= 0; {i} -= 2)",
            2 => $"for (var {i} = 0; {i} < k && {Condition(scope, 1)}; {i}++)",
            _ => $"for (var {i} = 0; {i} < k; {i}++)",
        });
        inside.Ints.Add(i);
        loops++;
        Block(inside, indent, loop: true);
        loops--;
    }

    private void While(Scope scope, int indent)
    {
        var n = $"n{names++}";
        Line(indent, $"var {n} = 0;");
        Line(indent, $"while ({n} < 4 && {Condition(scope, 1)})");
        Line(indent, "{");
        var inside = scope.Copy(scope.HasGroups);
        Line(indent + 1, $"{n}++;");
        loops++;
        for (var i = random.Next(1, 3); i > 0; i--) Statement(inside, indent + 1, loop: true);
        loops--;
        Line(indent, "}");
    }

    private void Block(Scope scope, int indent, bool loop)
    {
        var inside = scope.Copy(scope.HasGroups);
        Line(indent, "{");
        for (var i = random.Next(1, 3); i > 0; i--) Statement(inside, indent + 1, loop);
        Assign(inside, indent + 1);
        Line(indent, "}");
    }

    // ---- expressions ----------------------------------------------------------------------------------------------------------

    private string Scalar(Scope s, int depth)
    {
        if (depth <= 0) return Chance(25) ? Literal() : Chance(20) ? $"{Of(s.Vectors)}[{Index(s)}]" : Of(s.Scalars);
        return random.Next(16) switch
        {
            0 or 1 => $"({Scalar(s, depth - 1)} + {Scalar(s, depth - 1)})",
            2 => $"({Scalar(s, depth - 1)} - {Scalar(s, depth - 1)})",
            3 or 4 => $"{Bounded(Scalar(s, depth - 1))} * {Bounded(Scalar(s, depth - 1))}",
            5 => $"{Bounded(Scalar(s, depth - 1))} / (1 + Square({Scalar(s, depth - 1)}))",
            6 => Smooth(Scalar(s, depth - 1)),
            7 => $"({Condition(s, depth - 1)} ? {Scalar(s, depth - 1)} : {Scalar(s, depth - 1)})",
            8 => $"0.2 * Dot({Vector(s, depth - 1)}, {Vector(s, depth - 1)})",
            9 => $"{Pick("Mean", "Max", "LogSumExp", "Min")}({Vector(s, depth - 1)})",
            10 => Comprehended(s, depth),
            11 when s.HasGroups => Mapped(s, depth),
            12 => $"Guarded({Scalar(s, depth - 1)})",
            13 => $"Energy({Bounded(Scalar(s, depth - 1))}, {Vector(s, depth - 1)})",
            14 when s.Ints.Count > 0 => $"({Of(s.Ints)} switch {{ 0 => {Scalar(s, depth - 1)}, 1 or 2 => {Scalar(s, depth - 1)}, _ => {Scalar(s, 0)} }})",
            15 => Slope(s, depth),
            _ => Scalar(s, depth - 1),
        };
    }

    private string Vector(Scope s, int depth)
    {
        if (depth <= 0) return Of(s.Vectors);
        return random.Next(11) switch
        {
            0 => $"({Vector(s, depth - 1)} + {Vector(s, depth - 1)})",
            1 => $"{Bounded(Scalar(s, depth - 1))} * {Vector(s, depth - 1)}",
            2 => $"{Pick("Tanh", "Sin", "Sigmoid", "Softplus")}({Vector(s, depth - 1)})",
            3 or 4 => Built(s, depth),
            5 => $"Tanh(MatMul({Of(s.Matrices)}, {Vector(s, depth - 1)}))",
            6 => $"Softmax({Vector(s, depth - 1)})",
            7 => $"({Condition(s, depth - 1)} ? {Vector(s, depth - 1)} : {Vector(s, depth - 1)})",
            8 => $"{Of(s.Vectors)}.With({Index(s)}, {Scalar(s, depth - 1)})",
            9 => $"Rows({Of(s.Matrices)}, r{names} => {InRow(s, $"r{names++}", depth)})",
            _ => $"0.5 * Grad(Energy2, Tanh({Vector(s, depth - 1)}), {Bounded(Scalar(s, depth - 1))})",
        };
    }

    private string Condition(Scope s, int depth) => random.Next(5) switch
    {
        0 when depth > 0 => $"({Condition(s, depth - 1)} {Pick("&&", "||")} {Condition(s, depth - 1)})",
        1 when s.Ints.Count > 0 => $"{Of(s.Ints)} {Pick("<", ">", "!=")} {random.Next(1, 4)}",
        2 => $"{Of(s.Vectors)}[{Index(s)}] > {Literal()}",
        _ => $"{Scalar(s, Math.Min(depth, 1))} {Pick("<", ">")} {Literal()}",
    };

    private string Built(Scope s, int depth)
    {
        var i = $"j{names++}";
        var inside = s.Copy(hasGroups: false);
        inside.Ints.Add(i);
        return $"Build({Of(s.Vectors)}.Length, {i} => {Element(inside, i, depth - 1)})";
    }

    private string Comprehended(Scope s, int depth)
    {
        var i = $"j{names++}";
        var inside = s.Copy(hasGroups: false);
        inside.Ints.Add(i);
        return $"0.2 * Sum({Of(s.Vectors)}.Length, {i} => {Element(inside, i, depth - 1)})";
    }

    /// <summary>An expression that certainly reads at the index.</summary>
    private string Element(Scope s, string i, int depth) => random.Next(4) switch
    {
        0 => $"{Of(s.Vectors)}[{i}] * {Bounded(Scalar(s, depth))}",
        1 => $"{Of(s.Matrices)}[{i}, {Index(s)}] + {Scalar(s, depth)}",
        2 => $"{Of(s.Vectors)}[{Length - 1} - {i}] - {Of(s.Vectors)}[{i}] * {Bounded(Scalar(s, depth))}",
        _ => $"({Condition(s, 1)} ? {Of(s.Vectors)}[{i}] : {Scalar(s, depth)})",
    };

    private string InRow(Scope s, string row, int depth)
    {
        var inside = s.Copy(hasGroups: false);
        inside.Vectors.Add(row);
        return $"0.2 * Dot({row}, {Vector(inside, Math.Min(depth - 1, 1))}) + {Scalar(inside, Math.Min(depth - 1, 1))}";
    }

    private string Mapped(Scope s, int depth)
    {
        var q = $"q{names++}";
        var inside = s.Copy(hasGroups: false);
        inside.Vectors.Add(q);
        return $"{Pick("ReduceMean", "ReduceMean", "0.3 * ReduceSum", "ReduceMax")}(Map({q} => 0.3 * Dot({q}, {Vector(inside, Math.Min(depth - 1, 2))}) + {Scalar(inside, Math.Min(depth - 1, 2))}, g))";
    }

    private string Slope(Scope s, int depth) => $"0.5 * Grad(Guarded, {Scalar(s, depth - 1)})";

    // ---- words ----------------------------------------------------------------------------------------------------------------

    private string Index(Scope s) => s.Ints.Count > 0 && Chance(50) ? $"{Of(s.Ints)} % {Length}" : random.Next(Length).ToString(CultureInfo.InvariantCulture);

    private static string Bounded(string x) => $"Tanh({x})";

    private string Smooth(string x) => random.Next(6) switch
    {
        0 => $"Sin({x})",
        1 => $"Exp(-Square({x}))",
        2 => $"Log(1 + Square({x}))",
        3 => $"Sqrt(1 + Square({x}))",
        4 => $"Sigmoid({x})",
        _ => $"Softplus({x})",
    };

    private string Literal() => (random.Next(-30, 31) / 16.0).ToString("0.0###", CultureInfo.InvariantCulture);

    private bool Chance(int percent) => random.Next(100) < percent;

    private string Of(List<string> items) => items[random.Next(items.Count)];

    private string Pick(params ReadOnlySpan<string> items) => items[random.Next(items.Length)];
}
