using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>The kernel for a single row of C, as wide as registers allow: what a product of a vector and a matrix is made of.</content>
internal static unsafe partial class GemmKernels<T>
{
    /// <summary>One row of TVectors vectors.</summary>
    [MethodImpl(Optimized)]
    private static void Row<TVectors, TPartial>(nint k, T* a, nint aCol, T* b, nint bRow, T* c, nint last, bool accumulate)
        where TVectors : unmanaged
        where TPartial : unmanaged
    {
        var mask = First(last);
        Vector512<T> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        do
        {
            var x = Vector512.Create(*a);
            if (sizeof(TVectors) > 0)
            {
                c0 = Fma(x, LoadOf<TVectors, TPartial>(b, 0, mask), c0);
            }

            if (sizeof(TVectors) > 1)
            {
                c1 = Fma(x, LoadOf<TVectors, TPartial>(b, 1, mask), c1);
            }

            if (sizeof(TVectors) > 2)
            {
                c2 = Fma(x, LoadOf<TVectors, TPartial>(b, 2, mask), c2);
            }

            if (sizeof(TVectors) > 3)
            {
                c3 = Fma(x, LoadOf<TVectors, TPartial>(b, 3, mask), c3);
            }

            if (sizeof(TVectors) > 4)
            {
                c4 = Fma(x, LoadOf<TVectors, TPartial>(b, 4, mask), c4);
            }

            if (sizeof(TVectors) > 5)
            {
                c5 = Fma(x, LoadOf<TVectors, TPartial>(b, 5, mask), c5);
            }

            if (sizeof(TVectors) > 6)
            {
                c6 = Fma(x, LoadOf<TVectors, TPartial>(b, 6, mask), c6);
            }

            if (sizeof(TVectors) > 7)
            {
                c7 = Fma(x, LoadOf<TVectors, TPartial>(b, 7, mask), c7);
            }

            a += aCol;
            b += bRow;
        }
        while (--k > 0);

        if (sizeof(TVectors) > 0)
        {
            Finish(c + (0 * Vector512<T>.Count), c0, sizeof(TVectors) == 1 ? last : Vector512<T>.Count, accumulate);
        }

        if (sizeof(TVectors) > 1)
        {
            Finish(c + (1 * Vector512<T>.Count), c1, sizeof(TVectors) == 2 ? last : Vector512<T>.Count, accumulate);
        }

        if (sizeof(TVectors) > 2)
        {
            Finish(c + (2 * Vector512<T>.Count), c2, sizeof(TVectors) == 3 ? last : Vector512<T>.Count, accumulate);
        }

        if (sizeof(TVectors) > 3)
        {
            Finish(c + (3 * Vector512<T>.Count), c3, sizeof(TVectors) == 4 ? last : Vector512<T>.Count, accumulate);
        }

        if (sizeof(TVectors) > 4)
        {
            Finish(c + (4 * Vector512<T>.Count), c4, sizeof(TVectors) == 5 ? last : Vector512<T>.Count, accumulate);
        }

        if (sizeof(TVectors) > 5)
        {
            Finish(c + (5 * Vector512<T>.Count), c5, sizeof(TVectors) == 6 ? last : Vector512<T>.Count, accumulate);
        }

        if (sizeof(TVectors) > 6)
        {
            Finish(c + (6 * Vector512<T>.Count), c6, sizeof(TVectors) == 7 ? last : Vector512<T>.Count, accumulate);
        }

        if (sizeof(TVectors) > 7)
        {
            Finish(c + (7 * Vector512<T>.Count), c7, sizeof(TVectors) == 8 ? last : Vector512<T>.Count, accumulate);
        }
    }

    [MethodImpl(Inline)]
    private static void Finish(T* c, Vector512<T> sum, nint count, bool accumulate)
    {
        if (count == Vector512<T>.Count)
        {
            (accumulate ? Vector512.Load(c) + sum : sum).Store(c);
        }
        else
        {
            StorePartial(c, accumulate ? LoadPartial(c, count) + sum : sum, count);
        }
    }

    [MethodImpl(Inline)]
    private static Vector512<T> LoadOf<TVectors, TPartial>(T* row, int vector, Vector512<T> mask)
        where TVectors : unmanaged
        where TPartial : unmanaged
    {
        row += vector * Vector512<T>.Count;
        return vector + 1 == sizeof(TVectors) ? LoadLast<TPartial>(row, mask) : Vector512.Load(row);
    }
}
