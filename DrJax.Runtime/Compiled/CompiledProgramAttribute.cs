using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>On the companion class of a program: the program as the compiler saw it.</summary>
/// <param name="version">The version of the printed form; another version's text cannot be read.</param>
/// <param name="ir">Placements, demands on sizes, libraries; an empty line; the printed MapReduce graph.</param>
[AttributeUsage(AttributeTargets.Class)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CompiledProgramAttribute(int version, string ir) : Attribute
{
    /// <summary>The version of the printed form.</summary>
    public int Version => version;

    /// <summary>The printed MapReduce graph.</summary>
    public string Ir => ir;
}

/// <summary>On an assembly: the names of its compiled methods, so that a referencing project finds the calls it can compile without binding every call.</summary>
/// <param name="methods">The simple names of the methods marked <see cref="DrJaxProgramAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CompiledProgramsAttribute(params string[] methods) : Attribute
{
    /// <summary>The simple names of the methods.</summary>
    public IReadOnlyList<string> Methods => methods;
}
