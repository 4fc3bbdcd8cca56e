using System.Reflection;
using Xunit;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>Sizes that do not meet and indices that are outside: compiled programs throw what eager ones do, in the same words.</summary>
public class ErrorTextTests
{
    public static class Calls
    {
        [DrJaxProgram] public static double Dots(Vec<double> x, Vec<double> y) => Dot(x, y);

        [DrJaxProgram] public static Vec<double> Sums(Vec<double> x, Vec<double> y) => x + y;

        [DrJaxProgram] public static Mat<double> Differences(Mat<double> x, Mat<double> y) => x - y;

        [DrJaxProgram] public static Mat<double> RowsOf(Mat<double> x, Vec<double> y) => x * y;

        [DrJaxProgram] public static Vec<double> Maxima(Vec<double> x, Vec<double> y) => Max(x, y);

        [DrJaxProgram] public static Vec<bool> Comparisons(Vec<double> x, Vec<double> y) => x < y;

        [DrJaxProgram] public static Vec<double> Choices(Vec<bool> c, Vec<double> x, Vec<double> y) => Where(c, x, y);

        [DrJaxProgram] public static Mat<double> Products(Mat<double> x, Mat<double> y) => MatMul(x, y);

        [DrJaxProgram] public static Vec<double> Applied(Mat<double> x, Vec<double> y) => MatMul(x, y);

        [DrJaxProgram] public static Vec<double> AppliedLeft(Vec<double> x, Mat<double> y) => MatMul(x, y);

        [DrJaxProgram] public static Tensor3<double> Batches(Tensor3<double> x, Tensor3<double> y) => MatMul(x, y);

        [DrJaxProgram] public static Vec<double> BatchDots(Mat<double> x, Mat<double> y) => BatchDot(x, y);

        [DrJaxProgram] public static Mat<double> Reshaped(Vec<double> x, int n, int m) => Reshape(x, n, m);

        [DrJaxProgram] public static Mat<double> Joined(Mat<double> x, Mat<double> y) => Concat(x, y);

        [DrJaxProgram] public static Mat<double> Stacked(Vec<double> x, Vec<double> y) => Stack(x, y);

        [DrJaxProgram] public static double Element(Vec<double> x, int i) => x[i];

        [DrJaxProgram] public static double Third(Vec<double> x) => x[0] + x[2] + x[1];

        [DrJaxProgram] public static double Last(Vec<double> x) => x[^2];

        [DrJaxProgram] public static double Entry(Mat<double> x, int i, int j) => x[i, j];

        [DrJaxProgram] public static double Computed(Vec<double> x, Vec<double> at) => x[(int)at[0]];

        [DrJaxProgram] public static double Looped(Vec<double> x, int n)
        {
            var s = 0.0;
            for (var i = 0; i < n; i++) s += x[i];
            return s;
        }

        [DrJaxProgram] public static Vec<double> Built(Vec<double> x, int n) => Build(n, i => 2 * x[i]);

        [DrJaxProgram] public static double Summed(Vec<double> x, int n) => Sum(n, i => x[i + 1]);

        [DrJaxProgram] public static Mat<double> Taken(Mat<double> x, Vec<int> at) => Take(x, at, 1);

        [DrJaxProgram] public static Vec<double> Indexed(Vec<double> x, Vec<int> at) => x[at];

        [DrJaxProgram] public static Vec<double> Gathered(Mat<double> x, Vec<int> i, Vec<int> j) => Gather(x, i, j);

        [DrJaxProgram] public static Vec<double> Scattered(Vec<double> x, Vec<int> at, Vec<double> y) => ScatterAdd(x, at, y);

        [DrJaxProgram] public static Vec<double> Replaced(Vec<double> x, int i) => x.With(i, 1.0);

        [DrJaxProgram] public static Vec<double> ReplacedRange(Vec<double> x, int n, Vec<double> y) => x.With(..n, y);

        [DrJaxProgram] public static Mat<double> ReplacedRow(Mat<double> x, Vec<double> y) => x.With(1, y);

        [DrJaxProgram] public static Vec<double> Head(Vec<double> x, int n) => x[..n];

        [DrJaxProgram] public static Vec<double> Tail(Vec<double> x, int n) => x[n..];

        [DrJaxProgram] public static Vec<double> Middle(Vec<double> x, int from, int to) => x[from..to];

        [DrJaxProgram] public static Mat<double> Columns(Mat<double> x, int n) => x[.., ..n];

