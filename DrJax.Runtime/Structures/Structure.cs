using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DrJax;

/// <summary>How a value is taken apart into leaves (float, double, int and bool scalars and arrays of them), depth first over tuple items
/// and
/// positional record parameters, and put together again.</summary>
public static class Structure
{
    /// <summary>States how values of T are taken apart and put together; generated code registers every structure that a program uses.
    /// Registering T again replaces what was there.</summary>
    /// <param name="flatten">The leaves, depth first.</param>
    /// <param name="unflatten">The value of such leaves.</param>
    /// <param name="leafCount">The number of leaves that every T has; 0 if it differs from value to value.</param>
    public static void Register<T>(Func<T, object[]> flatten, Func<object[], T> unflatten, int leafCount = 0)
    {
        ArgumentNullException.ThrowIfNull(flatten);
        ArgumentNullException.ThrowIfNull(unflatten);
        Registered<T>.Functions = new(flatten, unflatten, leafCount);
    }

    /// <summary>The leaves of a value, depth first.</summary>
    /// <exception cref="ArgumentException">T is not made of scalars, arrays, value tuples and positional records.</exception>
    /// <exception cref="NotSupportedException">T is not registered and the process has no dynamic code (Native AOT).</exception>
    public static object[] Flatten<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Leaf.Is(typeof(T)) ? [value] : Of<T>().Flatten(value);
    }

    /// <summary>The value of the given leaves: the inverse of <see cref="Flatten{T}(T)"/>.</summary>
    /// <exception cref="ArgumentException">T is not made of scalars, arrays, value tuples and positional records, or has another number
    /// of leaves.</exception>
    /// <exception cref="NotSupportedException">T is not registered and the process has no dynamic code (Native AOT).</exception>
    public static T Unflatten<T>(object[] leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        var functions = Leaf.Is(typeof(T)) ? null : Of<T>();
        var expected = functions?.LeafCount ?? 1;
        if (expected != 0 && leaves.Length != expected)
            throw new ArgumentException(
                $"{typeof(T)} has {expected} {(expected == 1 ? "leaf" : "leaves")}, got {leaves.Length}", nameof(leaves));
        return functions is null ? (T)leaves[0] : functions.Unflatten(leaves);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2059", Justification = "The constructor of a placed type that is used is there.")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Runs only with dynamic code, that is, untrimmed by Native AOT.")]
    private static Functions<T> Of<T>()
    {
        if (Registered<T>.Functions is { } functions) return functions;
        if (typeof(IPlaced).IsAssignableFrom(typeof(T)))
        {
            // A placed type registers itself when it is first used.
            RuntimeHelpers.RunClassConstructor(typeof(T).TypeHandle);
            return Registered<T>.Functions!;
        }
        if (Leaf.IsEnum(typeof(T))) return Registered<T>.Functions = new(static value => [Unsafe.BitCast<T, int>(value)], static leaves => Unsafe.BitCast<int, T>((int)leaves[0]), 1);
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new NotSupportedException(
                $"{typeof(T)} is not registered: call Structure.Register<{typeof(T).Name}>(flatten, unflatten) at start-up "
                + "(the generator does so for the structures of [DrJaxProgram] methods)");
        return Registered<T>.Functions = ReflectedStructure.Functions<T>();
    }

    internal sealed record Functions<T>(Func<T, object[]> Flatten, Func<object[], T> Unflatten, int LeafCount);

    private static class Registered<T>
    {
        internal static volatile Functions<T>? Functions;
    }
}
