using System.Runtime.CompilerServices;

namespace DrJax.Compiled;

// The short functions are inlined into kernels; the long ones are called.

internal static unsafe partial class Maths512
{
    private const MethodImplOptions Entry = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Called = MethodImplOptions.AggressiveInlining; // into what VecMath calls
}

internal static unsafe partial class Maths256
{
    private const MethodImplOptions Entry = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Called = MethodImplOptions.AggressiveInlining; // into what VecMath256 calls
}

/// <content>One lane of it is the scalar function: inlined into <see cref="ScalarMath"/>.</content>
internal static unsafe partial class Maths128
{
    private const MethodImplOptions Entry = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Called = Entry;
}
