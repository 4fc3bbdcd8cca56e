using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using unsafe RowKernel = delegate*<nint, double*, nint, double*, nint, double*, nint, bool, void>;
using unsafe TileKernel = delegate*<nint, nint, double*, nint, nint, double*, nint, nint, double*, nint, nint, bool, void>;

namespace DrJax.Compiled;

/// <content>The kernels by their number of rows or vectors.</content>
internal static unsafe partial class DoubleKernels
{
    // Indexed by the number of rows: the last vector whole in memory or not.
    private static readonly TileKernel[] s_fullHalves =
    [
        null,
        &Halves<N1, N1>,
        &Halves<N2, N1>,
        &Halves<N3, N1>,
        &Halves<N4, N1>,
        &Halves<N5, N1>,
        &Halves<N6, N1>,
    ];

    private static readonly TileKernel[] s_partialHalves =
    [
        null,
        &Halves<N1, N2>,
        &Halves<N2, N2>,
        &Halves<N3, N2>,
        &Halves<N4, N2>,
        &Halves<N5, N2>,
        &Halves<N6, N2>,
    ];

    // Indexed by the number of rows: two vectors or one, the last one whole in memory or not.
    public static readonly TileKernel[] FullPairs =
    [
        null,
        &Tile<N1, N2, N1>,
        &Tile<N2, N2, N1>,
        &Tile<N3, N2, N1>,
        &Tile<N4, N2, N1>,
        &Tile<N5, N2, N1>,
        &Tile<N6, N2, N1>,
        &Tile<N7, N2, N1>,
        &Tile<N8, N2, N1>,
        &Tile<N9, N2, N1>,
        &Tile<N10, N2, N1>,
        &Tile<N11, N2, N1>,
        &Tile<N12, N2, N1>,
    ];

    public static readonly TileKernel[] PartialPairs =
    [
        null,
        &Tile<N1, N2, N2>,
        &Tile<N2, N2, N2>,
        &Tile<N3, N2, N2>,
        &Tile<N4, N2, N2>,
        &Tile<N5, N2, N2>,
        &Tile<N6, N2, N2>,
        &Tile<N7, N2, N2>,
        &Tile<N8, N2, N2>,
        &Tile<N9, N2, N2>,
        &Tile<N10, N2, N2>,
        &Tile<N11, N2, N2>,
        &Tile<N12, N2, N2>,
    ];

    public static readonly TileKernel[] FullSingles = !Vector512.IsHardwareAccelerated ? s_fullHalves :
    [
        null,
        &Tile<N1, N1, N1>,
        &Tile<N2, N1, N1>,
        &Tile<N3, N1, N1>,
        &Tile<N4, N1, N1>,
        &Tile<N5, N1, N1>,
        &Tile<N6, N1, N1>,
        &Tile<N7, N1, N1>,
        &Tile<N8, N1, N1>,
        &Tile<N9, N1, N1>,
        &Tile<N10, N1, N1>,
        &Tile<N11, N1, N1>,
        &Tile<N12, N1, N1>,
    ];

    public static readonly TileKernel[] PartialSingles = !Vector512.IsHardwareAccelerated ? s_partialHalves :
    [
        null,
        &Tile<N1, N1, N2>,
        &Tile<N2, N1, N2>,
        &Tile<N3, N1, N2>,
        &Tile<N4, N1, N2>,
        &Tile<N5, N1, N2>,
        &Tile<N6, N1, N2>,
        &Tile<N7, N1, N2>,
        &Tile<N8, N1, N2>,
        &Tile<N9, N1, N2>,
        &Tile<N10, N1, N2>,
        &Tile<N11, N1, N2>,
        &Tile<N12, N1, N2>,
    ];

    // Indexed by the number of vectors.
    public static readonly RowKernel[] FullRows =
    [
        null,
        &Row<N1, N1>,
        &Row<N2, N1>,
        &Row<N3, N1>,
        &Row<N4, N1>,
        &Row<N5, N1>,
        &Row<N6, N1>,
        &Row<N7, N1>,
        &Row<N8, N1>,
    ];

    public static readonly RowKernel[] PartialRows =
    [
        null,
        &Row<N1, N2>,
        &Row<N2, N2>,
        &Row<N3, N2>,
        &Row<N4, N2>,
        &Row<N5, N2>,
        &Row<N6, N2>,
        &Row<N7, N2>,
        &Row<N8, N2>,
    ];

    [StructLayout(LayoutKind.Sequential, Size = 1)]
    private readonly struct N1;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    private readonly struct N2;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    private readonly struct N3;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    private readonly struct N4;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    private readonly struct N5;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    private readonly struct N6;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    private readonly struct N7;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    private readonly struct N8;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    private readonly struct N9;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    private readonly struct N10;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    private readonly struct N11;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    private readonly struct N12;
}
