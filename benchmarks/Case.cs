namespace DrJax.Benchmarks;

/// <summary>A case by name; its data is made when its turn comes.</summary>
/// <param name="Name">What is computed, with its sizes and precision.</param>
/// <param name="Create">Makes the data.</param>
/// <param name="Groups">The size of the placement, if there is one.</param>
internal sealed record Entry(string Name, Func<Case> Create, int Groups = 1);

/// <summary>One computation by DrJax and by its peers, on the same data.</summary>
/// <param name="Compiled">DrJax's.</param>
/// <param name="Work">What any implementation has to do.</param>
internal sealed record Case(Contestant Compiled, Work Work)
{
    /// <summary>The function whose gradient <see cref="Compiled"/> takes.</summary>
    internal Contestant? Objective { get; init; }

    /// <summary>Those that are there on this machine.</summary>
    internal IReadOnlyList<Contestant> Peers { get; init; } = [];

    /// <summary>The largest difference from a peer that is allowed, relative to the largest element of the result.</summary>
    internal double Tolerance { get; init; } = 1e-10;

    /// <exception cref="InvalidOperationException">DrJax and a peer differ by more than the tolerance.</exception>
    internal void Compare(string name)
    {
        if (Peers.Count == 0) return;
        var ours = Compiled.Numbers();
        foreach (var peer in Peers)
        {
            var theirs = peer.Numbers();
            if (ours.Length != theirs.Length)
                throw new InvalidOperationException($"{name}: {ours.Length} numbers, {theirs.Length} by {peer.Name}");
            var largest = theirs.Max(Math.Abs);
            for (var i = 0; i < theirs.Length; i++)
                if (!(Math.Abs(ours[i] - theirs[i]) <= Tolerance * largest))
                    throw new InvalidOperationException($"{name}: number {i} is {ours[i]:R}, by {peer.Name} {theirs[i]:R}; the largest is {largest:R}");
        }
    }
}

/// <summary>What a computation cannot do without: the floor is the time that the machine takes for the one or for the other, whichever is longer.</summary>
/// <param name="Flops">Additions and multiplications, by the formula that the case gives; a transcendental function counts as
/// <see cref="Transcendental"/>.</param>
/// <param name="Bytes">What is read and written, each datum once.</param>
/// <param name="Single">Whether it is computed in float32.</param>
internal readonly record struct Work(double Flops, double Bytes, bool Single = false)
{
    /// <summary>An exponential, a logarithm, a sine: a polynomial of about 15 multiply-adds.</summary>
    internal const double Transcendental = 30;
}
