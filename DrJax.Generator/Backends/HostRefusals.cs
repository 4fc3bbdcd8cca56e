using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>The exceptions that the user's code throws at a program's entry.</summary>
internal static class HostRefusals
{
    /// <summary>A demand on sizes that throws an exception of its own.</summary>
    public static string Require(Requirement requirement, Spelling names)
    {
        var comparison = requirement.Kind switch { RequirementKind.Equal => "!=", RequirementKind.Different => "==", _ => ">" };
        return $"if ({HostSizes.Expression(requirement.Left, names)} {comparison} {HostSizes.Expression(requirement.Right, names)}) {Statement(requirement.Thrown!, names, _ => throw new IrException("a demand on sizes shows a value"))}";
    }

    /// <summary>The member of a guard's class that throws what the guard decides on.</summary>
    public static string Refuse(Program program, Guard guard, Spelling names)
    {
        var details = guard.Function.Results.Length - 1;
        string[] locals = [.. Enumerable.Range(0, details).Select(k => names.Fresh($"detail{k}"))];
        var code = names.Fresh("refusal");
        var call = $"Call({string.Join(", ", program.Parameters.Select(p => Spelling.Identifier(p.Name)))})";
        var arguments = new HostArguments(program, names, guard.Refusals.SelectMany(r => r.Holes).SelectMany(h => h.Size?.Atoms ?? []).Select(a => a.Name));
        return Code.Text($$"""
            /// <summary>Throws where the program's own code would.</summary>
            internal static void Refuse({{Host.Parameters(program)}})
            {
                {{(details == 0 ? $"var {code} = {call};" : $"var ({string.Join(", ", locals.Prepend(code))}) = {call};")}}
                if ({{code}} == 0) return;
                {{arguments.Bindings}}
                switch ({{code}})
                {
                    {{guard.Refusals.Select((r, i) => $"case {i + 1}: {Statement(r, names, k => locals[k])}{(r.Statement.StartsWith("throw ", StringComparison.Ordinal) ? "" : " break;")}")}}
                }
            }
            """);
    }

    private static string Statement(Refusal refusal, Spelling names, Func<int, string> detail)
    {
        var (text, next) = (refusal.Statement, 0);
        for (var k = 0; k < refusal.Holes.Count; k++)
        {
            var hole = refusal.Holes[k];
            var value = hole.Size is { } size ? (hole.IsText ? HostSizes.Expression(size, names) : HostSizes.Int(size, names)) : hole.Element switch
            {
                ElementType.Float64 => detail(next++),
                ElementType.Bool => $"({detail(next++)} != 0)",
                _ => $"({Spelling.Element(hole.Element)}){detail(next++)}",
            };
            text = text.Replace(Refusal.Place(k), value.All(c => char.IsLetterOrDigit(c) || c == '_') ? value : $"({value})");
        }
        return text;
    }
}
