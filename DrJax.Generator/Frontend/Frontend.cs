using System.Collections.Immutable;
using DrJax.Generator.Ir;
using DrJax.Generator.Reuse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace DrJax.Generator.Frontend;

/// <summary>A compiled program, or null, and what there is to say about its source.</summary>
internal sealed record FrontendResult(Program? Program, EquatableArray<DiagnosticInfo> Diagnostics) : IResult
{
    bool IResult.IsFound => Program is not null;

    public static FrontendResult Nothing { get; } = new(null, []);
}

/// <summary>The entries of the compiler. Mistakes of the user come back as diagnostics; only cancellation is thrown.</summary>
internal static class Frontend
{
    /// <summary>More equations than a program has sizes cannot be learnt one by one.</summary>
    private const int MostAttempts = 2000;

    /// <summary>The program of an attributed method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="compilation">Its compilation.</param>
    /// <param name="cancellation">From Roslyn.</param>
    /// <param name="around">What the program is a part of.</param>
    /// <param name="withDiagnostics">Whether the diagnostics matter too, and so where they point at.</param>
    public static FrontendResult CompileMethod(IMethodSymbol method, Compilation compilation, CancellationToken cancellation, Footprint? around = null,
        bool withDiagnostics = false)
    {
        var syntax = method.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).FirstOrDefault();
        var at = syntax is MethodDeclarationSyntax declaration ? declaration.Identifier.GetLocation() : method.Locations.FirstOrDefault() ?? Location.None;
        return syntax is null ? Compile(new Footprint(ProjectState.Of(compilation)))
            : ProjectState.Of(compilation).Get(syntax, nameof(CompileMethod), Compile, around, withDiagnostics);

        FrontendResult Compile(Footprint footprint) =>
            Attempt(method.Name, at, compilation, session => new Entry(session).OfMethod(method, at), footprint, cancellation);
    }

    /// <summary>The program of a closed call of Grad, ValueAndGrad, Jvp, Vjp, Hvp, Hessian or Jacobian: its parameters are the call's data
    /// arguments.</summary>
    /// <remarks>No program and no diagnostic for a call that only an enclosing program can give a meaning (open types, a placement of its
    /// caller).</remarks>
    public static FrontendResult CompileCall(IInvocationOperation call, Compilation compilation, CancellationToken cancellation, Footprint? around = null,
        bool withDiagnostics = false)
    {
        if (!CallEntry.IsDerivative(call.TargetMethod)) return FrontendResult.Nothing;
        var state = ProjectState.Of(compilation);
        // Calls that ask for the same share the answer, unless there is more to say, which is said of each.
        if (CallEntry.IdentityOf(call) is { } identity && state.Get(identity, nameof(CompileCall), Compile, around) is var shared
            && (!withDiagnostics || shared.Diagnostics.Count == 0)) return shared;
        return state.Get(call.Syntax, nameof(CompileCall), Compile, around, withDiagnostics);

        FrontendResult Compile(Footprint footprint)
        {
            var result = Attempt(call.TargetMethod.Name, call.Syntax.GetLocation(), compilation, session => new CallEntry(session).OfCall(call), footprint, cancellation);
            return result.Diagnostics.Any(d => d.Id == Diagnostics.NoPlacement.Id) ? FrontendResult.Nothing : result;
        }
    }

    /// <summary>The derivative program of a companion; null if nothing in the program is floating.</summary>
    public static Program? CompileDerivative(Program program, DerivativeKind kind) => DerivativeProgram.Of(program, kind);

    private static bool IsAsDeclared(Program program) =>
        program.Result.Leaves.Select(l => (l.Element, l.Rank)).SequenceEqual(program.Function.Results.Select(r => (r.Type.Element, r.Type.Rank)));

    /// <summary>What an entry compiles to, compiled anew whenever sizes were learnt. A mistake of DrJax itself is told at <paramref name="at"/>.</summary>
    internal static FrontendResult Attempt(string name, Location at, Compilation compilation, Func<Session, Program?> compile, Footprint footprint,
        CancellationToken cancellation)
    {
        var result = Attempts(name, at, compilation, compile, footprint, cancellation);
        foreach (var diagnostic in result.Diagnostics) footprint.AddPositions(diagnostic.Location.Path);
        return result;
    }

    private static FrontendResult Attempts(string name, Location at, Compilation compilation, Func<Session, Program?> compile, Footprint footprint,
        CancellationToken cancellation)
    {
        ProjectState.Of(compilation).CountRun();
        var sizes = new Sizes();
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            sizes.Restart();
            var session = new Session(compilation, sizes, footprint, cancellation);
            Program? program = null;
            try
            {
                program = compile(session);
            }
            catch (SizeLearnt)
            {
                continue;
            }
            catch (NotCSharp)
            {
                return FrontendResult.Nothing;
            }
            catch (Rejected rejected)
            {
                session.Report(rejected.Diagnostic);
            }
            catch (Poisoned)
            {
                if (!session.HasErrors) session.Report(Internal("a value is missing"));
            }
            catch (Exception mistake) when (mistake is not OperationCanceledException)
            {
                session.Report(Internal(mistake.Message));
            }
            // Where C# itself found an error (a conversion that does not exist), the value may be of another type than the signature says.
            if (program is not null && !IsAsDeclared(program)) return FrontendResult.Nothing;
            if (program is not null) program = program with { Libraries = session.Libraries.OrderBy(l => l.Companion, StringComparer.Ordinal).ToEquatable() };
            return new FrontendResult(session.HasErrors ? null : program, session.Diagnostics.ToEquatable());
        }
        return new FrontendResult(null, [Internal("its sizes cannot be solved")]);

        DiagnosticInfo Internal(string message) => new(Diagnostics.Internal.Id, LocationInfo.Of(at), [name, message]);
    }
}
