using DrJax.Generator.Backends;
using DrJax.Generator.Backends.Cpu;
using DrJax.Generator.Backends.Ilgpu;
using DrJax.Generator.Frontend;
using DrJax.Generator.Interception;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator;

/// <summary>A generated file.</summary>
/// <param name="FileName">Unique in the project.</param>
/// <param name="Text">The C# text; empty if there is nothing to say or the compiler failed.</param>
/// <param name="Class">The class that interceptors call, as generated code writes it.</param>
/// <param name="Subject">What it was made for, as the user knows it.</param>
/// <param name="Failure">What went wrong inside the compiler: a mistake of DrJax, never of its user.</param>
internal sealed record ProgramCode(string FileName, string Text, string Class, string Subject, string? Failure)
{
    /// <summary>The failure as users are told of it; null if there is none.</summary>
    public Diagnostic? Problem => Failure is null ? null : Diagnostic.Create(Diagnostics.Internal, Location.None, Subject, Failure);

    public static ProgramCode Nothing { get; } = new("", "", "", "", null);

    public static ProgramCode Of(CompanionModel companion, CancellationToken cancellation)
    {
        var model = companion.Program;
        return Guarded($"{(model.Namespace.Length == 0 ? "" : model.Namespace + ".")}{model.Companion}.g.cs", model.QualifiedCompanion, model.Method,
            () => HostCompanion.Emit(model, Members(model, companion.HasDerivatives, companion.Devices, cancellation)));
    }

    public static ProgramCode Of(DerivativeModel model, CancellationToken cancellation) => Guarded(
        $"{Host.Namespace}.{model.Class}.g.cs", $"global::{Host.Namespace}.{model.Class}", model.Summary.Value,
        () => HostDerivative.Emit(model, [.. GuardClass(model.Class, model.Summary.Value, model.Program.Value, model.Devices),
            Classes(model.Class, model.Summary.Value, model.Program.Value, model.Devices, guard: GuardCall(model.Class, model.Program.Value))]));

    private static IReadOnlyList<CompiledMember> Members(ProgramModel model, bool hasDerivatives, bool devices, CancellationToken cancellation)
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
            (string Class, string Devices)[] texts =
            [
                .. member == program ? GuardClass(stem, model.Method, program, devices) : [],
                Classes(className, $"{model.Method}: {name}", member, devices, isPrinted: member == program, GuardCall(stem, program)),
            ];
            return new(name, member, className, string.Join("\n\n", texts.Select(t => t.Class)), string.Join("\n", texts.Select(t => t.Devices).Where(d => d.Length > 0)));
        }
    }

    /// <summary>The class that refuses a program's arguments by their values, if anything does.</summary>
    private static IEnumerable<(string Class, string Devices)> GuardClass(string stem, string summary, Program program, bool devices) =>
        program.GuardProgram() is { } guard ? [Classes(stem + "_Guard", $"{summary}: what it refuses", guard, devices, refuses: program.Guard)] : [];

    private static string? GuardCall(string stem, Program program) => program.Guard is null ? null
        : $"{stem}_Guard.Refuse({string.Join(", ", program.Parameters.Select(p => Spelling.Identifier(p.Name)))});";

    /// <summary>A program's class, and that of its device code: the program with each group's number of rows, which all of them see.</summary>
    private static (string Class, string Devices) Classes(
        string className, string summary, Program program, bool devices, bool isPrinted = false, string? guard = null, Guard? refuses = null)
    {
        var opened = Lower.Open(program);
        var lowered = Lower.Program(opened);
        return Host.Emit(className, summary, opened, CpuBackend.Emit(lowered), devices ? IlgpuBackend.Emit(lowered) : null, isPrinted, guard, refuses);
    }

    /// <summary>Where the steps of a program run on devices, a line each.</summary>
    public static string Plan(Program program) => string.Join("\n",
    [
        .. program.GuardProgram() is { } guard ? Steps(guard).Select(line => "  " + line).Prepend("first what is refused by its values, which is read back:") : [],
        .. Steps(program),
    ]);

    private static IReadOnlyList<string> Steps(Program program) => IlgpuBackend.Emit(Lower.Program(Lower.Open(program))).Plan;

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
