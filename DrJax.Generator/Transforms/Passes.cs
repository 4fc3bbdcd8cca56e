using DrJax.Generator.Ir;

namespace DrJax.Generator.Transforms;

/// <summary>The ordered passes that make a program ready for lowering; the verifier runs after each.</summary>
internal sealed class Passes(Graph graph)
{
    public IReadOnlyList<(string Name, Func<Func, Func> Run)> List { get; } =
    [
        ("inline calls", f => new Inline(graph).Run(f)),
        ("prune", f => new Prune(graph).Run(f)),
        ("scatters that cannot collide", f => new UniqueScatters(graph).Run(f)),
        ("scatters into windows", f => new WindowScatters(graph).Run(f)),
        ("costly functions before repetition", f => new BeforeRepetition(graph).Run(f)),
        ("hoist out of maps", f => new Hoist(graph).Run(f)),
        ("sums of products", f => new Contractions(graph).Run(f)),
        ("merge maps of one level", f => new MergeMaps(graph).Run(f)),
        ("sums scaled by what comes later", f => new ScaledSums(graph).Run(f)),
        ("merge maps again", f => new MergeMaps(graph).Run(f)),
        ("linear maps after sums over groups", f => new LinearTails(graph).Run(f)),
        ("shared factors after sums over groups", f => new SharedFactors(graph).Run(f)),
        ("merge branches on one condition", f => new MergeBranches(graph).Run(f)),
        ("merge loops that carry alike", f => new MergeLoops(graph).Run(f)),
        ("sums in place", f => new SumsInPlace(graph).Run(f)),
        ("prune again", f => new Prune(graph).Run(f)),
    ];

    public Func Prepare(Func program)
    {
        Verifier.Verify(program);
        foreach (var (name, run) in List)
        {
            program = run(program);
            try
            {
                Verifier.Verify(program);
            }
            catch (IrException e)
            {
                throw new IrException($"after \"{name}\": {e.Message}");
            }
        }
        return program;
    }
}
