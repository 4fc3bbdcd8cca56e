using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

public unsafe class SimdTests
{
    [Fact]
    public void Partial_accesses_touch_exactly_the_first_elements()
    {
        using var page = new GuardedPage();
        for (nint count = 1; count < 16; count++)
        {
            if (count < 8)
            {
                var p = page.LastElements<double>(count);
                Simd.StorePartial(p, Vector512.Create(2.0) + Simd.ToDouble(Simd.Iota8()), count);
                var lanes = Simd.LoadPartial(p, count);
                var strided = Simd.LoadStridedPartial(p + count - 1, -1, count);
                var ints = page.LastElements<int>(count);
                Simd.StoreInt8Partial(ints, Simd.Iota8() - Vector512.Create(3L), count);
                var wide = Simd.LoadInt8Partial(ints, count);
                for (var i = 0; i < 8; i++)
                {
                    Assert.Equal(i < count ? i - 3 : 0, wide[i]);
                }

                for (var i = 0; i < 8; i++)
                {
                    Assert.Equal(i < count ? 2.0 + i : 0, lanes[i]);
                    Assert.Equal(i < count ? 1.0 + count - i : 0, strided[i]);
                }
            }

            var q = page.LastElements<float>(count);
            Simd.StorePartial(q, Simd.ToSingle(Simd.Iota16()), count);
            var singles = Simd.LoadPartial(q, count);
            var stridedSingles = Simd.LoadStridedPartial(q + count - 1, -1, count);
            Simd.StoreInt16Partial((int*)q, Simd.Iota16(), count);
            var integers = Simd.LoadInt16Partial((int*)q, count);
            for (var i = 0; i < 16; i++)
            {
                Assert.Equal(i < count ? i : 0, singles[i]);
                Assert.Equal(i < count ? count - 1 - i : 0, stridedSingles[i]);
                Assert.Equal(i < count ? i : 0, integers[i]);
            }
        }
    }

    [Fact]
    public void Gathered_lanes_come_from_their_own_places_and_only_from_those()
    {
        using var page = new GuardedPage();
        var doubles = page.LastElements<double>(3);
        var (singles, ints) = (new float[] { 0, -1, -2 }, new[] { 0, -1, -2 });
        for (var i = 0; i < 3; i++)
        {
            doubles[i] = -i;
        }

        // With a count, what the other offsets point to is not touched.
        var (longs, far) = (Vector512.Create(2L, 0, 1, 2, 1, 0, 0, 1), Vector512.Create(2L, 0, 1, 1L << 40, 1L << 40, 1L << 40, 1L << 40, 1L << 40));
        var shorts = Vector512.Create(0, 1, 2, 2, 1, 0, 0, 1, 2, 0, 1, 2, 1, 1, 1, 2);
        var farInts = Vector512.ConditionalSelect(Vector512.LessThan(Simd.Iota16(), Vector512.Create(5)), shorts, Vector512.Create(int.MaxValue));
        fixed (float* f = singles)
        fixed (int* n = ints)
        {
            for (var j = 0; j < 16; j++)
            {
                Assert.Equal(-shorts[j], Simd.Gather(f, shorts)[j]);
                Assert.Equal(-shorts[j], Simd.GatherInt16(n, shorts)[j]);
                Assert.Equal(j < 5 ? -shorts[j] : 0, Simd.Gather(f, farInts, 5)[j]);
                Assert.Equal(j < 5 ? -shorts[j] : 0, Simd.GatherInt16(n, farInts, 5)[j]);
            }

            for (var j = 0; j < 8; j++)
            {
                Assert.Equal(-longs[j], Simd.Gather(doubles, longs)[j]);
                Assert.Equal(-longs[j], Simd.GatherInt8(n, longs)[j]);
                Assert.Equal(j < 3 ? -longs[j] : 0, Simd.Gather(doubles, far, 3)[j]);
                Assert.Equal(j < 3 ? -longs[j] : 0, Simd.GatherInt8(n, far, 3)[j]);
            }
        }

        Assert.Equal(Vector512.Create(0L, 0, 1, 2, 2, 2, 0, 0), Simd.Clamp(Vector512.Create(-5L, 0, 1, 2, 3, 99, 0, 0), 3));
        Assert.Equal(Vector512.Create(2), Simd.Clamp(Vector512.Create(7), 3));
    }

    [Fact]
    public void A_partial_store_leaves_what_follows()
    {
        var data = Enumerable.Repeat(-1.0, 8).ToArray();
        fixed (double* p = data)
        {
            Simd.StorePartial(p, Vector512<double>.One, 3);
        }

        Assert.Equal([1, 1, 1, -1, -1, -1, -1, -1], data);
    }

