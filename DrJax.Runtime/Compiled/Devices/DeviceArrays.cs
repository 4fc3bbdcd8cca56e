using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled.Devices;

/// <summary>Host arrays whose elements are still on a device. Whoever reads an array's elements on the host calls <see cref="Ready"/> first.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceArrays
{
    /// <summary>The array, after its elements were brought home if they were not here.</summary>
    /// <exception cref="DeviceKernelException">The device has failed since.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T[]? Ready<T>(T[]? array)
    {
        if (RuntimeFeature.IsDynamicCodeSupported && Pending.Count != 0) BringHome(array);
        return array;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BringHome(Array? array)
    {
        if (array is not null && PendingArrays.Table.TryGetValue(array, out var copies)) copies.BringHome();
    }

    internal static void Release(MeshRuntime mesh, object[] leaves)
    {
        lock (mesh.Gate)
        {
            foreach (var leaf in leaves)
            {
                if (HostOf(leaf) is not { } array || mesh.Resident(array) is not { } copies) continue;
                copies.BringHome();
                copies.Free();
                mesh.Forget(array);
            }
        }
    }

    /// <summary>Nothing of an array that nobody uses any more is brought home: also not from a mesh that nobody has any more.</summary>
    internal static void Discard(Array array)
    {
        if (PendingArrays.Table.TryGetValue(array, out var copies)) copies.Discard();
    }

    private static Array? HostOf(object leaf) => leaf switch
    {
        INdArray array => array.Elements,
        InnerLeaf inner => inner.Leaf.Elements,
        _ => null,
    };
}

/// <summary>How many arrays wait on devices: apart, so that reading it initialises nothing.</summary>
internal static class Pending
{
    public static int Count;
}

internal static class PendingArrays
{
    public static readonly ConditionalWeakTable<Array, DeviceStorage> Table = [];
}
