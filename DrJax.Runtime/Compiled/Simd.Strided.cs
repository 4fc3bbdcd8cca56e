using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>Lane by lane, for lanes a stride apart; only the first <c>count</c> lanes touch memory, the others are zero.</content>
public static unsafe partial class Simd
{
    /// <summary>Lane j is <c>source[j * stride]</c> for j below <paramref name="count"/>, else zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> LoadStridedPartial(double* source, nint stride, nint count)
    {
        var lanes = Vector512<double>.Zero;
        var p = (double*)&lanes;
        for (nint j = 0; j < count; j++)
        {
            p[j] = source[j * stride];
        }

        return lanes;
    }

    /// <summary>Lane j is <c>source[j * stride]</c> for j below <paramref name="count"/>, else zero.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> LoadStridedPartial(float* source, nint stride, nint count)
    {
        var lanes = Vector512<float>.Zero;
        var p = (float*)&lanes;
        for (nint j = 0; j < count; j++)
        {
            p[j] = source[j * stride];
        }

        return lanes;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<long> LoadStridedInt8(int* source, nint stride, nint count)
    {
        var lanes = Vector512<long>.Zero;
        for (nint j = 0; j < count; j++)
        {
            ((long*)&lanes)[j] = source[j * stride];
        }

        return lanes;
    }

    public static Vector512<int> LoadStridedInt16(int* source, nint stride, nint count) =>
        LoadStridedPartial((float*)source, stride, count).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<double> LoadStridedMask8(bool* source, nint stride, nint count)
    {
        var lanes = Vector512<long>.Zero;
        for (nint j = 0; j < count; j++)
        {
            ((long*)&lanes)[j] = source[j * stride] ? -1 : 0;
        }

        return lanes.AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<float> LoadStridedMask16(bool* source, nint stride, nint count)
    {
        var lanes = Vector512<int>.Zero;
        for (nint j = 0; j < count; j++)
        {
            ((int*)&lanes)[j] = source[j * stride] ? -1 : 0;
        }

        return lanes.AsSingle();
    }

    /// <summary>destination[j * stride] = lane j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreStrided<T>(T* destination, Vector512<T> value, nint stride, nint count)
        where T : unmanaged
    {
        for (nint j = 0; j < count; j++)
        {
            destination[j * stride] = ((T*)&value)[j];
        }
    }

    /// <inheritdoc cref="StoreStrided{T}(T*, Vector512{T}, nint, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreStrided(int* destination, Vector512<long> value, nint stride, nint count)
    {
        for (nint j = 0; j < count; j++)
        {
            destination[j * stride] = (int)((long*)&value)[j];
        }
    }

    /// <inheritdoc cref="StoreStrided{T}(T*, Vector512{T}, nint, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreStrided(bool* destination, Vector512<double> value, nint stride, nint count)
    {
        for (nint j = 0; j < count; j++)
        {
            destination[j * stride] = ((long*)&value)[j] != 0;
        }
    }

    /// <inheritdoc cref="StoreStrided{T}(T*, Vector512{T}, nint, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreStrided(bool* destination, Vector512<float> value, nint stride, nint count)
    {
        for (nint j = 0; j < count; j++)
        {
            destination[j * stride] = ((int*)&value)[j] != 0;
        }
    }
}
