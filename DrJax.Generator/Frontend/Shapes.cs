using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>Sizes that must agree: decided here, learnt, or refused in the user's names.</summary>
internal sealed partial class Translator
{
    /// <summary>One axis of an operand under the name the user knows it by.</summary>
    internal readonly record struct Side(Node Node, int Axis, string Name)
    {
        public Dim Dim => Node.Type.Shape[Axis];

        /// <summary>The axis in words, with a hole for its size: "x has {0} columns".</summary>
        public string Words(int hole) => $"{Name.Replace("{", "{{").Replace("}", "}}")} has " + (Node.Type.Rank, Axis) switch
        {
            (1, _) => $"length {{{hole}}}",
            (2, 0) => $"{{{hole}}} rows",
            (2, 1) => $"{{{hole}}} columns",
            _ => $"size {{{hole}}} along axis {Axis}",
        };
    }

    public void Equate(string operation, Side a, Side b, SyntaxNode at, Refusal? failure = null) =>
        Equate(a.Dim, b.Dim, $"{operation}: {a.Words(0)}, {b.Words(1)}", at, failure ?? Shapes(operation, a.Node, b.Node));

    /// <summary>What eager code throws of operands of different shapes.</summary>
    private Refusal Shapes(string operation, Node a, Node b) => Failure(place => ErrorTexts.Shapes(Member(operation), Shape(a.Type.Shape, place), Shape(b.Type.Shape, place)));

    /// <summary>An operation as eager code calls it.</summary>
    private static string Member(string operation) => char.IsLetter(operation[0]) || operation[0] == '[' ? operation : "operator " + operation;

    /// <param name="message">What the build says, in the user's names.</param>
    /// <param name="failure">What eager code throws.</param>
    public void Equate(Dim a, Dim b, string message, SyntaxNode at, Refusal? failure = null)
    {
        switch (session.Sizes.Equate(a, b, message, failure: failure ?? FailureOf(message, a, b, RequirementKind.Equal)))
        {
            case false: throw new Rejected(Diagnostics.ShapeMismatch, at, Sizes.Text(message, a, b));
            case null: throw new Rejected(Diagnostics.UnrelatedSizes, at, Sizes.Text(message, a, b), a.ToString(), b.ToString());
        }
    }

    /// <summary>Refuses an index or extent that is certainly outside, demands at entry what is not certain.</summary>
    public void AtMost(Dim least, Dim most, string message, SyntaxNode at, Scope s, RequirementKind kind = RequirementKind.LessOrEqual, Refusal? failure = null)
    {
        // An extent of no trips at all is at most anything.
        var where = least.AsConstant is null && s.Region.Runs is { } runs && runs == Region.AtLeastOnce(least) ? Ir.Dim.One : s.Region.Runs;
        if (!session.Sizes.AtMost(least, most, message, where, kind, failure ?? FailureOf(message, least, most, kind)))
            throw new Rejected(Diagnostics.OutOfRange, at, Sizes.Text(message, least, most));
    }

    /// <summary>Operands of an elementwise operation in one shape: a scalar goes with any array, a vector with every row of a
    /// matrix.</summary>
    public (Node A, Node B) Match(string operation, Node a, Node b, string nameA, string nameB, SyntaxNode at)
    {
        if (a.Type.Element != b.Type.Element) throw new IrException($"{operation} of {a.Type} and {b.Type}");
        if (a.Type.IsScalar) return (Graph.Fill(a, b.Type.Shape), b);
        if (b.Type.IsScalar) return (a, Graph.Fill(b, a.Type.Shape));
        if (a.Type.Rank == b.Type.Rank)
        {
            for (var axis = 0; axis < a.Type.Rank; axis++) Equate(operation, new Side(a, axis, nameA), new Side(b, axis, nameB), at);
            return (a, b);
        }
        var shift = a.Type.Rank - b.Type.Rank;
        if (shift < 0)
            throw new Rejected(Diagnostics.ShapeMismatch, at, $"{operation}: {nameA} has {a.Type.Rank} axes, {nameB} has {b.Type.Rank}");
        var columns = Failure(place => ErrorTexts.Columns(Member(operation), Shape(a.Type.Shape, place), Shape(b.Type.Shape, place)));
        for (var axis = 0; axis < b.Type.Rank; axis++) Equate(operation, new Side(a, axis + shift, nameA), new Side(b, axis, nameB), at, columns);
        return (a, Graph.Expand(b, a.Type.Shape, Enumerable.Range(shift, b.Type.Rank)));
    }

    /// <summary>A value's type for messages.</summary>
    private static string Describe(Value value) => value switch
    {
        Data data => data.Node.Type.ToString(),
        PlacedValue placed => Describe(placed.Group),
        ArrayValue array => Describe(array.Items),
        Parts parts => $"({string.Join(", ", parts.Fields.Select(f => Describe(f.Value)))})",
        _ => "a delegate",
    };
}
