namespace DrJax;

/// <summary>States the shape of an array: an int is a fixed length, a string names a length that is the same wherever the name
/// occurs.</summary>
/// <param name="dims">One entry for each axis, e.g. <c>[Shape("rows", 3)]</c>.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.ReturnValue)]
public sealed class ShapeAttribute(params object[] dims) : Attribute
{
    /// <summary>One entry for each axis: an int or a name.</summary>
    public IReadOnlyList<object> Dims => dims;
}
