using DrJax.Generator.Ir;

namespace DrJax.Generator.Ops;

/// <summary>
/// One row of the table. <paramref name="Scalar"/> and <paramref name="Vector"/> are C# templates with a hole per operand ({0}, {1}, ..);
/// <c>M</c> in a template is the backend's maths of that dialect. <paramref name="Partials"/> gives the derivative by each operand from the
/// operands and the result, null where nothing flows (flat, or not a real variable); no partials at all: flat everywhere.
/// <paramref name="Safe"/> is a value of operand <paramref name="SafeAt"/> where the operation and its partials are finite: what an untaken arm
/// computes with instead. <paramref name="Takes"/> is what the operands are. <paramref name="Low"/> .. <paramref name="High"/> is the domain that tests draw operands from.
/// </summary>
internal sealed record OpRow(
    string Scalar,
    string? Vector = null,
    Func<Graph, Node[], Node, Node?[]>? Partials = null,
    double? Safe = null,
    double Low = -3,
    double High = 3,
    int Arity = 1,
    OpResult Result = OpResult.Same,
    bool Costly = false,
    OpOperands Takes = OpOperands.Numbers,
    int SafeAt = 0);

/// <summary>What an operation takes: numbers are floating or int.</summary>
internal enum OpOperands
{
    Numbers,
    Ints,
    Bools,
}

/// <summary>The element type of an operation's result.</summary>
internal enum OpResult
{
    Same,
    Bool,
    Single,
    Double,
    SecondOperand,
}

