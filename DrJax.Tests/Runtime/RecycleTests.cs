using System.Runtime.CompilerServices;
using DrJax.Compiled;
using Xunit;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Runtime;

/// <summary>Results given back, whose memory later results take. Tests have lengths of their own, for all share what waits; they hold the arrays, which a
/// collection takes otherwise.</summary>
public class RecycleTests
{
    [DrJaxProgram("groups")]
    internal static Placed<double> Twice(Placed<double> x) => Map(v => 2 * v, x);

    [DrJaxProgram("groups")]
    internal static (Vec<float> Sums, Placed<Vec<float>> Parts, double Scale) Parts(Vec<float> x, Placed<float> w) => (2f * x, Map(v => v * x, w), 3.0);

    internal readonly record struct State(Vec<double> Position, (Mat<double> Metric, int Steps) Rest) : IVectorSpace;

    [Fact]
    public void A_later_result_has_the_memory_and_its_own_elements()
    {
        var x = Placed.Rows(Build(20_011, i => (double)i));
        var first = Twice(x);
        var memory = first.Leaf<double>(0).Data;
        DrJaxRuntime.Recycle(first);
        memory.AsSpan().Fill(double.NaN);
        var second = Twice(x).Leaf<double>(0).Data;
        Assert.Same(memory, second);
        Assert.Equal(Enumerable.Range(0, 20_011).Select(i => 2.0 * i), second);
        Assert.NotSame(memory, Twice(x).Leaf<double>(0).Data);
    }

    [Fact]
    public void Results_of_several_arrays_are_given_back_as_one()
    {
        var (x, w) = (Build(30_011, i => 1f), Placed.Rows(Build(2, i => 1f)));
        var result = Parts(x, w);
        var memory = (result.Sums.Elements(), result.Parts.Leaf<float>(0).Data);
        DrJaxRuntime.Recycle(result);
        var next = Parts(x, w);
        Assert.Same(memory.Item1, next.Sums.Elements());
        Assert.Same(memory.Data, next.Parts.Leaf<float>(0).Data);
        Assert.All(next.Sums.ToArray(), v => Assert.Equal(2f, v));
    }

    [Fact]
    public void Records_and_tuples_give_back_their_arrays()
    {
        var (position, metric) = (new double[11_003], new double[110 * 101]);
        DrJaxRuntime.Recycle((new State(Vec<double>.UnsafeWrap(position), (Mat<double>.UnsafeWrap(metric, 110, 101), 3)), 1.0, true));
        Assert.Same(position, ResultMemory.Allocate<double>(11_003));
        Assert.Same(metric, ResultMemory.Allocate<double>(110 * 101));
    }

    [Fact]
    public void Arrays_are_taken_by_element_type_and_length()
    {
        var memory = new int[40_009];
        DrJaxRuntime.Recycle(Vec<int>.UnsafeWrap(memory));
        Assert.NotSame(memory, (Array)ResultMemory.Allocate<float>(40_009));
        Assert.NotSame(memory, (Array)ResultMemory.Allocate<uint>(40_009));
        Assert.NotSame(memory, ResultMemory.Allocate<int>(40_008));
        Assert.Same(memory, ResultMemory.Allocate<int>(40_009));
        Assert.NotSame(memory, ResultMemory.Allocate<int>(40_009));
    }

    [Fact]
    public void Small_arrays_and_views_are_left_to_the_collector()
    {
        var (small, large) = (new double[10_007], new double[50_021]);
        DrJaxRuntime.Recycle((Vec<double>.UnsafeWrap(small), Vec<double>.UnsafeWrap(large)[1..], Vec<double>.UnsafeWrap(large)[..50_020], default(Vec<double>), 2.0));
        Assert.NotSame(small, ResultMemory.Allocate<double>(10_007));
        Assert.NotSame(large, ResultMemory.Allocate<double>(50_021));
    }

    [Fact]
    public void An_array_that_is_in_a_value_several_times_is_taken_once()
    {
        var memory = new double[12_007];
        var x = Vec<double>.UnsafeWrap(memory);
        DrJaxRuntime.Recycle((x, x, Placed.Rows(x)));
        DrJaxRuntime.Recycle(x);
        Assert.Same(memory, ResultMemory.Allocate<double>(12_007));
        Assert.NotSame(memory, ResultMemory.Allocate<double>(12_007));
    }

    [Fact]
    public void A_placed_value_given_back_says_so_where_it_is_read()
    {
        var (x, other) = (Twice(Placed.Rows(Build(20_021, i => 1.0))), Twice(Placed.Rows(Build(20_021, i => 1.0))));
        var pair = Placed.Zip(x, x);
        DrJaxRuntime.Recycle(x);
        foreach (var read in new Action[] { () => _ = x[0], () => _ = x.Leaf<double>(0).Data, () => Twice(x), () => _ = pair[3], () => _ = x.Take(1), () => _ = x == other, () => _ = $"{x}" })
        {
            var error = Assert.Throws<ObjectDisposedException>(read);
            Assert.StartsWith("the placed value was given back by DrJaxRuntime.Recycle; its memory may be another result's by now", error.Message, StringComparison.Ordinal);
        }
        // Nothing is left to give back.
        DrJaxRuntime.Recycle((x, pair));
    }

    [Fact]
    public void Values_without_structure_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => DrJaxRuntime.Recycle<Placed<double>>(null!));
        Assert.Throws<ArgumentException>(() => DrJaxRuntime.Recycle("text"));
    }

    [Fact]
    public void Of_too_many_the_oldest_are_dropped()
    {
        var many = Enumerable.Range(0, 40).Select(i => new double[13_001 + i]).ToArray();
        foreach (var array in many) DrJaxRuntime.Recycle(Vec<double>.UnsafeWrap(array));
        Assert.NotSame(many[0], ResultMemory.Allocate<double>(many[0].Length));
        Assert.NotSame(many[20], ResultMemory.Allocate<double>(many[20].Length));
        Assert.Same(many[39], ResultMemory.Allocate<double>(many[39].Length));
    }

    [Fact]
    public void Too_large_the_oldest_are_dropped()
    {
        // 640 MB each, never touched.
        var (one, other) = (GC.AllocateUninitializedArray<double>(80_000_003), GC.AllocateUninitializedArray<double>(80_000_009));
        DrJaxRuntime.Recycle((Vec<double>.UnsafeWrap(one), Vec<double>.UnsafeWrap(other)));
        Assert.Null(RecycledArrays.Take<double>(one.Length));
        Assert.Same(other, RecycledArrays.Take<double>(other.Length));
    }

    [Fact]
    public void What_waits_is_the_collectors()
    {
        Give();
        GC.Collect();
        Assert.Null(RecycledArrays.Take<double>(14_009));

        // Apart, so that no local keeps the array.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Give() => DrJaxRuntime.Recycle(Vec<double>.UnsafeWrap(new double[14_009]));
    }

    [Fact]
    public void No_array_is_two_threads_at_once() => Parallel.For(0, 8, thread =>
    {
        for (var i = 0; i < 200; i++)
        {
            var array = ResultMemory.Allocate<int>(23_003);
            array.AsSpan().Fill(thread);
            Assert.False(array.AsSpan().ContainsAnyExcept(thread));
            DrJaxRuntime.Recycle(Vec<int>.UnsafeWrap(array));
        }
    });
}

internal static class RecycledElements
{
    public static T[]? Elements<T>(this Vec<T> x) where T : unmanaged => ((INdArray<T>)x).Array;
}
