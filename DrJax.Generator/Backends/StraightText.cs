using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends;

/// <summary>Scalars computed one after the other, in no loop.</summary>
internal static class StraightText
{
    /// <summary>The values and the statement that uses them.</summary>
    public static IEnumerable<string> Print(Setting setting, MethodNames locals, Expr[] values, Func<Term[], string> statement)
    {
        var body = new Body(setting, locals, [], null, ElementType.Float64);
        Item[] items = [.. values.Select(body.Scalar)];
        foreach (var item in items) item.Use(0);
        body.Decide();
        return [.. body.Statements(0, null), statement([.. items.Select(i => i.Value())])];
    }
}
