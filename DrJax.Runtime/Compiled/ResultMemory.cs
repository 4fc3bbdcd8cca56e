using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrJax.Compiled;

/// <summary>Arrays for the results of compiled programs, which write every element.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class ResultMemory
{
    // The garbage collector gives the memory of large arrays back to the system and takes it again with the next. Writing to it the first time then
    // costs a fault a page, several times as long as the writing itself: pages of 2 MB instead of 4 kB are asked for.
    private const nint ManyPages = 4 << 20;
    private const nint Page = 4096;
    private const int HugePages = 14;

    /// <summary>From how many bytes on the garbage collector keeps arrays apart, in memory that is fresh more often than not.</summary>
    public const nint LargeObject = 85_000;

    private static bool s_mayAdvise = OperatingSystem.IsLinux();

    /// <summary>An array of that many elements, not cleared: one that was given back (<see cref="DrJaxRuntime.Recycle"/>), or a new one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T[] Allocate<T>(int length)
        where T : unmanaged =>
        (nint)length * sizeof(T) < LargeObject ? GC.AllocateUninitializedArray<T>(length) : RecycledArrays.Take<T>(length) ?? AllocateLarge<T>(length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T[] AllocateLarge<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(length);
        if ((nint)length * sizeof(T) >= ManyPages && s_mayAdvise)
        {
            fixed (T* first = array)
            {
                AdviseHugePages((nint)first, (nint)length * sizeof(T));
            }
        }

        return array;
    }

    // A hint only: systems without it have pages of one size.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AdviseHugePages(nint address, nint bytes)
    {
        var start = (address + Page - 1) & -Page;
        try
        {
            s_mayAdvise = Advise(start, (nuint)((address + bytes - start) & -Page), HugePages) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            s_mayAdvise = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint bytes, int advice);
}
