namespace DrJax;

/// <summary>
/// The counted loops that are written in this static method keep little for the reverse derivative: a loop of T iterations is differentiated in about
/// √T blocks of about √T iterations, of which one at a time is computed again on the way back.
/// </summary>
/// <remarks>
/// Where an iteration carries c numbers to the next and computes s costly ones (products, transcendental functions), the reverse derivative of a loop
/// keeps T (c + s) numbers; of a loop in this method it keeps √T c + √T (c + s), for one more evaluation of the loop. Loops whose number of iterations
/// is not known before they start (<c>while</c>) and the methods that this one calls are not changed; a single expression is recomputed by
/// <see cref="Autodiff.Checkpoint{A, R}(Func{A, R}, A)"/>. Values and forward derivatives are the same, at the same cost.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckpointAttribute : Attribute
{
}
