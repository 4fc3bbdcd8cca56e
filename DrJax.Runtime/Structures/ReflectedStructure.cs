using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DrJax;

/// <summary>Structures that nobody registered, read by reflection: value tuples and positional records.</summary>
internal static class ReflectedStructure
{
    [RequiresUnreferencedCode("Reads the members of tuples and records.")]
    internal static Structure.Functions<T> Functions<T>()
    {
        var node = Node.Of(typeof(T));
        return new(
            value => { var leaves = new List<object>(node.LeafCount); node.Flatten(value!, leaves); return [.. leaves]; },
            leaves => (T)node.Unflatten(new Queue<object>(leaves)),
            node.LeafCount);
    }

    /// <summary>A leaf (no constructor), a placed value (one part: its group), or a tuple or record: its parts and how to make it of them.</summary>
    private sealed record Node(ConstructorInfo? Constructor, (Func<object, object?> Get, Node Node)[] Parts, Type? PlacedType = null, Type? EnumType = null)
    {
        internal int LeafCount { get; } = Constructor is null && PlacedType is null ? 1 : Parts.Sum(p => p.Node.LeafCount);

        [RequiresUnreferencedCode("Reads the members of tuples and records.")]
        internal static Node Of(Type type)
        {
            if (Leaf.Is(type)) return new(null, []);
            if (Leaf.IsEnum(type)) return new(null, [], EnumType: type);
            if (typeof(IPlaced).IsAssignableFrom(type)) return new(null, [(static _ => null, Of(type.GetGenericArguments()[0]))], type);
            if (typeof(ITuple).IsAssignableFrom(type) && type.IsValueType)
                return new(type.GetConstructor(type.GetGenericArguments()),
                    [.. type.GetFields().OrderBy(f => f.Name, StringComparer.Ordinal)
                        .Select(f => ((Func<object, object?>)f.GetValue, Of(f.FieldType)))]);
            return Positional(type) is { } constructor
                ? new(constructor, [.. constructor.GetParameters().Select(p => type.GetProperty(p.Name!)!)
                    .Select(p => ((Func<object, object?>)p.GetValue, Of(p.PropertyType)))])
                : throw new ArgumentException($"{type} has no structure: expected a float, double, int or bool, an array of them, "
                    + "a value tuple or positional record of these, or a type given to Structure.Register");
        }

        internal void Flatten(object value, List<object> leaves)
        {
            if (value is IPlaced placed) leaves.AddRange(placed.InnerLeaves);
            else if (Constructor is null) leaves.Add(EnumType is null ? value : (int)value);
            else foreach (var (get, node) in Parts) node.Flatten(get(value)!, leaves);
        }

        internal object Unflatten(Queue<object> leaves)
            => PlacedType is not null ? Placed([.. Enumerable.Range(0, LeafCount).Select(_ => leaves.Dequeue())])
            : EnumType is not null ? Enum.ToObject(EnumType, (int)leaves.Dequeue())
            : Constructor is null ? leaves.Dequeue() : Constructor.Invoke([.. Parts.Select(p => p.Node.Unflatten(leaves))]);

        [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Reached with dynamic code only: see Structure.")]
        private object Placed(object[] leaves) => typeof(Structure).GetMethod(nameof(Structure.Unflatten))!.MakeGenericMethod(PlacedType!).Invoke(null, [leaves])!;

        /// <summary>The constructor whose parameters are all properties of the same name and type: a record's primary one.</summary>
        [RequiresUnreferencedCode("Reads constructors and properties.")]
        private static ConstructorInfo? Positional(Type type) => type.GetConstructors()
            .Where(c => c.GetParameters() is { Length: > 0 } parameters
                && parameters.All(p => type.GetProperty(p.Name!)?.PropertyType == p.ParameterType))
            .MaxBy(c => c.GetParameters().Length);
    }
}
