using System.Reflection;
using ILGPU;

namespace DrJax.Tests.Devices.Ptx;

/// <summary>Finds the kernels of an assembly: static methods of an index and a structure of views, or of such a structure alone (one group of threads a point).</summary>
internal static class Kernels
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static (string Name, MethodInfo Method)[] Of(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           where !type.ContainsGenericParameters
           from method in type.GetMethods(Static)
           where IsKernel(method)
           from kernel in Closed(method)
           let arguments = string.Join(", ", kernel.GetGenericArguments().Select(t => t.Name))
           let name = $"{Path(type)}.{method.Name}{(arguments.Length > 0 ? $"<{arguments}>" : "")}"
           orderby name
           select (name, kernel),
    ];

    private static bool IsKernel(MethodInfo method) => method.ReturnType == typeof(void) && method.GetParameters().Select(p => p.ParameterType).ToArray() switch
    {
        [var index, var structure] => index == typeof(Index1D) && HasViews(structure),
        [var structure] => HasViews(structure),
        _ => false,
    };

    private static bool HasViews(Type type) => type is { IsValueType: true, IsPrimitive: false } && !type.Name.StartsWith("ArrayView", StringComparison.Ordinal)
        && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(f => f.FieldType.Name.StartsWith("ArrayView", StringComparison.Ordinal));

    /// <summary>A generic kernel of every element type that its constraints allow.</summary>
    private static IEnumerable<MethodInfo> Closed(MethodInfo method)
    {
        if (!method.IsGenericMethodDefinition) return [method];
        return new[] { typeof(double), typeof(float), typeof(int), typeof(byte) }.Select(element =>
        {
            try
            {
                return method.MakeGenericMethod([.. method.GetGenericArguments().Select(_ => element)]);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }).OfType<MethodInfo>();
    }

    private static string Path(Type type) => type.DeclaringType is { } outer ? $"{Path(outer)}.{type.Name}" : type.Name;
}
