using System.Reflection;
using Xunit;

namespace DrJax.Tests.Runtime;

/// <summary>The heads of derivatives, called by reflection, so that no call is compiled.</summary>
public class AutodiffHeadsTests
{
    public static TheoryData<string> Heads => ["Grad", "ValueAndGrad", "ValueAndGradAux", "Jvp", "Vjp", "Hvp", "Hessian", "Jacobian", "JacFwd", "JacRev", "CheckGrad"];

    [Theory, MemberData(nameof(Heads))]
    public void A_head_has_one_overload_for_each_arity_and_says_that_it_was_not_compiled(string name)
    {
        var overloads = typeof(Autodiff).GetMethods().Where(m => m.Name == name).ToArray();
        // One for each arity and each type of result that the head tells apart.
        var functions = overloads.Select(m => m.GetParameters()[0].ParameterType.GetGenericArguments());
        foreach (var kind in functions.GroupBy(f => f[^1].IsGenericParameter ? "" : f[^1].Name))
            Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9], kind.Select(f => f.Length).Order());
        foreach (var overload in overloads)
        {
            var head = overload.MakeGenericMethod([.. overload.GetGenericArguments().Select(_ => typeof(double))]);
            var types = head.GetParameters().Select(p => p.ParameterType);
            var arguments = types.Select(type => type.IsValueType ? Activator.CreateInstance(type) : null).ToArray();
            var outer = Assert.Throws<TargetInvocationException>(() => head.Invoke(null, arguments));
            var thrown = Assert.IsType<InvalidOperationException>(outer.InnerException);
            Assert.StartsWith($"{name} was not compiled", thrown.Message);
            Assert.Contains("static lambda", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void StopGradient_is_the_identity() => Assert.Equal((1, 2.0), Autodiff.StopGradient((1, 2.0)));
}
