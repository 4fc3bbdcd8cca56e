using DrJax.Generator.Backends;
using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Frontend;
using DrJax.Generator.Interception;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;

namespace DrJax.Generator;

/// <summary>A generated file.</summary>
/// <param name="FileName">Unique in the project.</param>
/// <param name="Text">The C# text; empty if there is nothing to say or the compiler failed.</param>
/// <param name="Class">The class that interceptors call, as generated code writes it.</param>
/// <param name="Subject">What it was made for, as the user knows it.</param>
/// <param name="Failure">What went wrong inside the compiler: a mistake of DrJax, never of its user.</param>
internal sealed record ProgramCode(string FileName, string Text, string Class, string Subject, string? Failure)
{
    public static ProgramCode Nothing { get; } = new("", "", "", "", null);

    public static ProgramCode Of(CompanionModel companion, CancellationToken cancellation)
    {
        var model = companion.Program;
        return Guarded($"{(model.Namespace.Length == 0 ? "" : model.Namespace + ".")}{model.Companion}.g.cs", model.QualifiedCompanion, model.Method,
            () => HostCompanion.Emit(model, Members(model, companion.HasDerivatives, cancellation)));
    }

    public static ProgramCode Of(DerivativeModel model, CancellationToken cancellation) => Guarded(
        $"{Host.Namespace}.{model.Class}.g.cs", $"global::{Host.Namespace}.{model.Class}", model.Summary.Value,
        () => HostDerivative.Emit(model, [.. GuardClass(model.Class, model.Summary.Value, model.Program.Value),
            WithCore(model.Program.Value, (program, core) => Host.Emit(model.Class, model.Summary.Value, program, core, guard: GuardCall(model.Class, model.Program.Value)))]));

    private static IReadOnlyList<CompiledMember> Members(ProgramModel model, bool hasDerivatives, CancellationToken cancellation)
    {
        var program = model.Program.Value;
        List<CompiledMember> members = [Member("Forward", program)];
        if (!hasDerivatives) return members;
        foreach (var kind in new[] { DerivativeKind.Jvp, DerivativeKind.Vjp })
            if (Frontend.Frontend.CompileDerivative(program, kind) is { } derivative) members.Add(Member(kind.ToString(), derivative));
        return members;

        CompiledMember Member(string name, Program member)
        {
            cancellation.ThrowIfCancellationRequested();
            var stem = $"{model.Namespace.Replace('.', '_')}_{model.Companion}".TrimStart('_');
            var className = $"{stem}_{name}";
            string[] guard = member == program ? [.. GuardClass(stem, model.Method, program)] : [];
            var own = WithCore(member, (opened, core) => Host.Emit(className, $"{model.Method}: {name}", opened, core, isPrinted: member == program, GuardCall(stem, program)));
            return new(name, member, className, string.Join("\n\n", guard.Append(own)));
        }
    }

    /// <summary>The class that refuses a program's arguments by their values, if anything does.</summary>
    private static IEnumerable<string> GuardClass(string stem, string summary, Program program) => program.GuardProgram() is not { } guard ? []
        : [WithCore(guard, (opened, core) => Host.Emit(stem + "_Guard", $"{summary}: what it refuses", opened, core, refuses: program.Guard))];

    private static string? GuardCall(string stem, Program program) => program.Guard is null ? null
        : $"{stem}_Guard.Refuse({string.Join(", ", program.Parameters.Select(p => Spelling.Identifier(p.Name)))});";

    /// <summary>The text of a program with what computes it, both of which see each group's number of rows.</summary>
    private static string WithCore(Program program, Func<Program, CoreCode, string> emit)
    {
        var opened = Lower.Open(program);
        return emit(opened, CpuBackend.Emit(Lower.Program(opened)));
    }

    private static ProgramCode Guarded(string fileName, string @class, string subject, Func<string> emit)
    {
        try
        {
            return new(fileName, emit(), @class, subject, null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(fileName, "", @class, subject, $"{e.GetType().Name}: {e.Message} {Where(e)}");
        }
    }

    /// <summary>The innermost methods of DrJax that threw, for the report.</summary>
    private static string Where(Exception e) => string.Join(" ", (e.StackTrace ?? "").Split('\n')
        .Select(frame => frame.Trim().Split([" in "], StringSplitOptions.None)[0])
        .Where(frame => frame.Contains("DrJax.")).Take(3));
}
