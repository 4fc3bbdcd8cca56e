using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>A statement cannot be compiled: recorded where it is caught, and the next statement is tried, so that one build shows every
/// mistake.</summary>
internal sealed class Rejected(DiagnosticInfo diagnostic) : Exception
{
    public DiagnosticInfo Diagnostic { get; } = diagnostic;

    public Rejected(DiagnosticDescriptor descriptor, SyntaxNode at, params string[] arguments)
        : this(new DiagnosticInfo(descriptor.Id, LocationInfo.Of(at), arguments.ToEquatable()))
    {
    }

    public Rejected(DiagnosticDescriptor descriptor, Location at, params string[] arguments)
        : this(new DiagnosticInfo(descriptor.Id, LocationInfo.Of(at), arguments.ToEquatable()))
    {
    }
}

/// <summary>A value depends on something already rejected: nothing more is said.</summary>
internal sealed class Poisoned : Exception;

/// <summary>The user's code does not compile as C#: Roslyn says so, DrJax stays silent.</summary>
internal sealed class NotCSharp : Exception;

/// <summary>Two sizes turned out to be one: the program is compiled anew with that known.</summary>
internal sealed class SizeLearnt : Exception;
