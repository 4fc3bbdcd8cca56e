using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using Microsoft.CodeAnalysis;

namespace DrJax.Generator.Frontend;

/// <summary>System.Math, System.MathF and the static members of generic numbers.</summary>
internal static partial class Surface
{
    private static Func<SurfaceCall, Value>? Maths(IMethodSymbol method) => method.Name switch
    {
        "Clamp" => c => new Data(Clamp(c)),
        "CreateChecked" or "CreateSaturating" or "CreateTruncating" => c => new Data(c.Graph.Cast(c.Node(0), ResultElement(c))),
        "Sign" => c => new Data(c.Graph.Cast(c.Graph.Apply(ScalarOp.Sign, c.Node(0)), ResultElement(c))),          // Math.Sign is an int
        "Log2" => c => new Data(Logarithm(c, 2)),
        "Log10" => c => new Data(Logarithm(c, 10)),
        "IsNaN" => c => new Data(c.Graph.Apply(ScalarOp.NotEqual, c.Node(0), c.Node(0))),
        "IsFinite" => c => new Data(IsFinite(c.Node(0))),
        "IsInfinity" => c => new Data(c.Graph.Apply(ScalarOp.Equal, c.Graph.Apply(ScalarOp.Abs, c.Node(0)), c.Graph.Fill(double.PositiveInfinity, c.Node(0)))),
        "IsPositiveInfinity" => c => new Data(c.Graph.Apply(ScalarOp.Equal, c.Node(0), c.Graph.Fill(double.PositiveInfinity, c.Node(0)))),
        "IsNegativeInfinity" => c => new Data(c.Graph.Apply(ScalarOp.Equal, c.Node(0), c.Graph.Fill(double.NegativeInfinity, c.Node(0)))),
        "Log" when method.Parameters.Length == 2 => c => new Data(c.Graph.Apply(ScalarOp.Log, c.Node(0)) / c.Graph.Apply(ScalarOp.Log, c.Node(1))),
        "SinCos" => c => new Parts([("Item1", new Data(c.Graph.Apply(ScalarOp.Sin, c.Node(0)))), ("Item2", new Data(c.Graph.Apply(ScalarOp.Cos, c.Node(0))))], isTuple: true),
        "FusedMultiplyAdd" or "MultiplyAddEstimate" => c => new Data(c.Node(0) * c.Node(1) + c.Node(2)),
        "Hypot" or "Exp2" => Get(ActivationMembers, method.Name),
        "Lerp" => c => new Data(c.Node(0) * (c.Graph.One(c.Node(2)) - c.Node(2)) + c.Node(1) * c.Node(2)),
        "DegreesToRadians" => c => new Data(c.Node(0) * c.Graph.Const(Math.PI / 180, c.Node(0).Type.Element)),
        "RadiansToDegrees" => c => new Data(c.Node(0) * c.Graph.Const(180 / Math.PI, c.Node(0).Type.Element)),
        "LogP1" => Scalar(nameof(ScalarOp.Log1p), method),
        "ExpM1" => Scalar(nameof(ScalarOp.Expm1), method),
        var name => Scalar(name, method),
    };

    private static Node Logarithm(SurfaceCall c, double radix) =>
        c.Graph.Apply(ScalarOp.Log, c.Node(0)) / c.Graph.Const(Math.Log(radix), c.Node(0).Type.Element);

    /// <summary>At most the largest number in magnitude; NaN is not.</summary>
    private static Node IsFinite(Node x) => x.Graph.Apply(ScalarOp.LessOrEqual, x.Graph.Apply(ScalarOp.Abs, x),
        x.Graph.Fill(x.Type.Element == ElementType.Float32 ? float.MaxValue : double.MaxValue, x));
}
