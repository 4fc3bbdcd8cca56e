using DrJax.Tests.Programs.Language;
using Xunit;
using static DrJax.Autodiff;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

public class CheckpointedMamlTests
{
    [Fact]
    public void A_checkpointed_inner_step_gives_the_meta_gradient_that_a_plain_one_does()
    {
        var w = Build(5, i => Math.Sin(1 + i));
        var x = Placed.Create<Vec<double>>([.. Enumerable.Range(0, 17).Select(g => Build(5, i => Math.Cos(3 * g + i)))]);
        var (kept, again) = (Grad(Checkpoints.PlainMeta, w, 0.3, x), Grad(Checkpoints.Meta, w, 0.3, x));
        // The same operations, some of them twice: at most the order of sums differs.
        Assert.Equal(0, Norm(kept - again), 1e-14);
        Assert.Equal(0, Norm(Hvp(Checkpoints.PlainMeta, w, w, 0.3, x) - Hvp(Checkpoints.Meta, w, w, 0.3, x)), 1e-13);
    }
}
