using DrJax.Generator.Ir;
using DrJax.Generator.Transforms;
using Xunit;

namespace DrJax.Tests.Ir;

/// <summary>Every transformation on every function of the catalogue.</summary>
public class TransformTests
{
    public static TheoryData<string> Names => [.. Catalogue.Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void First_derivatives_agree_with_the_difference_quotient(string name) => Try(name, DerivativeCheckFirst);

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_by_one_parameter_agree_with_the_difference_quotient(string name) => Try(name, (lab, f, random) =>
    {
        for (var i = 0; i < f.Parameters.Length; i++)
            if (f.Parameters[i].Type.IsDifferentiable)
                DerivativeCheck.First(lab, f, lab.Arguments(random), random, f.Parameters.Select((_, k) => k == i).ToEquatable());
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Second_derivatives_agree_with_the_difference_quotient(string name) =>
        Try(name, (lab, f, random) => DerivativeCheck.Second(lab, f, lab.Arguments(random), random));

    [Theory]
    [InlineData("loop")]
    [InlineData("loopWith")]
    [InlineData("loopSwap")]
    [InlineData("loopGiven")]
    [InlineData("while")]
    [InlineData("whileInWhile")]
    [InlineData("branch")]
    [InlineData("map")]
    [InlineData("matMul")]
    [InlineData("gatherRows")]
    [InlineData("cholesky")]
    [InlineData("luSolve")]
    public void Third_derivatives_agree_with_the_difference_quotient(string name) => Try(name, (lab, f, random) =>
    {
        var gradient = lab.Derivatives.Vjp(f, Lab.All(f));
        NdArray[] x = [.. lab.Arguments(random), .. gradient.Parameters.Skip(f.Parameters.Length).Select(p => lab.Draw(p.Type, random, r => r.NextDouble()))];
        DerivativeCheck.Second(lab, gradient, x, random);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Passes_keep_what_programs_and_derivatives_compute(string name) => Try(name, (lab, f, random) =>
    {
        var gradient = lab.Derivatives.Vjp(f, Lab.All(f));
        foreach (var program in new[] { f, lab.Derivatives.Jvp(f, Lab.All(f)), gradient, lab.Derivatives.Vjp(gradient, Lab.All(gradient)) })
        {
            NdArray[] x = [.. lab.Arguments(random), .. program.Parameters.Skip(f.Parameters.Length).Select(p => lab.Draw(p.Type, random, r => r.NextDouble()))];
            var prepared = new Passes(lab.Graph).Prepare(program);
            var (expected, actual) = (lab.Run(program, x), lab.Run(prepared, x));
            // Contractions and hoisting change rounding only.
            for (var i = 0; i < expected.Length; i++) DerivativeCheck.Same(expected[i], actual[i], $"{name}: result {i} of {program}", 1e-10);
            Assert.DoesNotContain(prepared.Nodes, n => n is Call);
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Vmap_is_the_function_of_every_lane(string name) => Try(name, (lab, f, random) =>
    {
        const int lanes = 3;
        lab.Sizes["lanes"] = lanes;
        var masks = Enumerable.Range(0, f.Parameters.Length).Select(i => f.Parameters.Select((_, k) => k == i))
            .Append(f.Parameters.Select(_ => true)).Append(f.Parameters.Select(_ => false));
        foreach (var mask in masks.Select(m => m.ToEquatable()))
        {
            var common = lab.Arguments(random);
            NdArray[][] lane = [.. Enumerable.Range(0, lanes).Select(_ => lab.Arguments(random).Select((a, i) => mask[i] ? a : common[i]).ToArray())];
            var vmap = lab.Derivatives.Vmap(f, Dim.Symbol("lanes"), mask);
            NdArray[] x = [.. common.Select((a, i) => mask[i] ? Lanes([.. lane.Select(l => l[i])], f.Parameters[i]) : a)];
            var actual = lab.Run(vmap, x);
            NdArray[][] each = [.. lane.Select(l => lab.Run(f, l))];
            for (var i = 0; i < actual.Length; i++)
                DerivativeCheck.Same(Lanes([.. each.Select(e => e[i])], f.Results[i]), actual[i], $"{name}: result {i}, batched {mask}");
            DerivativeCheck.First(lab, vmap, x, random);
        }
    });

    /// <summary>The axis of lanes lies inside the axes of groups.</summary>
    private static NdArray Lanes(NdArray[] lanes, Node value)
    {
        var groups = value.Type.Placements.Count;
        return NdArray.Stack(lanes, lanes[0].Shape).Permute([.. Enumerable.Range(1, groups), 0, .. Enumerable.Range(groups + 1, value.Type.Rank)]);
    }

    private static void DerivativeCheckFirst(Lab lab, Func f, Random random) => DerivativeCheck.First(lab, f, lab.Arguments(random), random);

    private static void Try(string name, Action<Lab, Func, Random> check)
    {
        var random = new Random(17);
        for (var i = 0; i < 3; i++)
        {
            var lab = new Lab();
            check(lab, Catalogue.Cases[name](lab), random);
        }
    }
}
