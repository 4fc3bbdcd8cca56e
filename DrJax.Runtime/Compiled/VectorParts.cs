using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <summary>A vector in memory, as parts that no cache line divides.</summary>
internal struct Parts512<T>(Vector512<T> value)
{
    private Vector128<T> _first = value.GetLower().GetLower();
    private Vector128<T> _second = value.GetLower().GetUpper();
    private Vector128<T> _third = value.GetUpper().GetLower();
    private Vector128<T> _fourth = value.GetUpper().GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector512<T> Get() => Vector512.Create(Vector256.Create(_first, _second), Vector256.Create(_third, _fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(Vector512<T> result)
    {
        _first = result.GetLower().GetLower();
        _second = result.GetLower().GetUpper();
        _third = result.GetUpper().GetLower();
        _fourth = result.GetUpper().GetUpper();
    }
}

/// <inheritdoc cref="Parts512{T}"/>
internal struct Parts256<T>(Vector256<T> value)
{
    private Vector128<T> _first = value.GetLower();
    private Vector128<T> _second = value.GetUpper();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Vector256<T> Get() => Vector256.Create(_first, _second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(Vector256<T> result)
    {
        _first = result.GetLower();
        _second = result.GetUpper();
    }
}
