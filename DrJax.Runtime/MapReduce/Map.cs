using System.Runtime.CompilerServices;

namespace DrJax;

public static partial class MapReduce
{
    /// <summary>f of each group's values, for every group. Eagerly the groups run in order.</summary>
    /// <exception cref="ArgumentException">The numbers of groups differ, or f's results have different shapes.</exception>
    /// <exception cref="MapException">f threw; the group's index and what it threw are inside.</exception>
    public static Placed<R> Map<A, R>(Func<A, R> f, Placed<A> a)
        => Run(i => f(a[i]), a);

    /// <inheritdoc cref="Map{A, R}(Func{A, R}, Placed{A})"/>
    public static Placed<R> Map<A, B, R>(Func<A, B, R> f, Placed<A> a, Placed<B> b)
        => Run(i => f(a[i], b[i]), a, b);

    /// <inheritdoc cref="Map{A, R}(Func{A, R}, Placed{A})"/>
    public static Placed<R> Map<A, B, C, R>(Func<A, B, C, R> f, Placed<A> a, Placed<B> b, Placed<C> c)
        => Run(i => f(a[i], b[i], c[i]), a, b, c);

    /// <inheritdoc cref="Map{A, R}(Func{A, R}, Placed{A})"/>
    public static Placed<R> Map<A, B, C, D, R>(Func<A, B, C, D, R> f, Placed<A> a, Placed<B> b, Placed<C> c, Placed<D> d)
        => Run(i => f(a[i], b[i], c[i], d[i]), a, b, c, d);

    /// <inheritdoc cref="Map{A, R}(Func{A, R}, Placed{A})"/>
    public static Placed<R> Map<A, B, C, D, G, R>(Func<A, B, C, D, G, R> f, Placed<A> a, Placed<B> b, Placed<C> c, Placed<D> d, Placed<G> g)
        => Run(i => f(a[i], b[i], c[i], d[i], g[i]), a, b, c, d, g);

    /// <inheritdoc cref="Map{A, R}(Func{A, R}, Placed{A})"/>
    public static Placed<R> Map<A, B, C, D, G, H, R>(Func<A, B, C, D, G, H, R> f,
        Placed<A> a, Placed<B> b, Placed<C> c, Placed<D> d, Placed<G> g, Placed<H> h)
        => Run(i => f(a[i], b[i], c[i], d[i], g[i], h[i]), a, b, c, d, g, h);

    /// <inheritdoc cref="Map{A, R}(Func{A, R}, Placed{A})"/>
    public static Placed<R> Map<A, B, C, D, G, H, K, R>(Func<A, B, C, D, G, H, K, R> f,
        Placed<A> a, Placed<B> b, Placed<C> c, Placed<D> d, Placed<G> g, Placed<H> h, Placed<K> k)
        => Run(i => f(a[i], b[i], c[i], d[i], g[i], h[i], k[i]), a, b, c, d, g, h, k);

    /// <inheritdoc cref="Map{A, R}(Func{A, R}, Placed{A})"/>
    public static Placed<R> Map<A, B, C, D, G, H, K, M, R>(Func<A, B, C, D, G, H, K, M, R> f,
        Placed<A> a, Placed<B> b, Placed<C> c, Placed<D> d, Placed<G> g, Placed<H> h, Placed<K> k, Placed<M> m)
        => Run(i => f(a[i], b[i], c[i], d[i], g[i], h[i], k[i], m[i]), a, b, c, d, g, h, k, m);

    /// <summary>Where one group's work begins on the call stack: a program further out says nothing about placements inside.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static R InGroup<R>(Func<int, R> group, int i) => group(i);

    private static Placed<R> Run<R>(Func<int, R> group, params ReadOnlySpan<IPlaced> operands)
    {
        DrJaxRuntime.CountEagerCall();
        var n = CommonCount("Map", operands);
        return n == Placed.Uniform ? Placed<R>.Uniform(Guarded(0)) : Placed<R>.Of(n, Guarded);

        R Guarded(int i)
        {
            try { return InGroup(group, i); }
            catch (Exception thrown) { throw new MapException(i, thrown); }
        }
    }
}
