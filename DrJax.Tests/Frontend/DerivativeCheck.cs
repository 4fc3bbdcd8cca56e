using DrJax.Generator.Frontend;
using DrJax.Generator.Ir;
using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>A program's companions against its own values: J v is a difference quotient, and u·(J v) = (Jᵀ u)·v.</summary>
internal static class DerivativeCheck
{
    private const double Step = 1e-6;

    public static void Agree(Program program, (string Name, NdArray Value)[] point)
    {
        if (Generator.Frontend.Frontend.CompileDerivative(program, DerivativeKind.Jvp) is not { } jvp) return;
        var vjp = Generator.Frontend.Frontend.CompileDerivative(program, DerivativeKind.Vjp)!;
        var f = program.Function;
        var direction = f.Parameters.Select((p, k) => Direction(p, point[k].Value, k)).ToArray();
        var inputs = point.ToDictionary(p => p.Name, p => p.Value);
        foreach (var (parameter, k) in jvp.Function.Parameters.Skip(f.Parameters.Length).Select((p, k) => (p, k)))
            inputs[parameter.Name] = direction[Array.FindIndex([.. f.Parameters], p =>
                p.Name == parameter.Name.Replace("Tangent", "", StringComparison.Ordinal))];
        var pushed = Evaluate.Run(jvp, inputs);
        var values = Evaluate.Run(program, inputs);
        var (up, down) = (Moved(Step), Moved(-Step));
        for (var r = 0; r < values.Length; r++)
        {
            Assert.Equal(values[r].Data, pushed[r].Data);
            if (!f.Results[r].Type.IsDifferentiable) continue;
            for (var i = 0; i < values[r].Data.Length; i++)
            {
                // A central difference with this step is good to about step^2 and rounding over step: 1e-10 of the value, and the programs
                // are smooth here.
                var (quotient, tangent) = ((up[r].Data[i] - down[r].Data[i]) / (2 * Step), pushed[values.Length + r].Data[i]);
                Assert.True(Math.Abs(quotient - tangent) <= 1e-6 * Math.Max(1, Math.Abs(quotient)),
                    $"result {r}, element {i}: quotient {quotient:R}, tangent {tangent:R}");
            }
        }

        var cotangents = f.Results.Select((result, k) => Direction(result, values[k], 7 + k)).ToArray();
        foreach (var (parameter, k) in vjp.Function.Parameters.Skip(f.Parameters.Length).Select((p, k) => (p, k)))
            inputs[parameter.Name] = cotangents[k];
        var pulled = Evaluate.Run(vjp, inputs).Skip(values.Length).ToArray();
        var floating = program.Parameters.SelectMany(p => p.Type.Leaves.Select(_ => p)).Zip(f.Parameters, (p, leaf) => (p, leaf))
            .Select((p, k) => (p.p, p.leaf, k))
            .Where(p => p.p.Type.Leaves.Any(l => l.Element is ElementType.Float32 or ElementType.Float64)).Select(p => p.k).ToArray();
        var left = f.Results.Select((result, r) => result.Type.IsDifferentiable ? Dot(cotangents[r], pushed[values.Length + r]) : 0).Sum();
        var right = floating.Select((k, i) => f.Parameters[k].Type.IsDifferentiable ? Dot(pulled[i], direction[k]) : 0).Sum();
        Assert.Equal(left, right, 1e-9 * Math.Max(1, Math.Abs(left)));      // the same products, summed in another order

        NdArray[] Moved(double step) => Evaluate.Run(program, point.Select((p, k) => f.Parameters[k].Type.IsDifferentiable
            ? (p.Name, new NdArray(p.Value.Shape, [.. p.Value.Data.Zip(direction[k].Data, (x, v) => x + step * v)]))
            : p).ToArray());
    }

    /// <summary>Numbers without a pattern, the same in every run; zeros for what has no derivative.</summary>
    private static NdArray Direction(Node node, NdArray like, int seed) =>
        new(like.Shape, [.. like.Data.Select((_, i) => node.Type.IsDifferentiable ? Math.Sin(1 + 3 * i + 5 * seed) : 0)]);

    private static double Dot(NdArray a, NdArray b) => a.Data.Zip(b.Data, (x, y) => x * y).Sum();
}
