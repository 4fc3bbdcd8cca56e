using DrJax.Compiled;
using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Xunit;
using static DrJax.Tests.Backends.LoweredBuilder;

namespace DrJax.Tests.Backends;

/// <summary>Every row of the op table is spelled in both dialects, and both compute the same.</summary>
public sealed class OpRowTests
{
    private const int Count = 37;

    public static TheoryData<int> Elements => new() { (int)ElementType.Float64, (int)ElementType.Float32 };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Lanes_and_scalars_agree_on_every_row(int type)
    {
        var element = (ElementType)type;
        foreach (var op in Enum.GetValues<ScalarOp>())
        {
            var row = OpTable.Row(op);
            if (row.Vector is null || row.Result == (element == ElementType.Float64 ? OpResult.Single : OpResult.Double)) continue;
            var operand = row.Takes switch { OpOperands.Bools => ElementType.Bool, OpOperands.Ints => ElementType.Int32, _ => element };
            var b = new LoweredBuilder();
            var n = N("n");
            var arguments = new List<Generator.Lowering.Buffer>();
            if (op == ScalarOp.Select) arguments.Add(b.Argument("choice", ElementType.Bool, n));
            while (arguments.Count < row.Arity) arguments.Add(b.Argument($"x{arguments.Count}", operand, n));
            var result = row.Result switch { OpResult.Bool => ElementType.Bool, OpResult.Single or OpResult.Double => element, _ => operand };
            var (lanes, scalar) = (b.Result("lanes", result, n), b.Result("scalar", result, n));
            LoopAxis i = Axis("i", n), j = Axis("j", n);
            Expr Value(LoopAxis axis) => b.Apply(op, [.. arguments.Select(a => b.Load(a, b.At(axis)))]);
            var emitted = new EmittedProgram(b.Build(
                b.Nest([i], [], i, element, b.Store(Value(i), lanes, b.At(i))),
                b.Nest([j], [], null, element, b.Store(Value(j), scalar, b.At(j)))));
            var x = arguments.Select((a, k) => Data.Of(a.Element, Count, k + 1, row.Low, row.High)).ToArray();
            // Orders of polygamma are whole.
            if (op == ScalarOp.Polygamma) x[0] = Data.From(element, [.. Enumerable.Range(0, Count).Select(k => (double)(k % 4))]);
            var (some, one) = (Data.Empty(result, Count), Data.Empty(result, Count));
            emitted.Run([.. x], [some, one], ("n", Count));
            // Both are within a few units in the last place; near a zero of the function the argument's rounding counts too.
            var tolerance = element == ElementType.Float64 ? 1e-14 : 2e-6;
            for (var k = 0; k < Count; k++)
                Assert.True(Math.Abs(Data.At(some, k) - Data.At(one, k)) <= tolerance * Math.Max(1, Math.Abs(Data.At(one, k))), $"{op}[{k}]: {Data.At(some, k)} in lanes, {Data.At(one, k)} alone");
        }
    }

