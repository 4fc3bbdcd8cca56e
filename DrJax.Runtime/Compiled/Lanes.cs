using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>
/// Groups as lanes: blocks of packed groups turned so that one element of all groups is contiguous, and back; lanes that lie apart in memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Lanes
{
    /// <summary>lanes[j * laneStride + g] = packed[g * size + j] for every group g and element j.</summary>
    public static void ToLanes(double* packed, nint groups, nint size, double* lanes, nint laneStride) =>
        Transpose(packed, size, groups, size, lanes, laneStride);

    /// <inheritdoc cref="ToLanes(double*, nint, nint, double*, nint)"/>
    public static void ToLanes(float* packed, nint groups, nint size, float* lanes, nint laneStride) =>
        Transpose(packed, size, groups, size, lanes, laneStride);

    /// <inheritdoc cref="ToLanes(double*, nint, nint, double*, nint)"/>
    public static void ToLanes(int* packed, nint groups, nint size, int* lanes, nint laneStride) =>
        Transpose((float*)packed, size, groups, size, (float*)lanes, laneStride);

    /// <inheritdoc cref="ToLanes(double*, nint, nint, double*, nint)"/>
    public static void ToLanes(bool* packed, nint groups, nint size, bool* lanes, nint laneStride) =>
        TransposeRest(packed, size, groups, size, lanes, laneStride);

    /// <summary>packed[g * size + j] = lanes[j * laneStride + g] for every group g and element j.</summary>
    public static void FromLanes(double* lanes, nint laneStride, nint groups, nint size, double* packed) =>
        Transpose(lanes, laneStride, size, groups, packed, size);

    /// <inheritdoc cref="FromLanes(double*, nint, nint, nint, double*)"/>
    public static void FromLanes(float* lanes, nint laneStride, nint groups, nint size, float* packed) =>
        Transpose(lanes, laneStride, size, groups, packed, size);

    /// <inheritdoc cref="FromLanes(double*, nint, nint, nint, double*)"/>
    public static void FromLanes(int* lanes, nint laneStride, nint groups, nint size, int* packed) =>
        Transpose((float*)lanes, laneStride, size, groups, (float*)packed, size);

    /// <inheritdoc cref="FromLanes(double*, nint, nint, nint, double*)"/>
    public static void FromLanes(bool* lanes, nint laneStride, nint groups, nint size, bool* packed) =>
        TransposeRest(lanes, laneStride, size, groups, packed, size);

    // Whole vectors of a column first: few rows or columns is the common case.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(double* from, nint fromStride, nint rows, nint columns, double* to, nint toStride)
    {
        nint i = 0;
        for (; i <= rows - Simd.Lanes8; i += Simd.Lanes8)
        {
            for (nint j = 0; j < columns; j++)
            {
                Vector512.Store(Simd.LoadStrided(from + (i * fromStride) + j, fromStride), to + (j * toStride) + i);
            }
        }

        TransposeRest(from + (i * fromStride), fromStride, rows - i, columns, to + i, toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* from, nint fromStride, nint rows, nint columns, float* to, nint toStride)
    {
        nint i = 0;
        for (; i <= rows - Simd.Lanes16; i += Simd.Lanes16)
        {
            for (nint j = 0; j < columns; j++)
            {
                Vector512.Store(Simd.LoadStrided(from + (i * fromStride) + j, fromStride), to + (j * toStride) + i);
            }
        }

        TransposeRest(from + (i * fromStride), fromStride, rows - i, columns, to + i, toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeRest<T>(T* from, nint fromStride, nint rows, nint columns, T* to, nint toStride)
        where T : unmanaged
    {
        for (nint i = 0; i < rows; i++)
        {
            for (nint j = 0; j < columns; j++)
            {
                to[(j * toStride) + i] = from[(i * fromStride) + j];
            }
        }
    }
}
