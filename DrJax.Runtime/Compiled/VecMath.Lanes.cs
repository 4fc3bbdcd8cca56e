using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DrJax.Compiled;

/// <content>
/// Comparison and choice. A comparison gives a mask of the floating type: of <see cref="double"/> for lanes of <see cref="long"/>, of
/// <see cref="float"/> for lanes of <see cref="int"/>. As in C#, a comparison with NaN is false, except NotEqual.
/// </content>
public static unsafe partial class VecMath
{
    [MethodImpl(Inline)]
    public static Vector512<double> Less(Vector512<double> x, Vector512<double> y) => Vector512.LessThan(x, y);

    [MethodImpl(Inline)]
    public static Vector512<double> LessOrEqual(Vector512<double> x, Vector512<double> y) => Vector512.LessThanOrEqual(x, y);

    [MethodImpl(Inline)]
    public static Vector512<double> Greater(Vector512<double> x, Vector512<double> y) => Vector512.GreaterThan(x, y);

    [MethodImpl(Inline)]
    public static Vector512<double> GreaterOrEqual(Vector512<double> x, Vector512<double> y) => Vector512.GreaterThanOrEqual(x, y);

    [MethodImpl(Inline)]
    public static Vector512<double> Equal(Vector512<double> x, Vector512<double> y) => Vector512.Equals(x, y);

    [MethodImpl(Inline)]
    public static Vector512<double> NotEqual(Vector512<double> x, Vector512<double> y) => (~Vector512.Equals(x, y));

    [MethodImpl(Inline)]
    public static Vector512<float> Less(Vector512<float> x, Vector512<float> y) => Vector512.LessThan(x, y);

    [MethodImpl(Inline)]
    public static Vector512<float> LessOrEqual(Vector512<float> x, Vector512<float> y) => Vector512.LessThanOrEqual(x, y);

    [MethodImpl(Inline)]
    public static Vector512<float> Greater(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThan(x, y);

    [MethodImpl(Inline)]
    public static Vector512<float> GreaterOrEqual(Vector512<float> x, Vector512<float> y) => Vector512.GreaterThanOrEqual(x, y);

    [MethodImpl(Inline)]
    public static Vector512<float> Equal(Vector512<float> x, Vector512<float> y) => Vector512.Equals(x, y);

    [MethodImpl(Inline)]
    public static Vector512<float> NotEqual(Vector512<float> x, Vector512<float> y) => (~Vector512.Equals(x, y));

    [MethodImpl(Inline)]
    public static Vector512<double> Less(Vector512<long> x, Vector512<long> y) => Vector512.LessThan(x, y).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<double> LessOrEqual(Vector512<long> x, Vector512<long> y) => Vector512.LessThanOrEqual(x, y).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<double> Greater(Vector512<long> x, Vector512<long> y) => Vector512.GreaterThan(x, y).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<double> GreaterOrEqual(Vector512<long> x, Vector512<long> y) => Vector512.GreaterThanOrEqual(x, y).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<double> Equal(Vector512<long> x, Vector512<long> y) => Vector512.Equals(x, y).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<double> NotEqual(Vector512<long> x, Vector512<long> y) => (~Vector512.Equals(x, y)).AsDouble();

    [MethodImpl(Inline)]
    public static Vector512<float> Less(Vector512<int> x, Vector512<int> y) => Vector512.LessThan(x, y).AsSingle();

    [MethodImpl(Inline)]
    public static Vector512<float> LessOrEqual(Vector512<int> x, Vector512<int> y) => Vector512.LessThanOrEqual(x, y).AsSingle();

    [MethodImpl(Inline)]
    public static Vector512<float> Greater(Vector512<int> x, Vector512<int> y) => Vector512.GreaterThan(x, y).AsSingle();

    [MethodImpl(Inline)]
    public static Vector512<float> GreaterOrEqual(Vector512<int> x, Vector512<int> y) => Vector512.GreaterThanOrEqual(x, y).AsSingle();

    [MethodImpl(Inline)]
    public static Vector512<float> Equal(Vector512<int> x, Vector512<int> y) => Vector512.Equals(x, y).AsSingle();

    [MethodImpl(Inline)]
    public static Vector512<float> NotEqual(Vector512<int> x, Vector512<int> y) => (~Vector512.Equals(x, y)).AsSingle();

    /// <summary>Lanes of x where the mask is true, else of y.</summary>
    [MethodImpl(Inline)]
    public static Vector512<double> Select(Vector512<double> mask, Vector512<double> x, Vector512<double> y) => Vector512.ConditionalSelect(mask, x, y);

    /// <summary>Lanes of x where the mask is true, else of y.</summary>
    [MethodImpl(Inline)]
    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> x, Vector512<float> y) => Vector512.ConditionalSelect(mask, x, y);

    /// <summary>Lanes of x where the mask is true, else of y.</summary>
    [MethodImpl(Inline)]
    public static Vector512<long> Select(Vector512<double> mask, Vector512<long> x, Vector512<long> y) => Vector512.ConditionalSelect(mask.AsInt64(), x, y);

    /// <summary>Lanes of x where the mask is true, else of y.</summary>
    [MethodImpl(Inline)]
    public static Vector512<int> Select(Vector512<float> mask, Vector512<int> x, Vector512<int> y) => Vector512.ConditionalSelect(mask.AsInt32(), x, y);

    [MethodImpl(Inline)]
    public static Vector512<double> Square(Vector512<double> x) => x * x;

    [MethodImpl(Inline)]
    public static Vector512<float> Square(Vector512<float> x) => x * x;

    [MethodImpl(Inline)]
    public static Vector512<long> Square(Vector512<long> x) => x * x;

    [MethodImpl(Inline)]
    public static Vector512<int> Square(Vector512<int> x) => x * x;

    [MethodImpl(Inline)]
    public static Vector512<double> Relu(Vector512<double> x) => Vector512.MaxNative(Vector512<double>.Zero, x) + Vector512<double>.Zero;

    [MethodImpl(Inline)]
    public static Vector512<float> Relu(Vector512<float> x) => Vector512.MaxNative(Vector512<float>.Zero, x) + Vector512<float>.Zero;
}
