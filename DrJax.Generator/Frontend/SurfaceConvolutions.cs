using DrJax.Generator.Ir;

namespace DrJax.Generator.Frontend;

/// <summary>Convolutions are contractions of the kernel with the windows of the input, poolings reductions over them.</summary>
internal static partial class Surface
{
    /// <summary>Along one axis: a window's extent, the distance of windows, the distance of its elements, zeros before and after, the number of windows.</summary>
    private sealed record Windows(Dim Extent, int Stride, int Dilation, Dim Low, Dim High, Dim Count)
    {
        /// <summary>From the first window's first element to the last one's last.</summary>
        public Dim Span => (Count - 1) * Stride + (Extent - 1) * Dilation + 1;
    }

    private static Data Convolution(SurfaceCall c, int spatial)
    {
        var (x, kernel, g) = (c.Node(0), c.Node(1), c.Graph);
        // Axes: items (if any), channels, then space; the kernel's: channels out, channels in, space.
        var channels = x.Type.Rank - spatial - 1;
        c.Translator.Equate(c.Name, c.Side(0, channels), c.Side(1, 1), c.At, c.Translator.Failure(place => ErrorTexts.Channels(c.Name, Translator.Shape(c.Node(0).Type.Shape, place),
            Translator.Shape(c.Node(1).Type.Shape, place), place(c.Node(0).Type.Shape[channels]), place(c.Node(1).Type.Shape[1]))));
        var (stride, dilation, same) = (Positive(c, 2, "stride"), Positive(c, 4, "dilation"), c.Constant(3) == 1);
        Windows[] windows = [.. Enumerable.Range(0, spatial).Select(i => Along(c, channels + 1 + i, kernel.Type.Shape[2 + i], stride, dilation, same, $"{c.Text(1)} has extent {{0}}"))];

        int[] summed = [.. Enumerable.Range(0, spatial + 1)];
        var product = g.Contract(kernel, SeenThrough(x, windows), new ContractAxes([], [], summed.Select(i => 1 + i).ToEquatable(), summed.Select(i => channels + i).ToEquatable()));
        return new Data(channels == 0 ? product : g.Permute(product, [1, 0, .. Enumerable.Range(2, spatial)]));
    }

    private static Node Pooling(SurfaceCall c, int spatial, ReduceKind kind)
    {
        var (x, g) = (c.Node(0), c.Graph);
        var lead = x.Type.Rank - spatial;
        var extent = Positive(c, 1, "window");
        var stride = c.Count > 2 ? Positive(c, 2, "stride") : extent;
        Windows[] windows = [.. Enumerable.Range(0, spatial).Select(i => Along(c, lead + i, Dim.Constant(extent), stride, 1, same: false, "a window has extent {0}"))];
        var seen = stride == extent ? Tiles(x, lead, windows) : SeenThrough(x, windows);
        int[] inside = stride == extent ? [.. Enumerable.Range(0, spatial).Select(i => lead + 2 * i + 1)] : [.. Enumerable.Range(lead, spatial)];
        return g.Reduce(kind, seen, inside);
    }

    private static Data AveragePooling(SurfaceCall c, int spatial)
    {
        var sum = Pooling(c, spatial, ReduceKind.Sum);
        return new Data(sum / c.Graph.Fill(Math.Pow(c.Constant(1), spatial), sum));
    }

    /// <summary>An argument that decides how windows lie: a constant from 1 on.</summary>
    private static int Positive(SurfaceCall c, int i, string name)
    {
        var value = Simplify.AsDim(c.Node(i))?.AsConstant;
        return value >= 1 ? (int)value : throw new Rejected(Diagnostics.Windows, i < c.Sources.Length ? c.Sources[i].Syntax : c.At, c.Name,
            value is null ? $"{name} is not a constant" : $"{name} is at least 1, got {value}");
    }

    private static Windows Along(SurfaceCall c, int axis, Dim extent, int stride, int dilation, bool same, string kernelWords)
    {
        var length = c.Node(0).Type.Shape[axis];
        var span = (extent - 1) * dilation + 1;
        c.Translator.AtMost(Dim.One, extent, $"{c.Name}: at least {{0}} element is needed in a window, there are {{1}}", c.At, c.Scope);
        if (!same)
        {
            c.Translator.AtMost(span, length, $"{c.Name}: a window spans {{0}} elements of axis {axis} of {c.Text(0).Replace("{", "{{").Replace("}", "}}")}, which has {{1}}", c.At, c.Scope,
                failure: c.Translator.Failure(place => ErrorTexts.Window(c.Name, place(span), place(length))));
            return new(extent, stride, dilation, Dim.Zero, Dim.Zero, (length - span) / stride + 1);
        }
        var count = (length + (stride - 1)) / stride;
        var padding = stride == 1 ? span - 1 : Dim.Max((count - 1) * stride + span - length, Dim.Zero);
        return new(extent, stride, dilation, padding / 2, padding - padding / 2, count);
    }

    /// <summary>The last axes of x seen through windows: [.., window.., places..]. Neighbouring places lie side by side, as in x.</summary>
    private static Node SeenThrough(Node x, Windows[] windows)
    {
        var g = x.Graph;
        var lead = x.Type.Rank - windows.Length;
        IEnumerable<Dim> Padding(Func<Windows, Dim> side) => [.. Enumerable.Repeat(Dim.Zero, lead), .. windows.Select(side)];
        var padded = g.Pad(x, Padding(w => w.Low), Padding(w => w.High));
        // Where strides leave elements at the end unseen, they are cut off, so that every index is seen to be inside.
        var used = g.Slice(padded, padded.Type.Shape.Select(_ => g.Const(0, ElementType.Int32)), [.. padded.Type.Shape.Take(lead), .. windows.Select(w => w.Span)]);
        Dim[] over = [.. x.Type.Shape.Take(lead), .. windows.Select(w => w.Extent), .. windows.Select(w => w.Count)];
        Node Index(int axis, int times) => g.Iota(over, axis) * g.Fill(times, g.Iota(over, axis));
        var indices = Enumerable.Range(0, lead).Select(axis => g.Iota(over, axis)).Concat(windows.Select((w, i) =>
            Index(lead + windows.Length + i, w.Stride) + Index(lead + i, w.Dilation)));
        return g.Gather(used, indices, Enumerable.Range(0, x.Type.Rank));
    }

    /// <summary>Windows that lie side by side are axes cut in two: [.., places, window, places, window].</summary>
    private static Node Tiles(Node x, int lead, Windows[] windows)
    {
        var g = x.Graph;
        var used = g.Slice(x, x.Type.Shape.Select(_ => g.Const(0, ElementType.Int32)), [.. x.Type.Shape.Take(lead), .. windows.Select(w => w.Count * w.Extent)]);
        return g.Reshape(used, [.. x.Type.Shape.Take(lead), .. windows.SelectMany(w => new[] { w.Count, w.Extent })]);
    }
}
