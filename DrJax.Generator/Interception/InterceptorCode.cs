using System.Collections.Immutable;
using DrJax.Generator.Backends;

namespace DrJax.Generator.Interception;

/// <summary>
/// The interceptors of a project: the calls whose target was compiled, grouped by target. With programs off only derivatives are left, which do not
/// exist otherwise.
/// </summary>
internal static class InterceptorCode
{
    public static ProgramCode Of(ImmutableArray<InterceptedCall> calls, ImmutableArray<ProgramCode> compiled, bool areProgramsOn)
    {
        var known = new HashSet<string>(compiled.Where(c => c.Failure is null).Select(c => c.Class));
        var groups = calls
            .Where(c => areProgramsOn || c.IsCompiledOnly)
            .Where(c => c.IsElsewhere || known.Contains(c.Target.Class))
            .GroupBy(c => c.Target).Select(g => (g.Key, g.AsEnumerable())).ToArray();
        return groups.Length == 0
            ? ProgramCode.Nothing
            : ProgramCode.Nothing with { FileName = $"{Host.Namespace}.Interceptors.g.cs", Text = HostInterceptors.Emit(groups) };
    }
}
