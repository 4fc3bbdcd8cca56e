using System.Numerics;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public interface IModel<TSelf> where TSelf : IModel<TSelf>
{
    Vec<double> Predict(Vec<double> x);
    double Penalty() => 0.25;
    static abstract string Name { get; }
    static abstract double Scale { get; }
    static abstract TSelf Combine(TSelf a, TSelf b);
}

public readonly record struct RidgeModel(Mat<double> W) : IModel<RidgeModel>, IVectorSpace
{
    public Vec<double> Predict(Vec<double> x) => MatMul(W, x) / x.Length;
    public double Penalty() => 0.1 * Sum(Square(W));
    public static string Name => "ridge";
    public static double Scale => 2.0;
    public static RidgeModel Combine(RidgeModel a, RidgeModel b) => new(a.W * b.W);
}

public sealed record BiasModel(Mat<double> W, Vec<double> B) : IModel<BiasModel>
{
    public Vec<double> Predict(Vec<double> x) => MatMul(W, x) / x.Length + B;
    public static string Name => "bias";
    public static double Scale => 3.0;
    public static BiasModel Combine(BiasModel a, BiasModel b) => new(a.W - b.W, a.B * b.B);
}

public readonly record struct Dual<T>(T Re, T Eps) : IAdditionOperators<Dual<T>, Dual<T>, Dual<T>>, IMultiplyOperators<Dual<T>, Dual<T>, Dual<T>> where T : IFloatingPointIeee754<T>
{
    public static Dual<T> operator +(Dual<T> a, Dual<T> b) => new(a.Re + b.Re, a.Eps + b.Eps);
    public static Dual<T> operator *(Dual<T> a, Dual<T> b) => new(a.Re * b.Re, a.Re * b.Eps + a.Eps * b.Re);
    public static Dual<T> Variable(T x) => new(x, T.One);
    public T this[int order] => order == 0 ? Re : Eps;
    public bool IsSmall => T.Abs(Re) < T.One && !T.IsNaN(Re);
}

public record struct Point(double X, double Y);
public enum Outline { Circle, Square, Ring }
public readonly record struct Item(Outline Kind, double Size);

/// <summary>What records bring along: members, operators, interfaces, enums, equality.</summary>
public static class RecordMembers
{
    private static double Loss<TModel>(TModel m, Vec<double> x, Vec<double> y) where TModel : IModel<TModel> =>
        TModel.Scale * Sum(Square(m.Predict(x) - y)) + m.Penalty();

    [DrJaxProgram("c")] public static double Ridge(RidgeModel m, Placed<Vec<double>> x) => ReduceMean(Map(x => Loss(m, x, 2 * x), x));
    [DrJaxProgram("c")] public static double Bias(BiasModel m, Placed<Vec<double>> x) => ReduceMean(Map(x => Loss(BiasModel.Combine(m, m), x, 2 * x), x));
    [DrJaxProgram("c")] public static RidgeModel RidgeStep(RidgeModel m, Placed<Vec<double>> x) => m - 0.1 * Grad(Ridge, m, x);

    private static T Poly<T>(T x) where T : IAdditionOperators<T, T, T>, IMultiplyOperators<T, T, T> => x * x * x + x;

    [DrJaxProgram] public static (double, double, double, bool) Duals(double x)
    {
        var d = Poly(Dual<double>.Variable(x));
        return (d.Re, d[1], Poly(x), d is { IsSmall: true, Re: > -0.5 });
    }

    [DrJaxProgram] public static (bool, bool, double) Equality(double a, double b, Vec<double> v)
    {
        var (p, q) = (new Point(a, b), new Point(b, a));
        return (p == q, (a, b) == (b, 1.5) || (a, v) != (b, v), p != q && v == 1 * v ? a * b : a);
    }

    private static double Area(Item i) => i switch
    {
        { Kind: Outline.Circle, Size: var r } => Math.PI * r * r,
        (Outline.Square, var s) => s * s,
        { Kind: Outline.Ring } when i.Size > 0 => 3 * i.Size,
        _ => -i.Size,
    };

    [DrJaxProgram("c")] public static (double, Placed<Item>, Outline) Enums(double scale, Outline kind, Item own, Placed<Item> items, Placed<Outline> kinds)
    {
        var areas = Map((i, k) => k == kind ? Area(i) * scale : Area(own), items, kinds);
        var next = Map(i => i with { Kind = i.Kind == Outline.Ring ? Outline.Circle : i.Kind + 1, Size = i.Size * scale }, items);
        return (ReduceMean(areas), next, own.Kind);
    }
}
