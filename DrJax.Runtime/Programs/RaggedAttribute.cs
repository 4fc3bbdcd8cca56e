namespace DrJax;

/// <summary>The groups of a placed parameter may differ in their number of rows: the length of axis 0 of its arrays, which the arrays of one
/// group share.</summary>
/// <remarks>Inside <c>Map</c> each group sees its own rows only, so that a mean over them is right; in memory groups are padded to the longest
/// one.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class RaggedAttribute : Attribute;