    [Fact]
    public void Bytes_become_masks_and_masks_bytes()
    {
        using var page = new GuardedPage();
        for (nint count = 1; count <= 16; count++)
        {
            var p = page.LastElements<bool>(count);
            for (var i = 0; i < count; i++)
            {
                p[i] = i % 3 == 0;
            }

            var mask16 = count == 16 ? Simd.LoadMask16(p) : Simd.LoadMask16Partial(p, count);
            for (var i = 0; i < 16; i++)
            {
                Assert.Equal(i < count && i % 3 == 0 ? -1 : 0, mask16.AsInt32()[i]);
                Assert.Equal(i < count && i % 3 == 0 ? 1 : 0, Simd.MaskToInt16(mask16)[i]);
            }

            new Span<bool>(p, (int)count).Fill(true);
            if (count == 16)
            {
                Simd.StoreMask16(p, mask16);
            }
            else
            {
                Simd.StoreMask16Partial(p, mask16, count);
            }

            Assert.All(Enumerable.Range(0, (int)count), i => Assert.Equal(i % 3 == 0 ? 1 : 0, ((byte*)page.LastElements<bool>(count))[i]));
            if (count > 8)
            {
                continue;
            }

            var mask8 = count == 8 ? Simd.LoadMask8(p) : Simd.LoadMask8Partial(p, count);
            for (var i = 0; i < 8; i++)
            {
                Assert.Equal(i < count && i % 3 == 0 ? -1L : 0, mask8.AsInt64()[i]);
                Assert.Equal(i < count && i % 3 == 0 ? 1 : 0, Simd.MaskToInt8(mask8)[i]);
            }

            new Span<bool>(p, (int)count).Fill(true);
            if (count == 8)
            {
                Simd.StoreMask8(p, mask8);
            }
            else
            {
                Simd.StoreMask8Partial(p, mask8, count);
            }

            Assert.All(Enumerable.Range(0, (int)count), i => Assert.Equal(i % 3 == 0 ? 1 : 0, ((byte*)page.LastElements<bool>(count))[i]));
        }
    }

    [Fact]
    public void Integers_and_strides_load_as_lanes()
    {
        var ints = Enumerable.Range(0, 48).Select(i => (i * 7) - 100).ToArray();
        var doubles = ints.Select(i => (double)i).ToArray();
        var singles = ints.Select(i => (float)i).ToArray();
        fixed (int* p = ints)
        fixed (double* d = doubles)
        fixed (float* s = singles)
        {
            for (var i = 0; i < 8; i++)
            {
                Assert.Equal(ints[i], Simd.LoadInt8(p)[i]);
                Assert.Equal(doubles[i], Simd.ToDouble(Simd.LoadInt8(p))[i]);
                Assert.Equal(doubles[3 * i], Simd.LoadStrided(d, 3)[i]);
                Assert.Equal((int)-2.7 - i, Simd.ToInt8(Vector512.Create(-2.7) - Simd.ToDouble(Simd.Iota8()))[i]);
            }

            for (var i = 0; i < 16; i++)
            {
                Assert.Equal(ints[i], Simd.LoadInt16(p)[i]);
                Assert.Equal(singles[3 * i], Simd.LoadStrided(s, 3)[i]);
            }

            var copy = stackalloc int[16];
            Simd.StoreInt8(copy, Simd.LoadInt8(p + 5));
            Assert.Equal(ints[5..13], new Span<int>(copy, 8).ToArray());
            Simd.StoreInt16(copy, Simd.LoadInt16(p + 5));
            Assert.Equal(ints[5..21], new Span<int>(copy, 16).ToArray());
        }
    }

