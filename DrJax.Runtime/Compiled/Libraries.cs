using System.ComponentModel;

namespace DrJax.Compiled;

/// <summary>Programs of other assemblies that have been compiled into this one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Libraries
{
    /// <summary>Makes sure that a library is the one whose graph was read when this assembly was built.</summary>
    /// <param name="program">The program, for the message.</param>
    /// <param name="loaded">The fingerprint that the loaded library states.</param>
    /// <param name="built">The fingerprint of the graph that was read.</param>
    /// <exception cref="InvalidOperationException">They differ: the library has changed since.</exception>
    public static void Require(string program, string loaded, string built)
    {
        if (loaded != built)
            throw new InvalidOperationException(
                $"'{program}' has changed since it was compiled into this assembly: the loaded library has the fingerprint {loaded}, expected {built}. Rebuild against the library that is loaded.");
    }
}
