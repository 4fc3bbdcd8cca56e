using System.Globalization;

namespace DrJax.Tests.Ir;

/// <summary>A row-major array of doubles (ints and bools are stored as such): the value of an IR node in the interpreter. A placed value's first axes are its groups.</summary>
internal sealed class NdArray(int[] shape, double[] data)
{
    public int[] Shape { get; } = shape;

    public double[] Data { get; } = data;

    public int Rank => Shape.Length;

    public double Value => Data.Length == 1 ? Data[0] : throw new InvalidOperationException($"not one number: {this}");

    public static NdArray Scalar(double value) => new([], [value]);

    public static NdArray Of(params double[] data) => new([data.Length], data);

    public static NdArray Zeros(params int[] shape) => new(shape, new double[Count(shape)]);

    public static NdArray Generate(int[] shape, Func<int[], double> element)
    {
        var result = Zeros(shape);
        var k = 0;
        foreach (var index in Indices(shape)) result.Data[k++] = element(index);
        return result;
    }

    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (n, d) => n * d);

    /// <summary>Every index of a shape in row-major order; the array yielded is reused.</summary>
    public static IEnumerable<int[]> Indices(int[] shape)
    {
        var index = new int[shape.Length];
        for (var left = Count(shape); left > 0; left--)
        {
            yield return index;
            for (var axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }
    }

    public double this[params int[] index]
    {
        get => Data[Offset(index)];
        set => Data[Offset(index)] = value;
    }

    /// <summary>The sub-array at one position of the first axis.</summary>
    public NdArray At(int index)
    {
        var shape = Shape[1..];
        var size = Count(shape);
        return new(shape, Data[(index * size)..((index + 1) * size)]);
    }

    public static NdArray Stack(IReadOnlyList<NdArray> rows, int[] rowShape) =>
        new([rows.Count, .. rowShape], [.. rows.SelectMany(r => r.Data)]);

    public NdArray Permute(IReadOnlyList<int> order)
    {
        var source = new int[Rank];
        return Generate([.. order.Select(axis => Shape[axis])], index =>
        {
            for (var i = 0; i < index.Length; i++) source[order[i]] = index[i];
            return this[source];
        });
    }

    public NdArray Select(Func<double, double> f) => new(Shape, [.. Data.Select(f)]);

    public override string ToString() =>
        $"[{string.Join(",", Shape)}]({string.Join(" ", Data.Select(d => d.ToString("R", CultureInfo.InvariantCulture)))})";

    private int Offset(int[] index)
    {
        var offset = 0;
        for (var axis = 0; axis < Shape.Length; axis++)
        {
            if ((uint)index[axis] >= (uint)Shape[axis]) throw new ArgumentOutOfRangeException(null, $"index {index[axis]} of axis {axis} of length {Shape[axis]}");
            offset = offset * Shape[axis] + index[axis];
        }
        return offset;
    }
}