    [Theory]
    [MemberData(nameof(Elements))]
    public void Integers_and_bools_in_lanes_are_those_of_scalars(int type)
    {
        var element = (ElementType)type;
        var b = new LoweredBuilder();
        var n = N("n");
        var (p, q, mask, x) = (b.Argument("p", ElementType.Int32, n), b.Argument("q", ElementType.Int32, n, 3), b.Argument("mask", ElementType.Bool, n, 2), b.Argument("x", element, n));
        ElementType[] kinds = [ElementType.Int32, ElementType.Bool, element, ElementType.Int32, ElementType.Bool, ElementType.Int32, element];
        Output[] Outputs(LoopAxis axis, List<Generator.Lowering.Buffer> to)
        {
            var (at, one) = (b.At(axis), b.E.Const(1, ElementType.Int32));
            var a = b.Load(p, at);
            var c = b.Load(q, at, one);
            var flag = b.Load(mask, at, one);
            Expr[] values =
            [
                b.Apply(ScalarOp.Max, b.Apply(ScalarOp.Subtract, a, c), b.Apply(ScalarOp.Add, at, one)),
                b.Apply(ScalarOp.Not, b.Apply(ScalarOp.Equal, flag, b.Apply(ScalarOp.Less, a, c))),
                b.Apply(ScalarOp.Multiply, b.E.Cast(a, element), b.E.Cast(flag, element)),
                b.Apply(ScalarOp.Select, flag, a, b.E.Cast(b.Load(x, at), ElementType.Int32)),
                b.Apply(ScalarOp.NotEqual, flag, b.E.Cast(c, ElementType.Bool)),
                b.Apply(ScalarOp.Min, b.E.Cast(flag, ElementType.Int32), b.E.Size(n)),
                b.E.Cast(at, element),
            ];
            // Every second result is stored a stride apart.
            return [.. values.Select((v, k) => k % 2 == 0 ? b.Store(v, to[k], at) : b.Store(v, to[k], at, one))];
        }

        List<Generator.Lowering.Buffer> Results(string name) => [.. kinds.Select((k, i) => i % 2 == 0 ? b.Result(name + i, k, n) : b.Result(name + i, k, n, 2))];
        var (lanes, scalar) = (Results("lanes"), Results("scalar"));
        LoopAxis i = Axis("i", n), j = Axis("j", n);
        var emitted = new EmittedProgram(b.Build(b.Nest([i], [], i, element, Outputs(i, lanes)), b.Nest([j], [], null, element, Outputs(j, scalar))));
        foreach (var count in (int[])[0, 1, 7, 8, 9, 15, 16, 17, 40])
        {
            Array[] results = [.. kinds.Concat(kinds).Select((k, r) => Data.Empty(k, r % kinds.Length % 2 == 0 ? count : 2 * count))];
            emitted.Run([Data.Of(ElementType.Int32, count), Data.Of(ElementType.Int32, 3 * count, 2), Data.Of(ElementType.Bool, 2 * count, 3), Data.Of(element, count, 4)], results, ("n", count));
            for (var k = 0; k < kinds.Length; k++) Assert.Equal(results[k + kinds.Length], results[k]);
        }
    }

    [Fact]
    public void Blocks_turn_into_lanes_and_back()
    {
        foreach (var groups in (int[])[1, 7, 8, 17, 40])
        {
            foreach (var size in (int[])[1, 3, 8, 11, 19])
            {
                Turn<double>(groups, size, v => v);
                Turn<float>(groups, size, v => v);
                Turn<int>(groups, size, v => v);
                Turn<bool>(groups, size, v => v % 3 == 0);
            }
        }
    }

    private static unsafe void Turn<T>(int groups, int size, Func<int, T> value)
        where T : unmanaged
    {
        var (packedStride, laneStride) = (size + 2, groups + 3);
        var packed = Enumerable.Range(0, groups * packedStride).Select(value).ToArray();
        var lanes = new T[size * laneStride];
        var back = new T[groups * packedStride];
        fixed (T* from = packed, to = lanes, again = back)
        {
            switch (packed)
            {
                case double[]:
                    Lanes.ToLanes((double*)from, packedStride, groups, size, (double*)to, laneStride);
                    Lanes.FromLanes((double*)to, laneStride, groups, size, (double*)again, packedStride);
                    break;
                case float[]:
                    Lanes.ToLanes((float*)from, packedStride, groups, size, (float*)to, laneStride);
                    Lanes.FromLanes((float*)to, laneStride, groups, size, (float*)again, packedStride);
                    break;
                case int[]:
                    Lanes.ToLanes((int*)from, packedStride, groups, size, (int*)to, laneStride);
                    Lanes.FromLanes((int*)to, laneStride, groups, size, (int*)again, packedStride);
                    break;
                default:
                    Lanes.ToLanes((bool*)from, packedStride, groups, size, (bool*)to, laneStride);
                    Lanes.FromLanes((bool*)to, laneStride, groups, size, (bool*)again, packedStride);
                    break;
            }
        }
        for (var g = 0; g < groups; g++)
        {
            for (var j = 0; j < packedStride; j++)
            {
                if (j < size) Assert.Equal(packed[g * packedStride + j], lanes[j * laneStride + g]);
                Assert.Equal(j < size ? packed[g * packedStride + j] : default, back[g * packedStride + j]);
            }
        }
        for (var j = 0; j < size; j++)
            for (var g = groups; g < laneStride; g++) Assert.Equal(default, lanes[j * laneStride + g]);
    }
}
