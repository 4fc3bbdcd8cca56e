using System.Globalization;

namespace DrJax;

/// <summary>What <see cref="Autodiff.CheckGrad{A, R}(Func{A, R}, A)"/> measured of a function's derivatives.</summary>
/// <param name="ForwardError">The greatest distance of a tangent's element from the difference quotient, relative to the greatest element of
/// its leaf (at least 1); 0 if the function has a reverse rule only.</param>
/// <param name="WorstLeaf">The leaf of the result with that error.</param>
/// <param name="ReverseError">The distance of ⟨Jᵀu, t⟩ from ⟨u, Jt⟩, relative to the sum of the magnitudes of their terms (at least 1).</param>
/// <param name="ForwardTolerance">The most that <paramref name="ForwardError"/> may be.</param>
/// <param name="ReverseTolerance">The most that <paramref name="ReverseError"/> may be.</param>
/// <param name="Reason">Where the tolerances come from.</param>
public sealed record GradientCheck(
    double ForwardError, string WorstLeaf, double ReverseError, double ForwardTolerance, double ReverseTolerance, string Reason)
{
    /// <summary>Whether both errors are within their tolerances (NaN is not).</summary>
    public bool Passed => ForwardError <= ForwardTolerance && ReverseError <= ReverseTolerance;

    /// <summary>The errors with their tolerances, and the reason of these.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"forward error {ForwardError:g3} in {WorstLeaf} (tolerance {ForwardTolerance:g1}), reverse error {ReverseError:g3} (tolerance {ReverseTolerance:g1}): {Reason}");
}

/// <summary>A derivative is not the one that difference quotients show.</summary>
public sealed class GradientCheckException : Exception
{
    /// <summary>The failure of a function's check.</summary>
    public GradientCheckException(string function, GradientCheck check) : base($"the derivative of {function} is wrong: {check}") => Check = check;

    /// <summary>What was measured.</summary>
    public GradientCheck Check { get; }
}