/// <summary>The op table: one line per scalar operation. To add one, add its name to <see cref="ScalarOp"/>, a row here and an eager method.</summary>
internal static class OpTable
{
    public static OpRow Row(ScalarOp op) => op switch
    {
        // Arithmetic.
        ScalarOp.Add => new("{0} + {1}", "{0} + {1}", (g, x, y) => [g.One(y), g.One(y)], Arity: 2),
        ScalarOp.Subtract => new("{0} - {1}", "{0} - {1}", (g, x, y) => [g.One(y), g.Negate(g.One(y))], Arity: 2),
        ScalarOp.Multiply => new("{0} * {1}", "{0} * {1}", (g, x, y) => [x[1], x[0]], Arity: 2),
        ScalarOp.Divide => new("{0} / {1}", "{0} / {1}", (g, x, y) => [g.One(y) / x[1], -(y * (g.One(y) / x[1]))], Arity: 2),
        ScalarOp.Remainder => new("{0} % {1}", Partials: (g, x, y) => [g.One(y), -g.Apply(ScalarOp.Truncate, x[0] / x[1])], Arity: 2),
        ScalarOp.Negate => new("-{0}", "-{0}", (g, x, y) => [g.Negate(g.One(y))]),
        ScalarOp.Abs => new("M.Abs({0})", "M.Abs({0})", (g, x, y) => [g.Apply(ScalarOp.Sign, x[0])]),              // 0 at the kink
        ScalarOp.Sign => new("M.Sign({0})", "M.Sign({0})"),
        ScalarOp.Max => new("M.Max({0}, {1})", "M.Max({0}, {1})", (g, x, y) => Shared(g, ScalarOp.Greater, x), Arity: 2),   // a tie shares: 1/2 each
        ScalarOp.Min => new("M.Min({0}, {1})", "M.Min({0}, {1})", (g, x, y) => Shared(g, ScalarOp.Less, x), Arity: 2),
        ScalarOp.Square => new("M.Square({0})", "M.Square({0})", (g, x, y) => [g.Fill(2, y) * x[0]]),

        // Powers, exponentials, logarithms.
        ScalarOp.Sqrt => new("M.Sqrt({0})", "M.Sqrt({0})", (g, x, y) => [g.Fill(0.5, y) * (g.One(y) / y)], Safe: 1, Low: 0.1, High: 9),
        ScalarOp.Cbrt => new("M.Cbrt({0})", "M.Cbrt({0})", (g, x, y) => [g.One(y) / (g.Fill(3, y) * g.Square(y))], Safe: 1, Low: 0.1, High: 9, Costly: true),
        ScalarOp.Pow => new("M.Pow({0}, {1})", "M.Pow({0}, {1})", PowPartials, Safe: 1, Low: 0.1, High: 4, Arity: 2, Costly: true),
        ScalarOp.Exp => new("M.Exp({0})", "M.Exp({0})", (g, x, y) => [y], Safe: 0, Costly: true),
        ScalarOp.Expm1 => new("M.Expm1({0})", "M.Expm1({0})", (g, x, y) => [g.Apply(ScalarOp.Exp, x[0])], Safe: 0, Costly: true),
        ScalarOp.Log => new("M.Log({0})", "M.Log({0})", (g, x, y) => [g.One(y) / x[0]], Safe: 1, Low: 0.1, High: 9, Costly: true),
        ScalarOp.Log1p => new("M.Log1p({0})", "M.Log1p({0})", (g, x, y) => [g.One(y) / (g.One(y) + x[0])], Safe: 0, Low: -0.8, High: 9, Costly: true),

        // Trigonometry.
        ScalarOp.Sin => new("M.Sin({0})", "M.Sin({0})", (g, x, y) => [g.Apply(ScalarOp.Cos, x[0])], Costly: true),
        ScalarOp.Cos => new("M.Cos({0})", "M.Cos({0})", (g, x, y) => [-g.Apply(ScalarOp.Sin, x[0])], Costly: true),
        ScalarOp.Tan => new("M.Tan({0})", "M.Tan({0})", (g, x, y) => [g.One(y) + g.Square(y)], Safe: 0, Low: -1.4, High: 1.4, Costly: true),
        ScalarOp.Asin => new("M.Asin({0})", "M.Asin({0})", (g, x, y) => [g.One(y) / g.Sqrt(g.One(y) - g.Square(x[0]))], Safe: 0, Low: -0.9, High: 0.9, Costly: true),
        ScalarOp.Acos => new("M.Acos({0})", "M.Acos({0})", (g, x, y) => [-(g.One(y) / g.Sqrt(g.One(y) - g.Square(x[0])))], Safe: 0, Low: -0.9, High: 0.9, Costly: true),
        ScalarOp.Atan => new("M.Atan({0})", "M.Atan({0})", (g, x, y) => [g.One(y) / (g.One(y) + g.Square(x[0]))], Costly: true),
        ScalarOp.Atan2 => new("M.Atan2({0}, {1})", "M.Atan2({0}, {1})", Atan2Partials, Safe: 1, Low: 0.2, Arity: 2, Costly: true),
        ScalarOp.Sinh => new("M.Sinh({0})", "M.Sinh({0})", (g, x, y) => [g.Apply(ScalarOp.Cosh, x[0])], Safe: 0, Costly: true),
        ScalarOp.Cosh => new("M.Cosh({0})", "M.Cosh({0})", (g, x, y) => [g.Apply(ScalarOp.Sinh, x[0])], Safe: 0, Costly: true),
        ScalarOp.Tanh => new("M.Tanh({0})", "M.Tanh({0})", (g, x, y) => [g.One(y) - g.Square(y)], Costly: true),
        ScalarOp.Asinh => new("M.Asinh({0})", "M.Asinh({0})", (g, x, y) => [g.One(y) / g.Sqrt(g.Square(x[0]) + g.One(y))], Costly: true),
        ScalarOp.Acosh => new("M.Acosh({0})", "M.Acosh({0})", (g, x, y) => [g.One(y) / g.Sqrt((x[0] - g.One(y)) * (x[0] + g.One(y)))], Safe: 2, Low: 1.2, High: 9, Costly: true),
        ScalarOp.Atanh => new("M.Atanh({0})", "M.Atanh({0})", (g, x, y) => [g.One(y) / (g.One(y) - g.Square(x[0]))], Safe: 0, Low: -0.8, High: 0.8, Costly: true),

        // Statistics and learning.
        ScalarOp.Sigmoid => new("M.Sigmoid({0})", "M.Sigmoid({0})", (g, x, y) => [y * (g.One(y) - y)], Costly: true),
        ScalarOp.Softplus => new("M.Softplus({0})", "M.Softplus({0})", (g, x, y) => [g.Apply(ScalarOp.Sigmoid, x[0])], Costly: true),
        ScalarOp.Relu => new("M.Relu({0})", "M.Relu({0})", (g, x, y) => [Indicator(g, ScalarOp.Greater, x[0])]),             // 0 at the kink
        ScalarOp.Erf => new("M.Erf({0})", "M.Erf({0})", (g, x, y) => [g.Fill(2 / Math.Sqrt(Math.PI), y) * g.Apply(ScalarOp.Exp, -g.Square(x[0]))], Costly: true),
        ScalarOp.Erfc => new("M.Erfc({0})", "M.Erfc({0})", (g, x, y) => [g.Fill(-2 / Math.Sqrt(Math.PI), y) * g.Apply(ScalarOp.Exp, -g.Square(x[0]))], Costly: true),
        ScalarOp.ErfInv => new("M.ErfInv({0})", "M.ErfInv({0})", (g, x, y) => [g.Fill(Math.Sqrt(Math.PI) / 2, y) * g.Apply(ScalarOp.Exp, g.Square(y))], Safe: 0, Low: -0.8, High: 0.8, Costly: true),
        ScalarOp.LogGamma => new("M.LogGamma({0})", "M.LogGamma({0})", (g, x, y) => [g.Apply(ScalarOp.Polygamma, g.Fill(0, y), x[0])], Safe: 1, Low: 0.2, High: 9, Costly: true),
        ScalarOp.Polygamma => new("M.Polygamma({0}, {1})", "M.Polygamma({0}, {1})", (g, x, y) => [null, g.Apply(ScalarOp.Polygamma, x[0] + g.One(y), x[1])], Safe: 1, Low: 0.3, High: 9, Arity: 2, Costly: true, SafeAt: 1),

        // Rounding: flat.
        ScalarOp.Floor => new("M.Floor({0})", "M.Floor({0})"),
        ScalarOp.Ceiling => new("M.Ceiling({0})", "M.Ceiling({0})"),
        ScalarOp.Round => new("M.Round({0})", "M.Round({0})"),
        ScalarOp.Truncate => new("M.Truncate({0})", "M.Truncate({0})"),

        // Comparison, logic, choice.
        ScalarOp.Less => new("{0} < {1}", "M.Less({0}, {1})", Arity: 2, Result: OpResult.Bool),
        ScalarOp.LessOrEqual => new("{0} <= {1}", "M.LessOrEqual({0}, {1})", Arity: 2, Result: OpResult.Bool),
        ScalarOp.Greater => new("{0} > {1}", "M.Greater({0}, {1})", Arity: 2, Result: OpResult.Bool),
        ScalarOp.GreaterOrEqual => new("{0} >= {1}", "M.GreaterOrEqual({0}, {1})", Arity: 2, Result: OpResult.Bool),
        ScalarOp.Equal => new("{0} == {1}", "M.Equal({0}, {1})", Arity: 2, Result: OpResult.Bool),
        ScalarOp.NotEqual => new("{0} != {1}", "M.NotEqual({0}, {1})", Arity: 2, Result: OpResult.Bool),
        ScalarOp.And => new("{0} & {1}", "{0} & {1}", Arity: 2, Result: OpResult.Bool, Takes: OpOperands.Bools),
        ScalarOp.Or => new("{0} | {1}", "{0} | {1}", Arity: 2, Result: OpResult.Bool, Takes: OpOperands.Bools),
        ScalarOp.Not => new("!{0}", "~{0}", Result: OpResult.Bool, Takes: OpOperands.Bools),
        // The cotangent is chosen, never multiplied by a mask (Vjp and Jvp treat Select themselves), so an infinite partial in the other arm stays there.
        ScalarOp.Select => new("{0} ? {1} : {2}", "M.Select({0}, {1}, {2})", Arity: 3, Result: OpResult.SecondOperand),

        // The bits of ints. As in C#, a shift's count is taken modulo 32.
        ScalarOp.BitAnd => new("{0} & {1}", "{0} & {1}", Arity: 2, Takes: OpOperands.Ints),
        ScalarOp.BitOr => new("{0} | {1}", "{0} | {1}", Arity: 2, Takes: OpOperands.Ints),
        ScalarOp.BitXor => new("{0} ^ {1}", "{0} ^ {1}", Arity: 2, Takes: OpOperands.Ints),
        ScalarOp.ShiftLeft => new("{0} << {1}", "M.ShiftLeft({0}, {1})", Arity: 2, Takes: OpOperands.Ints),
        ScalarOp.ShiftRight => new("{0} >> {1}", "M.ShiftRight({0}, {1})", Arity: 2, Takes: OpOperands.Ints),
        ScalarOp.ShiftRightLogical => new("{0} >>> {1}", "M.ShiftRightLogical({0}, {1})", Arity: 2, Takes: OpOperands.Ints),

        // Random words and numbers of (key, key, counter, counter): functions of ints, so nothing flows.
        ScalarOp.ThreefryFirst => Random("ThreefryFirst", OpResult.Same),
        ScalarOp.ThreefrySecond => Random("ThreefrySecond", OpResult.Same),
        ScalarOp.ThreefryBits => Random("ThreefryBits", OpResult.Same),
        ScalarOp.UniformSingle => Random("UniformSingle", OpResult.Single),
        ScalarOp.UniformDouble => Random("UniformDouble", OpResult.Double),
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no row in the op table"),
    };

