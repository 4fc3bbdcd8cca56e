using System.ComponentModel;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>A place in a program where an index that is computed may lie outside its axis, or the divisions of ints.</summary>
/// <param name="Index">What is indexed with, as the user wrote it; empty for divisions.</param>
/// <param name="Into">What is indexed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct DeviceSite(string Index, string Into);

/// <summary>Checks inside kernels, which cannot throw: they note what went wrong, and the program throws after its last kernel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DeviceCheck
{
    /// <summary>The most sites of a program that are told apart.</summary>
    public const int MaxSites = 256;

    internal const int Fields = 3;

    // What divisions note in an index's place.
    internal const int ByZero = 0;
    internal const int Overflow = 1;

    /// <summary>The index if it is in 0 .. extent - 1; otherwise the nearest that is, and the site's first thread that went wrong is noted.</summary>
    public static int Index(ArrayView<int> errors, int site, int index, int extent)
    {
        if (index >= 0 && index < extent) return index;
        Note(errors, site, index, extent);
        return Clamp(index, extent);
    }

    /// <summary>x / y towards zero; where there is none, what is left is x, and the site's first thread that went wrong is noted.</summary>
    public static int Quotient(ArrayView<int> errors, int site, int x, int y) => DeviceMath.Quotient(x, Divisor(errors, site, x, y));

    /// <summary>x % y with the sign of x; where there is none, 0, and the site's first thread that went wrong is noted.</summary>
    public static int Remainder(ArrayView<int> errors, int site, int x, int y) => x % Divisor(errors, site, x, y);

    // C# divides nothing by zero, nor the least int by -1, whose quotient is no int.
    private static int Divisor(ArrayView<int> errors, int site, int x, int y)
    {
        var overflows = x == int.MinValue && y == -1;
        if (y != 0 && !overflows) return y;
        Note(errors, site, overflows ? Overflow : ByZero, 0);
        return 1;
    }

    private static void Note(ArrayView<int> errors, int site, int index, int extent)
    {
        var at = (site < MaxSites ? site : MaxSites - 1) * Fields;
        var point = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (Atomic.Min(ref errors[at], point) > point)
        {
            errors[at + 1] = index;
            errors[at + 2] = extent;
        }
    }

    /// <summary>The nearest index in 0 .. extent - 1.</summary>
    public static int Clamp(int index, int extent) => index < 0 || extent < 1 ? 0 : index < extent ? index : extent - 1;
}

/// <content>Errors that kernels have noted.</content>
public sealed partial class DeviceQueue
{
    private Block? errors;

    /// <summary>Where kernels note errors: see <see cref="DeviceCheck"/>.</summary>
    public ArrayView<int> Errors
    {
        get
        {
            const int length = DeviceCheck.MaxSites * DeviceCheck.Fields;
            if (errors is null)
            {
                errors = device.Memory.Rent(length * sizeof(int));
                Fill(errors.View<int>(0, length), int.MaxValue);
            }
            return errors.View<int>(0, length);
        }
    }

    /// <summary>For every site what was noted: thread, index, extent; the thread is the largest int where nothing was.</summary>
    internal int[]? Noted()
    {
        if (errors is null) return null;
        var noted = new int[DeviceCheck.MaxSites * DeviceCheck.Fields];
        device.Download(errors, 0, ref System.Runtime.CompilerServices.Unsafe.As<int, byte>(ref noted[0]), noted.Length * sizeof(int));
        return noted;
    }
}

/// <content>Errors that kernels have noted.</content>
public sealed partial class DeviceRun
{
    /// <summary>Throws what kernels have noted, as the processor would have: of the first site, of the first device.</summary>
    /// <exception cref="IndexOutOfRangeException">An index was outside its axis.</exception>
    /// <exception cref="DivideByZeroException">An int was divided by zero.</exception>
    /// <exception cref="OverflowException">The least int was divided by -1.</exception>
    public void CheckErrors(params ReadOnlySpan<DeviceSite> sites)
    {
        int[][] noted = [.. mesh.Devices.Select(device => device.Queue.Noted()).OfType<int[]>()];
        for (var site = 0; site < sites.Length; site++)
        {
            foreach (var device in noted)
            {
                var at = Math.Min(site, DeviceCheck.MaxSites - 1) * DeviceCheck.Fields;
                if (device[at] == int.MaxValue) continue;
                if (sites[site].Index.Length == 0) throw device[at + 1] == DeviceCheck.Overflow ? new OverflowException() : new DivideByZeroException();
                Check.Index(sites[site].Index, device[at + 1], sites[site].Into, device[at + 2]);
            }
        }
    }
}
