using System.ComponentModel;
using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>
/// Where the largest or smallest value is that the threads of a group have found: of equal ones the first, where there is a NaN the first NaN. Every thread gives
/// a value and its index, which is -1 where it has none. All threads of the group call it, and all have the index then.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GroupIndex
{
    public static int OfMax(double value, int index) => Of(value, index, default(Doubles));

    public static int OfMax(float value, int index) => Of(value, index, default(Floats));

    public static int OfMax(int value, int index) => Of(value, index, default(Integers));

    public static int OfMin(double value, int index) => OfMax(-value, index);

    public static int OfMin(float value, int index) => OfMax(-value, index);

    public static int OfMin(int value, int index) => OfMax(~value, index);

    /// <summary>The index of the value that no other exceeds, of several the least.</summary>
    internal static int Of<T, O>(T value, int index, O order)
        where T : unmanaged
        where O : struct, IOrder<T>
    {
        var values = SharedMemory.Allocate<T>(256);
        var indices = SharedMemory.Allocate<int>(256);
        values[Group.IdxX] = value;
        indices[Group.IdxX] = index;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                T mine = values[Group.IdxX], other = values[Group.IdxX + half];
                int at = indices[Group.IdxX], otherAt = indices[Group.IdxX + half];
                if (otherAt >= 0 && (at < 0 || order.Exceeds(other, mine) || (otherAt < at && !order.Exceeds(mine, other))))
                {
                    values[Group.IdxX] = other;
                    indices[Group.IdxX] = otherAt;
                }
            }
            Group.Barrier();
        }
        var first = indices[0];
        // Before anyone writes to the same memory again.
        Group.Barrier();
        return first;
    }

    /// <summary>What is more.</summary>
    internal interface IOrder<T>
    {
        bool Exceeds(T x, T y);
    }

    /// <summary>The order of numbers: a NaN neither exceeds anything nor is exceeded.</summary>
    internal readonly struct Numbers<T> : IOrder<T>
        where T : unmanaged, INumber<T>
    {
        public bool Exceeds(T x, T y) => x > y;
    }

    // A NaN is more than all numbers.

    private readonly struct Doubles : IOrder<double>
    {
        public bool Exceeds(double x, double y) => DeviceMath.Greater(x, y) || (DeviceMath.NotEqual(x, x) && DeviceMath.Equal(y, y));
    }

    private readonly struct Floats : IOrder<float>
    {
        public bool Exceeds(float x, float y) => DeviceMath.Greater(x, y) || (DeviceMath.NotEqual(x, x) && DeviceMath.Equal(y, y));
    }

    private readonly struct Integers : IOrder<int>
    {
        public bool Exceeds(int x, int y) => x > y;
    }
}
