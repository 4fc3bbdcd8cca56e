using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator.Backends.Cpu;

/// <summary>Loops around a call of a kernel of the runtime: its sizes, each operand as a pointer with its strides, then its flags.</summary>
internal static class KernelText
{
    public static IEnumerable<string> Print(Names names, MethodNames locals, KernelStep s)
    {
        var body = new Body(names.Host, locals, s.Outer, null, ElementType.Float64);
        Access[] at = [.. s.Operands.Select(x => body.At(x.Buffer, x.At))];
        foreach (var access in at) access.Pointer.Use(s.Outer.Length);
        body.Decide();
        var sizes = s.Sizes.Select(size => names.Size(size).Text);
        if (s.Lanes is { } lanes) sizes = sizes.Prepend(names.Size(lanes.Extent).Text);
        return new LoopText(locals, body, s.Outer, s.Outer.Length, null)
        {
            Point = () =>
            [
                (body.Count,
                [
                    $"{Method(s)}({string.Join(", ", sizes)},",
                    .. s.Operands.Select((x, i) =>
                        $"    {string.Join(", ", x.Strides.Select(stride => names.Size(stride).Text).Prepend(at[i].Text()))}{(i < at.Length - 1 || !s.Flags.IsEmpty ? "," : ");")}"),
                    .. s.Flags.IsEmpty ? Array.Empty<string>() : [$"    {string.Join(", ", s.Flags.Select(flag => flag ? "true" : "false"))});"],
                ]),
            ],
        }.PrintInside();
    }

    private static string Method(KernelStep s) => (s.Kernel == Kernel.ArgSort ? "Sorting." : "Matrices.") + s.Kernel + (s.Lanes is null ? "" : "Lanes");
}
