using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
namespace DrJax.Generator.Backends.Cpu;
/// <summary>Stand-in until the backend lands: straight-line scalar programs.</summary>
internal static class CpuBackend
{
    public static CoreCode Emit(Program program)
    {
        var s = new Spelling(program);
        var f = Lowered(program.Function);
        var lines = new List<string>();
        var names = new Dictionary<Node, string>();
        foreach (var p in program.Function.Parameters) names[p] = s.Leaf(p.Name);
        string N(Node n) => names.TryGetValue(n, out var x) ? x : n is Const c ? $"({Spelling.Element(c.Type.Element)})({c.Value:R})" : throw new IrException("stand-in: " + n.GetType().Name);
        void Body(Func func, Func<int, string> args)
        {
            foreach (var n in func.Nodes)
            {
                switch (n)
                {
                    case Param or Const or Size: break;
                    case Call c:
                        for (var i = 0; i < c.Callee.Parameters.Length; i++) names[c.Callee.Parameters[i]] = N(c.Operands[i]);
                        Body(c.Callee, null!);
                        break;
                    case Result { Region: Call c } r: names[r] = N(c.Callee.Results[r.Index]); break;
                    case Apply a:
                        var v = s.Fresh("t");
                        names[n] = v;
                        var x = a.Operands.Select(N).ToArray();
                        lines.Add($"var {v} = " + a.Op switch { ScalarOp.Add => $"{x[0]} + {x[1]}", ScalarOp.Subtract => $"{x[0]} - {x[1]}", ScalarOp.Multiply => $"{x[0]} * {x[1]}", ScalarOp.Divide => $"{x[0]} / {x[1]}", ScalarOp.Negate => $"-{x[0]}", ScalarOp.Square => $"{x[0]} * {x[0]}", _ => throw new IrException("stand-in: " + a.Op) } + ";");
                        break;
                    default: throw new IrException("stand-in: " + n.GetType().Name);
                }
            }
        }
        Body(f, null!);
        var args = program.Function.Parameters.Select(p => (Spelling.IsByValue(p.Type) ? Spelling.Element(p.Type.Element) : Spelling.Element(p.Type.Element) + "*") + " " + s.Leaf(p.Name))
            .Concat(f.Results.Select((r, i) => $"{Spelling.Element(r.Type.Element)}* {s.Result(i)}"));
        return new(Code.Text($$"""
            private static unsafe void {{Spelling.Run(program)}}({{string.Join(", ", args)}})
            {
                {{lines}}
                {{f.Results.Select((r, i) => $"*{s.Result(i)} = {N(r)};")}}
            }
            """), []);
    }
    private static Func Lowered(Func f) => f;
}