    private static OpRow Random(string name, OpResult result) =>
        new($"M.{name}({{0}}, {{1}}, {{2}}, {{3}})", $"M.{name}({{0}}, {{1}}, {{2}}, {{3}})", Low: -1000, High: 1000, Arity: 4, Result: result, Costly: true, Takes: OpOperands.Ints);

    /// <summary>1 where the comparison of x with 0 holds, else 0.</summary>
    private static Node Indicator(Graph g, ScalarOp comparison, Node x) =>
        g.Select(g.Apply(comparison, x, g.Fill(0, x)), g.One(x), g.Fill(0, x));

    private static Node?[] Shared(Graph g, ScalarOp wins, Node[] x)
    {
        var half = g.Select(g.Apply(ScalarOp.Equal, x[0], x[1]), g.Fill(0.5, x[0]), g.Fill(0, x[0]));
        return [g.Select(g.Apply(wins, x[0], x[1]), g.One(x[0]), half), g.Select(g.Apply(wins, x[1], x[0]), g.One(x[0]), half)];
    }

    /// <summary>d x^p = p x^(p-1) dx + x^p log x dp; the first is 0 where p is 0, the second where x is, as x^p is flat in p > 0 there.</summary>
    private static Node?[] PowPartials(Graph g, Node[] x, Node y)
    {
        var atZero = g.Apply(ScalarOp.Equal, x[0], g.Fill(0, y));
        var log = g.Apply(ScalarOp.Log, g.Select(atZero, g.One(y), x[0]));
        var byBase = x[1] * g.Apply(ScalarOp.Pow, x[0], x[1] - g.One(y));
        var isKnown = x[1] is Const { Value: not 0 } or Expand { X: Const { Value: not 0 } };
        return [isKnown ? byBase : g.Select(g.Apply(ScalarOp.Equal, x[1], g.Fill(0, y)), g.Fill(0, y), byBase), y * log];
    }

    private static Node?[] Atan2Partials(Graph g, Node[] x, Node y)
    {
        var square = g.Square(x[0]) + g.Square(x[1]);
        return [x[1] / square, -(x[0] / square)];
    }
}
