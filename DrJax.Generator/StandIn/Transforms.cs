using DrJax.Generator.Ir;
namespace DrJax.Generator.Transforms;
internal sealed class Derivatives(Graph g)
{
    public R Regions => new(g);
    public Func Jvp(Func f, EquatableArray<bool> a)
    {
        var p = f.Parameters.Select(x => g.Param(x.Name, x.Type)).ToArray();
        var t = f.Parameters.Where(x => x.Type.IsDifferentiable).Select(x => g.Param(x.Name + "T", x.Type)).ToArray();
        var r = g.Call(f, p);
        return new Func(f.Name + ".j", [.. p, .. t], [.. r, .. r.Where(x => x.Type.IsDifferentiable)]);
    }
    public Func Vjp(Func f, EquatableArray<bool> a)
    {
        var p = f.Parameters.Select(x => g.Param(x.Name, x.Type)).ToArray();
        var t = f.Results.Where(x => x.Type.IsDifferentiable).Select(x => g.Param("ct", x.Type)).ToArray();
        var r = g.Call(f, p);
        return new Func(f.Name + ".v", [.. p, .. t], [.. r, .. p.Where(x => x.Type.IsDifferentiable)]);
    }
    public sealed class R(Graph g) { public Node Zero(Ir.ValueType t) => g.Zero(t); }
}
