namespace DrJax.Generator.Interception;

/// <summary>A call that can run compiled.</summary>
/// <param name="Attribute">The interceptor's attribute, made by Roslyn from the file's content and the call's position.</param>
/// <param name="Display">File and line, for readers.</param>
/// <param name="Target">What replaces it.</param>
/// <param name="IsElsewhere">Whether the target is a companion in a referenced assembly.</param>
/// <param name="Graph">The graph that <paramref name="Target"/> returns, if it is one.</param>
/// <param name="Derivative">The program that <paramref name="Target"/> runs, if it is made for calls like this one rather than for a method.</param>
internal sealed record InterceptedCall(string Attribute, string Display, Target Target, bool IsElsewhere, DerivativeModel? Derivative, GraphModel? Graph = null)
{
    /// <summary>Whether the call has no meaning uncompiled.</summary>
    public bool IsCompiledOnly => Derivative is not null || Graph is not null;
}
