namespace DrJax;

public static partial class MapReduce
{
    /// <summary>The index of every group, 0 .. n - 1, where n is the number of groups of <paramref name="like"/>.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="like"/> is an eager broadcast whose number of groups nothing
    /// states.</exception>
    public static Placed<int> GroupIndex<T>(Placed<T> like)
    {
        DrJaxRuntime.CountEagerCall();
        return Placed<int>.Of(Sized("GroupIndex", like).Count, i => i);
    }

    /// <summary>The index of every group, 0 .. n - 1, where n is the number of groups that the program's attribute states.</summary>
    /// <exception cref="InvalidOperationException">Called eagerly where no <see cref="DrJaxProgramAttribute"/> on the call stack states the
    /// number of groups: take it from a placed value, <c>GroupIndex(x)</c>.</exception>
    public static Placed<int> GroupIndex() => GroupIndex(Broadcast(0));
}
