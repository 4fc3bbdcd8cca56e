using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DrJax.Compiled;

/// <summary>
/// Groups as lanes: blocks of packed groups turned so that one element of all groups is contiguous, and back; lanes that lie apart in memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Lanes
{
    /// <summary>lanes[j * laneStride + g] = packed[g * packedStride + j] for every group g and element j.</summary>
    public static void ToLanes(double* packed, nint packedStride, nint groups, nint size, double* lanes, nint laneStride) =>
        Transpose(packed, packedStride, groups, size, lanes, laneStride);

    /// <inheritdoc cref="ToLanes(double*, nint, nint, nint, double*, nint)"/>
    public static void ToLanes(float* packed, nint packedStride, nint groups, nint size, float* lanes, nint laneStride) =>
        Transpose(packed, packedStride, groups, size, lanes, laneStride);

    /// <inheritdoc cref="ToLanes(double*, nint, nint, nint, double*, nint)"/>
    public static void ToLanes(int* packed, nint packedStride, nint groups, nint size, int* lanes, nint laneStride) =>
        Transpose((float*)packed, packedStride, groups, size, (float*)lanes, laneStride);

    /// <inheritdoc cref="ToLanes(double*, nint, nint, nint, double*, nint)"/>
    public static void ToLanes(bool* packed, nint packedStride, nint groups, nint size, bool* lanes, nint laneStride) =>
        TransposeRest(packed, packedStride, groups, size, lanes, laneStride);

    /// <summary>packed[g * packedStride + j] = lanes[j * laneStride + g] for every group g and element j.</summary>
    public static void FromLanes(double* lanes, nint laneStride, nint groups, nint size, double* packed, nint packedStride) =>
        Transpose(lanes, laneStride, size, groups, packed, packedStride);

    /// <inheritdoc cref="FromLanes(double*, nint, nint, nint, double*, nint)"/>
    public static void FromLanes(float* lanes, nint laneStride, nint groups, nint size, float* packed, nint packedStride) =>
        Transpose(lanes, laneStride, size, groups, packed, packedStride);

    /// <inheritdoc cref="FromLanes(double*, nint, nint, nint, double*, nint)"/>
    public static void FromLanes(int* lanes, nint laneStride, nint groups, nint size, int* packed, nint packedStride) =>
        Transpose((float*)lanes, laneStride, size, groups, (float*)packed, packedStride);

    /// <inheritdoc cref="FromLanes(double*, nint, nint, nint, double*, nint)"/>
    public static void FromLanes(bool* lanes, nint laneStride, nint groups, nint size, bool* packed, nint packedStride) =>
        TransposeRest(lanes, laneStride, size, groups, packed, packedStride);

    // Whole vectors of a column first: few rows or columns is the common case.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(double* from, nint fromStride, nint rows, nint columns, double* to, nint toStride)
    {
        if (Avx512F.IsSupported && columns >= FewColumns)
        {
            TransposeTiles(from, fromStride, rows, columns, to, toStride);
            return;
        }

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
