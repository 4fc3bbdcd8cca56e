using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

/// <summary>Arrays one after the other in one piece of memory, each starting at a multiple of 64 bytes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Layout
{
    private const nint Alignment = 64;

    /// <summary>The bytes that an array of <paramref name="count"/> elements takes, padding included; none if there are fewer than none, as in
    /// an arm that is not taken.</summary>
    /// <exception cref="OverflowException">The array is larger than the address space.</exception>
    public static nint Bytes<T>(nint count)
        where T : unmanaged => checked((Math.Max(count, 0) * sizeof(T)) + (Alignment - 1)) & -Alignment;

    /// <summary>The array at <paramref name="memory"/>, which moves on behind it. Not inlined: methods of many arrays start sooner.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T* Take<T>(ref byte* memory, nint count)
        where T : unmanaged
    {
        var array = (T*)memory;
        memory += Bytes<T>(count);
        return array;
    }

    public static void Fill<T>(T* array, nint count, T value)
        where T : unmanaged
    {
        for (nint done = 0; done < count; done += int.MaxValue)
        {
            new Span<T>(array + done, (int)Math.Min(int.MaxValue, count - done)).Fill(value);
        }
    }
}
