using System.Runtime.CompilerServices;

namespace DrJax.Compiled.Devices;

// What the vectors have as members of their types, of numbers: a class for each, as C# has it.

internal static class DoubleLane
{
    extension(double)
    {
        public static double Zero => 0;

        public static double One => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static double operator &(bool mask, double x) => mask ? x : 0;
    }
}

internal static class SingleLane
{
    extension(float)
    {
        public static float Zero => 0;

        public static float One => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static float operator &(bool mask, float x) => mask ? x : 0;
    }
}

internal static class Int64Lane
{
    extension(long)
    {
        public static long Zero => 0;

        public static long One => 1;
    }
}

internal static class Int32Lane
{
    extension(int)
    {
        public static int Zero => 0;

        public static int One => 1;
    }
}
