using DrJax.Generator.Ir;

namespace DrJax.Generator.Frontend;

/// <summary>Equations of sizes, solved for one of them or by taking quotients to be exact.</summary>
internal sealed partial class Sizes
{
    /// <summary>Quotients by which larger sizes are expressed: of n = 2*(n / 2) the n inside stays what it is.</summary>
    private readonly HashSet<string> quotients = [];

    /// <summary>What makes a difference zero: values for some of its sizes; none if nothing can be told.</summary>
    private List<(Atom Atom, Dim Value)> Solutions(Dim difference) =>
        Solution(difference) is { } one ? [one] : Exactness(difference);

    /// <summary>
    /// The difference as p*factor + rest gives p = -rest / factor where that is a polynomial. Of the sizes that it can be solved for, the one
    /// declared last, preferably without dividing: earlier parameters give their names to later ones.
    /// </summary>
    private (Atom, Dim)? Solution(Dim difference)
    {
        var found = new List<(Atom Atom, Dim Value, bool IsPlain)>();
        foreach (var atom in difference.Terms.SelectMany(t => t.Atoms).Where(a => a.Operation is null).Distinct())
        {
            var (factor, rest) = difference.Split(atom);
            // A common factor is not what makes sides differ.
            if (rest.IsConstant(0)) continue;
            if (factor.Atoms.Contains(atom) || rest.Atoms.Contains(atom) || Dim.Exact(-rest, factor) is not { } value) continue;
            // A size of the whole program is no group's: it is the group's that is learnt.
            if (!atom.IsRagged && value.IsRagged) continue;
            found.Add((atom, value, factor.AsConstant is 1 or -1));
        }
        return found.Count == 0 ? null : found.OrderByDescending(f => f.IsPlain).ThenByDescending(f => declared.IndexOf(f.Atom.Name)).Select(f => (f.Atom, f.Value)).First();
    }

    /// <summary>
    /// heads*(n / heads) is n, and n % heads is 0, where heads divides n. Quotients are taken to be exact if the equation then holds: sizes are
    /// not negative, so it holds in no other way.
    /// </summary>
    private List<(Atom, Dim)> Exactness(Dim difference)
    {
        var exact = difference.Terms.SelectMany(t => t.Atoms).Select(Exact).OfType<(Atom Whole, Atom Quotient, Dim Value)>().Distinct().ToList();
        foreach (var trial in exact.Select(e => new[] { e }).Append([.. exact.GroupBy(e => e.Whole).Select(g => g.First())]))
        {
            var rest = difference.Substitute(atom => exact.Any(e => e.Quotient.Equals(atom)) ? Dim.Of(atom) : trial.FirstOrDefault(e => e.Whole.Equals(atom)).Value);
            if (trial.Length == 0 || !rest.IsConstant(0)) continue;
            quotients.UnionWith(trial.Select(e => e.Quotient.Name));
            return [.. trial.Select(e => (e.Whole, e.Value))];
        }
        return [];
    }

    /// <summary>What a quotient or remainder is of (a size of the program, or such a quotient itself), the quotient, and the whole by it. Groups' own
    /// sizes are left alone.</summary>
    private (Atom Whole, Atom Quotient, Dim Value)? Exact(Atom atom)
    {
        if (atom is not { Operation: "/" or "%", Left.Terms: [{ Factor: 1, Atoms: [{ IsRagged: false } whole] }], Right: { IsRagged: false } divisor }
            || whole.Operation is not null && !quotients.Contains(whole.Name)
            || (Dim.Of(whole) / divisor).Terms is not [{ Factor: 1, Atoms: [var quotient] }]) return null;
        return (whole, quotient, divisor * Dim.Of(quotient));
    }
}
