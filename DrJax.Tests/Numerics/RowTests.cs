using System.Runtime.Intrinsics;
using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

/// <summary>Rows that lanes read from places of their own, turned into lanes.</summary>
public unsafe class RowTests
{
    private const int Rows = 5, MostColumns = 13;

    public static TheoryData<int> Columns => [.. Enumerable.Range(2, MostColumns - 1)];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Rows_become_lanes_and_nothing_else_is_read(int columns)
    {
        using var page = new SimdTests.GuardedPage();
        var room = stackalloc double[8 * MostColumns];
        // The last row ends where memory does.
        var doubles = page.LastElements<double>(Rows * columns);
        for (var i = 0; i < Rows * columns; i++) doubles[i] = i;
        var (offsets, far) = (Vector512.Create(4L, 0, 3, 1, 4, 2, 2, 0) * columns, Vector512.Create(4L * columns, 0, 3 * columns, 1L << 40, 1L << 40, 1L << 40, 1L << 40, 1L << 40));
        Agree(Simd.Rows(doubles, offsets, columns, room), 8, columns, j => offsets[j]);
        Agree(Simd.Rows(doubles, far, columns, room, 3), 8, columns, j => j < 3 ? far[j] : 0);
        Agree(Simd256.Rows(doubles, offsets.GetLower(), columns, room), 4, columns, j => offsets[j]);
        Agree(Simd256.Rows(doubles, far.GetLower(), columns, room, 3), 4, columns, j => j < 3 ? far[j] : 0);
        if (columns < 4) return;

        var singlesRoom = stackalloc float[16 * MostColumns];
        var singles = page.LastElements<float>(Rows * columns);
        for (var i = 0; i < Rows * columns; i++) singles[i] = i;
        var shorts = Vector512.Create(4, 0, 3, 1, 4, 2, 2, 0, 1, 1, 3, 4, 0, 2, 4, 3) * columns;
        var farInts = Vector512.ConditionalSelect(Vector512.LessThan(Simd.Iota16(), Vector512.Create(5)), shorts, Vector512.Create(int.MaxValue));
        Agree(Simd.Rows(singles, shorts, columns, singlesRoom), 16, columns, j => shorts[j]);
        Agree(Simd.Rows(singles, farInts, columns, singlesRoom, 5), 16, columns, j => j < 5 ? farInts[j] : 0);
        Agree(Simd256.Rows(singles, shorts.GetLower(), columns, singlesRoom), 8, columns, j => shorts[j]);
        Agree(Simd256.Rows(singles, farInts.GetLower(), columns, singlesRoom, 5), 8, columns, j => j < 5 ? farInts[j] : 0);
    }

    private static void Agree(double* lanes, int count, int columns, Func<int, long> offset)
    {
        for (var k = 0; k < columns; k++)
            for (var j = 0; j < count; j++) Assert.Equal(offset(j) + k, lanes[(count * k) + j]);
    }

    private static void Agree(float* lanes, int count, int columns, Func<int, long> offset)
    {
        for (var k = 0; k < columns; k++)
            for (var j = 0; j < count; j++) Assert.Equal(offset(j) + k, lanes[(count * k) + j]);
    }
}
