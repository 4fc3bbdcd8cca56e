namespace DrJax;

/// <summary>An array of T of any rank: a <see cref="Vec{T}"/>, <see cref="Mat{T}"/>, <see cref="Tensor3{T}"/> or <see cref="Tensor4{T}"/>,
/// where a function takes any of them. Only DrJax implements it.</summary>
public interface IArray<T> where T : unmanaged
{
    /// <summary>The length of an axis, counted from 0.</summary>
    int Dimension(int axis);

    /// <summary>The elements in row-major order, without a copy.</summary>
    ReadOnlySpan<T> AsSpan();
}
