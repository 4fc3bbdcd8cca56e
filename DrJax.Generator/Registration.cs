using System.Collections.Immutable;
using DrJax.Generator.Backends;
using DrJax.Generator.Interception;
using DrJax.Generator.Ir;

namespace DrJax.Generator;

/// <summary>What the assembly says of itself: the names of its programs, and the structures that the runtime is told of when the assembly loads.</summary>
internal sealed record Registration(EquatableArray<string> Methods, EquatableArray<Composite> Structures)
{
    public static Registration Of(ImmutableArray<ProgramModel> programs, ImmutableArray<InterceptedCall> calls, ImmutableArray<Composite> spaces)
    {
        var signatures = programs.Select(p => p.Program.Value).Concat(calls.Select(c => c.Derivative?.Program.Value).OfType<Program>());
        var structures = signatures.SelectMany(p => p.Parameters.Select(q => q.Type).Append(p.Result)).Concat(spaces).SelectMany(HostStructures.Within);
        return new(
            programs.Select(p => p.Name).Distinct().ToEquatable(),
            structures.GroupBy(s => s.CSharp).Select(g => g.First()).OrderBy(s => s.CSharp, StringComparer.Ordinal).ToEquatable());
    }

    public ProgramCode Code => Methods.Count + Structures.Count == 0
        ? ProgramCode.Nothing
        : ProgramCode.Nothing with { FileName = $"{Host.Namespace}.Registration.g.cs", Text = HostStructures.Emit(Methods, Structures) };
}
