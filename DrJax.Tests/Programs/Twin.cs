using System.Reflection;
using System.Runtime.CompilerServices;
using DrJax.Tests.Frontend;
using Xunit;

namespace DrJax.Tests.Programs;

/// <summary>A program both ways: its method, which reflection calls as the plain C# that it is, and its companion, which is compiled.</summary>
internal sealed class Twin(MethodInfo method)
{
    private readonly Type companion = method.DeclaringType!.Assembly.GetType(CompanionName(method))
        ?? throw new ArgumentException($"{method.Name} was not compiled: there is no {CompanionName(method)}", nameof(method));

    /// <summary>All programs of a class.</summary>
    public static IEnumerable<MethodInfo> Programs(Type type) =>
        type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(m => m.GetCustomAttribute<DrJaxProgramAttribute>() is not null);

    public object Eager(params object[] arguments) => Call(method, arguments);

    public object Forward(params object[] arguments) => Call(companion.GetMethod(nameof(Forward))!, arguments);

    /// <summary>The companion's Jvp or Vjp.</summary>
    public object Derivative(string kind, params object[] arguments) => Call(companion.GetMethod(kind)!, arguments);

    /// <summary>Eager = compiled; the tangent is the difference quotient of the eager program; the cotangent is the tangent's adjoint.</summary>
    public void Check(Random random, params object[] arguments)
    {
        var value = Eager(arguments);
        var isFloat = arguments.Append(value).Any(IsFloat);
        // Values: sums are ordered differently and functions of the mathematical library differ in the last bits.
        var rounding = isFloat ? 1e-5 : 1e-11;
        Same("value", value, Forward(arguments), rounding);
        if (companion.GetMethod("Vjp") is not { } vjp) return;

        object[] directions = [.. arguments.Select(a => Elements.Direction(a, random))];
        // The quotient of sixth order is off by h^6 and by rounding / h.
        var (quotient, truncation) = (Quotient(arguments, directions, isFloat ? 8e-3 : 1e-3), isFloat ? 2e-3 : 2e-8);
        var tangent = quotient;
        // A function with a reverse rule only leaves its programs without a forward derivative: then the cotangent is the quotient's adjoint.
        if (companion.GetMethod("Jvp") is { } forwardMode)
        {
            var jvp = (ITuple)Call(forwardMode, [.. arguments, .. Floating(arguments, directions)]);
            Same("value beside the tangent", value, jvp[0]!, rounding);
            tangent = Elements.Numbers(jvp[1]!);
            Same("tangent", quotient, tangent, truncation);
        }
        else rounding = truncation;

        var cotangent = Elements.Direction(value, random);
        var reverse = (ITuple)Call(vjp, [.. arguments, cotangent]);
        Same("value beside the cotangent", value, reverse[0]!, rounding);
        double[] forward = [.. Elements.Numbers(cotangent).Zip(tangent, (u, t) => u * t)];
        var products = Floating(arguments, directions).Select((v, i) => Elements.Dot(v, reverse[i + 1]!)).ToArray();
        Close("<Jv, u> and <v, J'u>", 0, forward.Sum(), products.Sum(p => p.Sum), rounding * Math.Max(forward.Sum(Math.Abs), products.Sum(p => p.Scale)));
    }

    /// <summary>On a mesh of devices: what the processor computes, of the program and of its derivatives.</summary>
    public void Check(DeviceMesh mesh, Random random, params object[] arguments)
    {
        var value = Forward(arguments);
        Same("Forward", arguments);
        if (companion.GetMethod("Jvp") is not null) Same("Jvp", [.. arguments, .. Floating(arguments, [.. arguments.Select(a => Elements.Direction(a, random))])]);
        if (companion.GetMethod("Vjp") is not null) Same("Vjp", [.. arguments, Elements.Direction(value, random)]);

        void Same(string member, object[] all)
        {
            var compiled = companion.GetMethod(member)!;
            var (expected, actual) = (Call(compiled, all), mesh.Run(() => Call(compiled, all)));
            // Sums are ordered differently, and loops let what that changes grow.
            Twin.Same($"{member} on {mesh}", expected, actual, all.Append(value).Any(IsFloat) ? 1e-4 : 1e-9);
        }
    }

    private static bool IsFloat(object value) => value is float or INdArray<float> || value is ITuple items && Enumerable.Range(0, items.Length).Any(i => IsFloat(items[i]!));

    private static IEnumerable<object> Floating(object[] arguments, object[] values) => values.Where((_, i) => HasFloats(arguments[i].GetType()));

    private static bool HasFloats(Type type) => type == typeof(double) || type == typeof(float)
        || (type.IsGenericType ? type.GetGenericArguments() : type.GetProperties().Select(p => p.PropertyType)).Any(t => t != type && HasFloats(t));

    private double[] Quotient(object[] arguments, object[] directions, double h)
    {
        double[] At(double step) => Elements.Numbers(Eager([.. arguments.Select((a, i) => Elements.Step(a, step, directions[i]))]));
        double[] Wide(double step) => [.. At(step).Zip(At(-step), (a, b) => a - b)];
        double[] one = Wide(h), two = Wide(2 * h), three = Wide(3 * h);
        return [.. one.Select((_, i) => (45 * one[i] - 9 * two[i] + three[i]) / (60 * h))];
    }

    private static void Same(string what, object expected, object actual, double tolerance)
    {
        Assert.Equal(Shapes(expected), Shapes(actual));
        Same(what, Elements.Numbers(expected), Elements.Numbers(actual), tolerance);

        static int[][] Shapes(object value) => [.. Frontend.Eager.Leaves(value).Select(leaf => leaf.Shape)];
    }

    private static void Same(string what, double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Select(Math.Abs).Where(double.IsFinite).Append(1).Max();
        for (var i = 0; i < expected.Length; i++) Close(what, i, expected[i], actual[i], tolerance * scale);
    }

    private static void Close(string what, int i, double expected, double actual, double tolerance) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance, $"{what}, element {i}: expected {expected:R}, got {actual:R}, tolerance {tolerance:g2}");

    private static object Call(MethodInfo method, object[] arguments) => method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    private static string CompanionName(MethodInfo method)
    {
        // An underscore joins; those of a name are doubled.
        static string Part(string name) => name.Replace("_", "__", StringComparison.Ordinal);
        var name = Part(method.Name);
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType) name = $"{Part(type.Name)}_{name}";
        return method.DeclaringType!.Namespace is { } space ? $"{space}.{name}" : name;
    }
}
