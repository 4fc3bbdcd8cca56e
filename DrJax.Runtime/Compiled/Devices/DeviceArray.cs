using System.ComponentModel;

namespace DrJax.Compiled.Devices;

/// <summary>An array as one call of a program sees it: elements of a storage, with the axis of groups outermost if it is placed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeviceArray
{
    private protected DeviceArray(DeviceStorage storage, long offset, long length, long groupLength) =>
        (Storage, Offset, Length, GroupLength) = (storage, offset, length, groupLength);

    /// <summary>The number of elements.</summary>
    public long Length { get; }

    /// <summary>The elements of one group; 0 if the array is not placed, or its groups are not outermost.</summary>
    public long GroupLength { get; }

    internal DeviceStorage Storage { get; }

    internal long Offset { get; }
}

/// <summary>A <see cref="DeviceArray"/> of elements T; bools are bytes, 0 or 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeviceArray<T> : DeviceArray
    where T : unmanaged
{
    internal DeviceArray(DeviceStorage storage, long offset, long length, long groupLength)
        : base(storage, offset, length, groupLength)
    {
    }
}
