namespace DrJax.Tests.Programs.Papers;

/// <summary>Arguments of the shapes that a paper's program has: odd multiples of 1/64, where steps cross no integer.</summary>
public sealed class Draw(Random random)
{
    public double Number => (2 * random.Next(-64, 64) + 1) / 64.0;

    public int Int(int below) => random.Next(below);

    public Vec<double> Vec(int n) => new([.. Enumerable.Range(0, n).Select(_ => Number)]);

    public Vec<int> Ints(int n, int below) => new([.. Enumerable.Range(0, n).Select(_ => Int(below))]);

    public Vec<bool> Bools(int n) => new([.. Enumerable.Range(0, n).Select(_ => Int(2) == 1)]);

    public Mat<double> Mat(int n, int m) => new([.. Enumerable.Range(0, n * m).Select(_ => Number)], n, m);

    public Tensor3<double> Tensor(int n, int m, int k) => Tensor3<double>.UnsafeWrap([.. Enumerable.Range(0, n * m * k).Select(_ => Number)], n, m, k);

    public Placed<T> Groups<T>(int count, Func<int, T> group) => Placed.Create<T>([.. Enumerable.Range(0, count).Select(group)]);
}
