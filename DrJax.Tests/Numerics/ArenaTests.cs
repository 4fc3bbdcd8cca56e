using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

public unsafe class ArenaTests
{
    [Fact]
    public void Rents_are_aligned_apart_and_reused_after_release() => OnOwnThread(() =>
    {
        var mark = Arena.Mark();
        var random = new Random(4);
        var rents = new List<(nint Start, int Length)>();
        for (var i = 0; i < 400; i++)
        {
            var length = random.Next(0, 20_000);
            var p = Arena.Rent(length);
            Assert.Equal(0, (nint)p % 64);
            new Span<byte>(p, length).Fill((byte)i);
            rents.Add(((nint)p, length));
        }

        for (var i = 0; i < rents.Count; i++)
        {
            Assert.Equal(-1, new Span<byte>((byte*)rents[i].Start, rents[i].Length).IndexOfAnyExcept((byte)i));
        }

        Arena.Release(mark);
        Assert.Equal(rents[0].Start, (nint)Arena.Rent(1));
    });

    [Fact]
    public void What_was_rented_before_a_larger_rent_stays_valid() => OnOwnThread(() =>
    {
        var small = Arena.Rent<int>(1);
        *small = 42;
        var mark = Arena.Mark();
        for (var i = 0; i < 10; i++)
        {
            new Span<byte>(Arena.Rent(3 << 20), 3 << 20).Fill(1);
            Arena.Release(mark);
            new Span<byte>(Arena.Rent(30 << 20), 30 << 20).Fill(2);
            Arena.Release(mark);
        }

        Assert.Equal(42, *small);
    });

    [Fact]
    public void Steady_rents_allocate_no_managed_memory() => OnOwnThread(() =>
    {
        Arena.Rent(1);
        Assert.Equal(0, Allocation.Bytes(() =>
        {
            var mark = Arena.Mark();
            Arena.Rent(100_000);
            Arena.Rent<double>(1_000);
            Arena.Release(mark);
        }));
    });

    [Fact]
    public void A_negative_size_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => _ = (nint)Arena.Rent(-1));

    private static void OnOwnThread(Action test)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                test();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