        [DrJaxProgram] public static Vec<double> Filled(int n) => Zeros<double>(n);

        [DrJaxProgram] public static Vec<double> BuiltFrom(int n) => Build(n, i => 1.0 * i);

        [DrJaxProgram] public static Vec<double> Counted(int n) => Iota<double>(n);

        [DrJaxProgram] public static Vec<double> Padded(Vec<double> x, int n) => Pad(x, n, 0);

        [DrJaxProgram] public static Vec<double> Repeated(Vec<double> x, int n) => Repeat(x, n);

        [DrJaxProgram] public static Vec<double> Spaced(int n) => Linspace(0.0, 1, n);

        [DrJaxProgram] public static double Greatest(Vec<double> x) => Max(x);

        [DrJaxProgram] public static Vec<double> GreatestOfColumns(Mat<double> x) => Max(x, axis: 0);

        [DrJaxProgram] public static double Least(Vec<double> x) => Min(x);

        [DrJaxProgram] public static int Place(Vec<double> x) => ArgMax(x);

        [DrJaxProgram] public static double GreatestOf(int n) => Max(n, i => 1.0 * i);

        [DrJaxProgram] public static double Middling(Vec<double> x) => Median(x);

        [DrJaxProgram] public static (Vec<double>, Vec<int>) Top(Vec<double> x, int k) => TopK(x, k);

        [DrJaxProgram] public static Mat<double> Factors(Mat<double> x) => Cholesky(x);

        [DrJaxProgram] public static Vec<double> Solved(Mat<double> x, Vec<double> y) => Solve(x, y);

        [DrJaxProgram] public static Mat<double> Contracted(Mat<double> x, Mat<double> y) => EinsumMat("ij,jk->ik", x, y);

        [DrJaxProgram] public static Mat<double> Convolved(Mat<double> x, Tensor3<double> y) => Conv1D(x, y);

        [DrJaxProgram] public static Vec<double> Steps(Vec<double> x) => Diff(x);

        [DrJaxProgram] public static double Concatenated(Vec<double> x, Vec<double> y) => Dot((Vec<double>)[.. x, 1], y);

        [DrJaxProgram("c")] public static double InGroups(Vec<double> w, Placed<Vec<double>> x) => ReduceSum(Map(x => Dot(w, x), x));

        [DrJaxProgram("c")] public static double IndexInGroups(Placed<Vec<double>> x) => ReduceSum(Map(x => x[2], x));
    }

    private static readonly Vec<double> One = [1], Three = [1, 2, 3], Four = [1, 2, 3, 4];

    private static Vec<double> None => default;

    private static readonly Mat<double> TwoByThree = Ones<double>(2, 3), ThreeByTwo = Ones<double>(3, 2);

