using System.Text.Json;
using DrJax.Generator.Ir;
using DrJax.Tests.Ir;
using Xunit;

namespace DrJax.Tests.Frontend;

/// <summary>Runs compiled programs through the IR's interpreter, arguments by the name of the leaf.</summary>
internal static class Evaluate
{
    /// <summary>The results of a program, one for each leaf. Sizes are read off the arguments.</summary>
    public static NdArray[] Run(Program program, Dictionary<string, NdArray> arguments)
    {
        var sizes = new Dictionary<string, int>();
        foreach (var parameter in program.Function.Parameters)
        {
            var value = arguments[parameter.Name];
            var placed = parameter.Type.Placements.Count;
            for (var level = 0; level < placed; level++)
                if (parameter.Type.Placements[level] is { Size.AsConstant: null } placement) sizes[placement.Name] = value.Shape[level];
            for (var axis = 0; axis < parameter.Type.Rank; axis++) sizes[$"{parameter.Name}.{axis}"] = value.Shape[placed + axis];
            if (parameter.Type is { IsScalar: true, Element: ElementType.Int32, IsPlaced: false }) sizes[parameter.Name] = (int)value.Value;
        }
        var interpreter = new Interpreter(sizes);
        foreach (var requirement in program.Requirements)
        {
            var (left, right) = (interpreter.Size(requirement.Left), interpreter.Size(requirement.Right));
            if (requirement.Kind == RequirementKind.Equal ? left != right : left > right)
                throw new ArgumentException(DrJax.Generator.Frontend.Sizes.Text(requirement.Message, requirement.Left, requirement.Right) + $" ({left}, {right})");
        }
        return interpreter.Results(program.Function, [.. program.Function.Parameters.Select(p => arguments[p.Name])]);
    }

    public static NdArray[] Run(Program program, params (string Name, NdArray Value)[] arguments) =>
        Run(program, arguments.ToDictionary(a => a.Name, a => a.Value));

    /// <summary>The file of inputs and expected outputs that an independent implementation made.</summary>
    public static JsonElement Golden(string name) =>
        JsonDocument.Parse(File.ReadAllText(Compile.InTests("Golden", name + ".json"))).RootElement;

    public static NdArray Array(JsonElement json)
    {
        var shape = new List<int>();
        for (var level = json; level.ValueKind == JsonValueKind.Array; level = level[0]) shape.Add(level.GetArrayLength());
        return new NdArray([.. shape], [.. Numbers(json)]);
    }

    /// <summary>Equal to 1e-10 relative to the largest expected magnitude: both sides are double precision, summed in different
    /// orders.</summary>
    public static void Close(JsonElement expected, NdArray actual)
    {
        var array = Array(expected);
        Assert.Equal(array.Shape, actual.Shape);
        var scale = Math.Max(1, array.Data.Max(Math.Abs));
        for (var i = 0; i < array.Data.Length; i++)
            Assert.True(Math.Abs(array.Data[i] - actual.Data[i]) <= 1e-10 * scale,
                $"element {i}: expected {array.Data[i]:R}, got {actual.Data[i]:R}");
    }

    private static IEnumerable<double> Numbers(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray().SelectMany(Numbers) : [json.GetDouble()];
}
