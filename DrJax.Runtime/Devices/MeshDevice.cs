namespace DrJax;

/// <summary>A device of a mesh and the share of the groups that it takes.</summary>
/// <param name="Kind">How the device is driven; not <see cref="DeviceKind.Cpu"/>, whose threads are a mesh of their own.</param>
/// <param name="Index">Its number among the devices of its kind, counted from 0.</param>
/// <param name="Weight">Its share of the groups, relative to the weights of the other devices; positive. Twice as fast a device deserves twice the weight.</param>
public readonly record struct MeshDevice(DeviceKind Kind, int Index = 0, double Weight = 1);
