using System.Numerics;

namespace DrJax.Compiled.Devices;

/// <summary>Four numbers in registers.</summary>
internal struct Four<T>
    where T : unmanaged, INumber<T>
{
    public T X0, X1, X2, X3;

    /// <summary>c + a b, b's elements each.</summary>
    public static Four<T> MultiplyAdd(Four<T> c, T a, Four<T> b) => new()
    {
        X0 = c.X0 + (a * b.X0),
        X1 = c.X1 + (a * b.X1),
        X2 = c.X2 + (a * b.X2),
        X3 = c.X3 + (a * b.X3),
    };
}