    private static readonly (string Call, object[] Arguments)[] Wrong =
    [
        (nameof(Calls.Dots), [Three, Four]),
        (nameof(Calls.Sums), [Three, Four]),
        (nameof(Calls.Differences), [TwoByThree, ThreeByTwo]),
        (nameof(Calls.Differences), [TwoByThree, Ones<double>(2, 4)]),
        (nameof(Calls.RowsOf), [TwoByThree, Four]),
        (nameof(Calls.Maxima), [Three, Four]),
        (nameof(Calls.Comparisons), [Three, Four]),
        (nameof(Calls.Choices), [(Vec<bool>)[true], Three, Three]),
        (nameof(Calls.Choices), [(Vec<bool>)[true, false, true], Three, Four]),
        (nameof(Calls.Products), [TwoByThree, TwoByThree]),
        (nameof(Calls.Applied), [TwoByThree, Four]),
        (nameof(Calls.AppliedLeft), [Four, TwoByThree]),
        (nameof(Calls.Batches), [Ones<double>(2, 3, 4), Ones<double>(3, 4, 5)]),
        (nameof(Calls.Batches), [Ones<double>(2, 3, 4), Ones<double>(2, 3, 5)]),
        (nameof(Calls.BatchDots), [TwoByThree, ThreeByTwo]),
        (nameof(Calls.BatchDots), [TwoByThree, Ones<double>(4, 3)]),
        (nameof(Calls.Reshaped), [Three, 2, 2]),
        (nameof(Calls.Reshaped), [Four, -2, -2]),
        (nameof(Calls.Joined), [TwoByThree, ThreeByTwo]),
        (nameof(Calls.Stacked), [Three, Four]),
        (nameof(Calls.Element), [Three, 3]),
        (nameof(Calls.Element), [Three, -1]),
        (nameof(Calls.Third), [(Vec<double>)[1, 2]]),
        (nameof(Calls.Third), [None]),
        (nameof(Calls.Last), [One]),
        (nameof(Calls.Entry), [TwoByThree, 2, 1]),
        (nameof(Calls.Entry), [TwoByThree, 1, 3]),
        (nameof(Calls.Entry), [TwoByThree, 1, -3]),
        (nameof(Calls.Computed), [Three, (Vec<double>)[3.5]]),
        (nameof(Calls.Computed), [Three, (Vec<double>)[-3.5]]),
        (nameof(Calls.Looped), [Three, 5]),
        (nameof(Calls.Built), [Three, 5]),
        (nameof(Calls.Summed), [Three, 3]),
        (nameof(Calls.Taken), [TwoByThree, (Vec<int>)[0, 3, 5]]),
        (nameof(Calls.Indexed), [Three, (Vec<int>)[0, -3, 5]]),
        (nameof(Calls.Gathered), [TwoByThree, (Vec<int>)[0, 2], (Vec<int>)[0, 1]]),
        (nameof(Calls.Gathered), [TwoByThree, (Vec<int>)[0, 1], (Vec<int>)[0]]),
        (nameof(Calls.Scattered), [Three, (Vec<int>)[0, 5], (Vec<double>)[1, 2]]),
        (nameof(Calls.Scattered), [Three, (Vec<int>)[0, 1], One]),
        (nameof(Calls.Replaced), [Three, 3]),
        (nameof(Calls.ReplacedRange), [Three, 2, Three]),
        (nameof(Calls.ReplacedRange), [Three, 4, Four]),
        (nameof(Calls.ReplacedRow), [TwoByThree, Four]),
        (nameof(Calls.ReplacedRow), [Ones<double>(1, 3), Three]),
        (nameof(Calls.Head), [Three, 4]),
        (nameof(Calls.Head), [Three, -1]),
        (nameof(Calls.Tail), [Three, 4]),
        (nameof(Calls.Tail), [Three, -2]),
        (nameof(Calls.Middle), [Three, 2, 1]),
        (nameof(Calls.Middle), [Three, 2, 5]),
        (nameof(Calls.Columns), [TwoByThree, 4]),
        (nameof(Calls.Filled), [-1]),
        (nameof(Calls.BuiltFrom), [-2]),
        (nameof(Calls.Counted), [-3]),
        (nameof(Calls.Padded), [Three, -1]),
        (nameof(Calls.Repeated), [Three, -1]),
        (nameof(Calls.Spaced), [-1]),
        (nameof(Calls.Greatest), [None]),
        (nameof(Calls.GreatestOfColumns), [Ones<double>(0, 3)]),
        (nameof(Calls.Least), [None]),
        (nameof(Calls.Place), [None]),
        (nameof(Calls.GreatestOf), [0]),
        (nameof(Calls.Middling), [None]),
        (nameof(Calls.Top), [Three, 4]),
        (nameof(Calls.Top), [Three, -1]),
        (nameof(Calls.Factors), [TwoByThree]),
        (nameof(Calls.Solved), [TwoByThree, Three]),
        (nameof(Calls.Solved), [Ones<double>(2, 2), Three]),
        (nameof(Calls.Contracted), [TwoByThree, TwoByThree]),
        (nameof(Calls.Convolved), [TwoByThree, Ones<double>(2, 3, 1)]),
        (nameof(Calls.Convolved), [TwoByThree, Ones<double>(2, 2, 5)]),
        (nameof(Calls.Steps), [None]),
        (nameof(Calls.Concatenated), [Three, Three]),
        (nameof(Calls.InGroups), [Three, Placed.Rows(TwoByThree[.., ..2])]),
        (nameof(Calls.IndexInGroups), [Placed.Rows(ThreeByTwo)]),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Wrong.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Compiled_it_is_told_as_eagerly(int row)
    {
        var (name, arguments) = Wrong[row];
        var twin = new Twin(typeof(Calls).GetMethod(name, BindingFlags.Static | BindingFlags.Public)!);
        var (eager, compiled) = (Assert.ThrowsAny<Exception>(() => twin.Eager(arguments)), Assert.ThrowsAny<Exception>(() => twin.Forward(arguments)));
        Assert.Equal($"{eager.GetType().Name}: {eager.Message}", $"{compiled.GetType().Name}: {compiled.Message}");
    }
}
