using System.Collections.Immutable;
using DrJax.Generator.Interception;

namespace DrJax.Generator;

/// <summary>
/// Makes the code of all programs at once, on all processors: Roslyn asks for one after the other. What was made before is there already, so that after
/// an edit only what changed is made.
/// </summary>
/// <remarks>It says nothing (all are equal), so no step that waits for it runs anew because of it.</remarks>
internal sealed record Ahead
{
    public static Ahead Of((ImmutableArray<CompanionModel> Companions, ImmutableArray<DerivativeModel> Derivatives) models, CancellationToken cancellation)
    {
        Action[] work = [.. models.Companions.Select(m => (Action)(() => m.Code(cancellation))), .. models.Derivatives.Select(m => (Action)(() => m.Code(cancellation)))];
        Parallel.ForEach(work, new ParallelOptions { CancellationToken = cancellation }, make => make());
        return new();
    }
}
