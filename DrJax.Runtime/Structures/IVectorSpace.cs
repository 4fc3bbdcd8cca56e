using System.Diagnostics.CodeAnalysis;

namespace DrJax;

/// <summary>Marks a positional record of scalars, arrays, tuples and such records as a vector space: it gets <c>+</c>, <c>-</c>, and
/// <c>*</c> and <c>/</c> by a scalar, leaf by leaf (see <see cref="VectorSpace"/>).</summary>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "A marker: the members live in the runtime.")]
public interface IVectorSpace;
