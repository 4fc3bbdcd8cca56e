using System.Globalization;
using DrJax.Generator.Ir;

namespace DrJax.Generator.Frontend;

/// <summary>
/// What is known of a program's sizes. The IR wants equal sizes spelled alike, so a size learnt to equal another replaces it, and the
/// program is
/// compiled anew (<see cref="SizeLearnt"/>); that they are equal is checked when the program is called.
/// </summary>
internal sealed partial class Sizes
{
    private readonly Dictionary<string, Dim> known = [];
    private readonly List<string> declared = [];
    private readonly List<Requirement> equalities = [];
    private readonly List<Requirement> bounds = [];
    private readonly List<Requirement> refusals = [];
    private readonly HashSet<string> ragged = [];

    /// <summary>What is to be checked at entry: first what the user's code checks; of several constant bounds on one size, those that those before leave open.</summary>
    public EquatableArray<Requirement> Requirements => equalities.Where(e => e.Refusal is not null).Concat(refusals).Concat(equalities.Where(e => e.Refusal is null)).Concat(Needed())
        .ToEquatable();

    private IEnumerable<Requirement> Needed()
    {
        var greatest = new Dictionary<(Dim, RequirementKind), long>();
        foreach (var bound in bounds.Distinct())
        {
            if (bound.Left.AsConstant is not { } least)
            {
                yield return bound;
                continue;
            }
            var key = (bound.Right, bound.Kind);
            if (greatest.TryGetValue(key, out var before) && before >= least) continue;
            greatest[key] = least;
            yield return bound;
        }
    }

    /// <summary>Starts a compilation with what the earlier ones learnt.</summary>
    public void Restart()
    {
        declared.Clear();
        bounds.Clear();
        refusals.Clear();
    }

    /// <summary>The size named <paramref name="name"/>, as its equal if it has one.</summary>
    public Dim Symbol(string name)
    {
        if (!declared.Contains(name)) declared.Add(name);
        return Resolve(Dim.Symbol(name));
    }

    /// <summary>Demands that two sizes be equal. False if they never are; null if nothing can replace the other.</summary>
    /// <param name="message">The text of the exception, {0} and {1} for the sizes.</param>
    /// <param name="refusal">What the user's code throws if they are not.</param>
    /// <param name="failure">What eager code throws if they are not.</param>
    /// <exception cref="SizeLearnt">They are from now on.</exception>
    public bool? Equate(Dim a, Dim b, string message, Refusal? refusal = null, Refusal? failure = null)
    {
        var difference = a - b;
        if (difference.AsConstant is { } constant) return constant == 0;
        if (Solutions(difference) is not { Count: > 0 } solutions) return null;
        equalities.Add(new Requirement(a, b, message) { Refusal = refusal, Failure = failure });
        foreach (var (atom, value) in solutions)
        {
            var known = Dim.Of(atom);
            // An equation of products also holds where a factor is 0: what is learnt of it is demanded beside it.
            if (difference != known - value && difference != value - known)
                equalities.Add(new Requirement(known, value, $"{Text(message, a, b).Replace("{", "{{").Replace("}", "}}")}: {atom} is {{0}}, {value} is {{1}}") { Refusal = refusal });
            this.known[atom.Name] = value;
        }
        throw new SizeLearnt();
    }

    /// <summary>Demands <paramref name="least"/> ≤ <paramref name="most"/>. False if it never holds.</summary>
    /// <param name="where">1 where it must hold, 0 where it need not, as sizes tell; null if it cannot be demanded at entry.</param>
    /// <param name="failure">What eager code throws if it does not hold.</param>
    public bool AtMost(Dim least, Dim most, string message, Dim? where, RequirementKind kind, Refusal? failure = null)
    {
        if (where?.IsConstant(0) == true) return true;
        var slack = most - least;
        if (slack.AsConstant is { } constant) return constant >= 0;
        // Times 1 it is the inequality itself, times 0 it holds.
        if (where is not null && !slack.IsNonNegative) bounds.Add(new Requirement(least * where, most * where, message, kind) { Failure = failure });
        return true;
    }

    /// <summary>Demands what the user's code demands of sizes. False if it never holds.</summary>
    public bool Refuse(Dim left, Dim right, RequirementKind kind, Refusal refusal)
    {
        if ((right - left).AsConstant is { } slack) return kind switch { RequirementKind.Equal => slack == 0, RequirementKind.Different => slack != 0, _ => slack >= 0 };
        if (kind == RequirementKind.LessOrEqual && (right - left).IsNonNegative) return true;
        if (kind == RequirementKind.Equal && Equate(left, right, "", refusal) is { } known) return known;
        refusals.Add(new Requirement(left, right, "", kind) { Refusal = refusal });
        return true;
    }

    /// <summary>Whether the groups of the placed value at a path were learnt to differ in their number of rows.</summary>
    public bool IsRagged(string path) => ragged.Contains(path);

    /// <summary>The groups of the placed value at a path may differ in their number of rows.</summary>
    /// <exception cref="SizeLearnt">They may from now on.</exception>
    public void MakeRagged(string path)
    {
        if (ragged.Add(path)) throw new SizeLearnt();
    }

    public static string Text(string message, Dim a, Dim b) => string.Format(CultureInfo.InvariantCulture, message, a, b);

    /// <summary>The name of a placement that the program's attribute does not name.</summary>
    public string PlacementName(string provisional) => placementNames.TryGetValue(provisional, out var name) ? name : provisional;

    /// <summary>A placement without a name of its own is called as the program calls it that takes its values.</summary>
    /// <exception cref="SizeLearnt">From now on.</exception>
    public void NamePlacement(string provisional, string name)
    {
        placementNames[provisional] = name;
        throw new SizeLearnt();
    }

    private readonly Dictionary<string, string> placementNames = [];

    private Dim Resolve(Dim dim) => dim.Substitute(atom => known.TryGetValue(atom.Name, out var value) ? Resolve(value) : quotients.Contains(atom.Name) ? Dim.Of(atom) : null);
}
