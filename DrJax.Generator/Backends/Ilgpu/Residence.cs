using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// Which scalars are computed where. What follows from arguments, sizes and the indices of loops alone is a local of the host, known there without
/// waiting; what an element of an array has a part in stays on the device.
/// </summary>
internal static class Residence
{
    /// <summary>The locals that live on the device.</summary>
    /// <param name="set">Locals that kernels set whatever they are computed from.</param>
    public static HashSet<Local> Of(Block program, IEnumerable<Local> set)
    {
        var definitions = new List<(Local Local, Expr Value)>();
        Collect(program, definitions);
        var device = new HashSet<Local>(set);
        int known;
        do
        {
            known = device.Count;
            foreach (var (local, value) in definitions)
                if (IsOnDevice(value, device)) device.Add(local);
        }
        while (device.Count > known);
        return device;
    }

    /// <summary>Whether a value depends on what only the device knows.</summary>
    public static bool IsOnDevice(Expr root, ICollection<Local> device)
    {
        var seen = new HashSet<Expr> { root };
        var open = new Stack<Expr>(seen);
        while (open.Count > 0)
        {
            var expr = open.Pop();
            if (expr is LoadExpr || expr is LocalExpr local && device.Contains(local.Local)) return true;
            foreach (var operand in expr.Operands)
                if (seen.Add(operand)) open.Push(operand);
        }
        return false;
    }

    private static void Collect(Block block, List<(Local, Expr)> definitions)
    {
        foreach (var step in block.Steps)
        {
            switch (step)
            {
                case ScalarStep s: definitions.Add((s.Local, s.Value)); break;
                case AssignStep s: definitions.Add((s.Local, s.Value)); break;
                case LoopStep s: definitions.AddRange(s.Assigned); break;
                case StageStep s: Collect(s.Body, definitions); break;
            }
            foreach (var inner in step.Blocks) Collect(inner, definitions);
        }
    }
}
