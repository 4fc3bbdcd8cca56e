using System.Runtime.CompilerServices;

namespace DrJax;

/// <summary>Transformations of functions. Derivatives are with respect to the first argument of f; they exist compiled only: the generator
/// replaces a call whose f is a method group or a static lambda, anywhere, and any call within a compiled program. <c>Vmap</c> and
/// <c>Checkpoint</c> run eagerly too.</summary>
public static partial class Autodiff
{
    /// <summary>x, through which no derivative flows.</summary>
    public static T StopGradient<T>(T x) => x;

    private static InvalidOperationException NotCompiled([CallerMemberName] string name = "") => new(
        $"{name} was not compiled, and there is no eager derivative. Either its function is not one the generator can see (a lambda that "
        + "captures, or a delegate in a variable): give it a method group or a static lambda, and pass what it captured as arguments. "
        + "Or the generator does not run, or its interceptors are off: reference the DrJax package as it is, without switching "
        + "interception off.");
}