    [Fact]
    public void Folds_follow_their_tree_and_propagate_nan()
    {
        var x = Vector512.Create(1e16, 1, -1e16, 3, 1e-3, 7, 2, -5);
        Assert.Equal(
            ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7])), Simd.Fold(x));
        Assert.Equal((1e16, -1e16), (Simd.FoldMax(x), Simd.FoldMin(x)));
        for (var lane = 0; lane < 8; lane++)
        {
            var broken = x.WithElement(lane, double.NaN);
            Assert.True(double.IsNaN(Simd.FoldMax(broken)) && double.IsNaN(Simd.FoldMin(broken)));
        }

        var y = Simd.ToSingle(Simd.Iota16());
        Assert.Equal((120f, 15f, 0f), (Simd.Fold(y), Simd.FoldMax(y), Simd.FoldMin(y)));
        for (var lane = 0; lane < 16; lane++)
        {
            var broken = y.WithElement(lane, float.NaN);
            Assert.True(float.IsNaN(Simd.FoldMax(broken)) && float.IsNaN(Simd.FoldMin(broken)));
        }
    }

    [Fact]
    public void Integer_lanes_fold_and_compare_as_32_bit_integers()
    {
        var x = Vector512.Create(3L, -8, 0, 12, int.MaxValue, -1, 5, int.MinValue);
        var y = Simd.Iota16() - Vector512.Create(9);
        Assert.Equal((unchecked(3 - 8 + 12 + int.MaxValue - 1 + 5 + int.MinValue), int.MaxValue, int.MinValue), (Simd.Fold(x), Simd.FoldMax(x), Simd.FoldMin(x)));
        Assert.Equal((-24, 6, -9), (Simd.Fold(y), Simd.FoldMax(y), Simd.FoldMin(y)));
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(ScalarMath.Sign((int)x[i]), VecMath.Sign(x)[i]);
            Assert.Equal(ScalarMath.Abs((int)x[i]), unchecked((int)VecMath.Abs(x)[i]));
            Assert.Equal(ScalarMath.Max((int)x[i], y[i]), VecMath.Max(x, Simd.LoadInt8((int*)&y))[i]);
            Assert.Equal(ScalarMath.Sign(y[i]), VecMath.Sign(y)[i]);
        }
    }

    [Fact]
    public void Any_sees_a_single_lane()
    {
        for (var i = 0; i < 8; i++)
        {
            Assert.True(Simd.Any(Vector512<long>.Zero.WithElement(i, -1).AsDouble()));
            Assert.True(Simd.Any(Vector512<int>.Zero.WithElement(i + 8, -1).AsSingle()));
        }

        Assert.False(Simd.Any(Vector512<double>.Zero));
        Assert.False(Simd.Any(Vector512<float>.Zero));
    }

    [Fact]
    public void Accumulators_fold_element_by_element()
    {
        const int count = 37;
        var (from, into) = ((nint)Arena.Rent<int>(count), (nint)Arena.Rent<int>(count));
        AssertFold(() => Accumulator.Add((int*)into, (int*)from, count), (x, y) => x + y);
        AssertFold(() => Accumulator.Max((int*)into, (int*)from, count), Math.Max);
        AssertFold(() => Accumulator.Min((int*)into, (int*)from, count), Math.Min);

        void AssertFold(Action fold, Func<int, int, int> expected)
        {
            for (var i = 0; i < count; i++)
            {
                (((int*)into)[i], ((int*)from)[i]) = (i, 36 - (2 * i));
            }

            fold();
            Assert.Equal(Enumerable.Range(0, count).Select(i => expected(i, 36 - (2 * i))), new Span<int>((int*)into, count).ToArray());
        }
    }

    [Fact]
    public void Accumulated_extrema_propagate_nan_in_vectors_and_tails()
    {
        double[] nan = [.. Enumerable.Repeat(double.NaN, 9)], one = [.. Enumerable.Repeat(1.0, 9)];
        fixed (double* into = one, from = nan)
        {
            Accumulator.Max(into, from, 9);
        }

        Assert.All(one, x => Assert.True(double.IsNaN(x)));
    }

    /// <summary>A page of memory followed, on Unix, by one that may not be touched.</summary>
    internal sealed class GuardedPage : IDisposable
    {
        private const nint Size = 4096;
        private const int ReadWrite = 3;
        private const int PrivateAnonymous = 0x22;

        private readonly byte* _start;
        private readonly bool _guarded = OperatingSystem.IsLinux();

        public GuardedPage()
        {
            if (!_guarded)
            {
                _start = (byte*)NativeMemory.AllocZeroed((nuint)Size);
                return;
            }

            _start = (byte*)MemoryMap(0, 2 * Size, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.NotEqual(-1, (nint)_start);
            Assert.Equal(0, Protect((nint)_start + Size, Size, 0));
        }

        public T* LastElements<T>(nint count)
            where T : unmanaged => (T*)(_start + Size) - count;

        public void Dispose()
        {
            if (_guarded)
            {
                _ = Unmap((nint)_start, 2 * Size);
            }
            else
            {
                NativeMemory.Free(_start);
            }
        }

        [DllImport("libc", EntryPoint = "mmap")]
        private static extern nint MemoryMap(nint address, nint length, int protection, int flags, int file, nint offset);

        [DllImport("libc", EntryPoint = "mprotect")]
        private static extern int Protect(nint address, nint length, int protection);

        [DllImport("libc", EntryPoint = "munmap")]
        private static extern int Unmap(nint address, nint length);
    }
}
