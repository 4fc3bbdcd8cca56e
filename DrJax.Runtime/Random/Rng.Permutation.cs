namespace DrJax;

public static partial class Rng
{
    /// <summary>0 .. n - 1 in random order: where the key's uniform numbers would be sorted. <c>x[Permutation(key, x.Length)]</c> shuffles,
    /// <c>Permutation(key, n)[..k]</c> chooses k of n without repetition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public static Vec<int> Permutation(Key key, int n) => Ops.ArgSort(Uniform<double>(key, n));
}
