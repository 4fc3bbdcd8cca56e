namespace DrJax;

/// <summary>How a device of a <see cref="DeviceMesh"/> is driven.</summary>
public enum DeviceKind
{
    /// <summary>The processor's threads, with the code that DrJax compiles for them.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU, through its driver.</summary>
    Cuda,

    /// <summary>A GPU or processor with an OpenCL driver that has the generic address space (a feature of OpenCL 2.0 and, optionally, of 3.0).</summary>
    OpenCL,

    /// <summary>Kernels run step by step on the processor: for tests of device code where there is no device. A microsecond or more for every point.</summary>
    Simulator,
}
