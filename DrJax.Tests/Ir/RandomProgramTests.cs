using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>Random graphs of every kind of node: forward = reverse = difference quotient, batched = one by one, prepared = as written.</summary>
public class RandomProgramTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Derivatives_of_random_programs(int quarter)
    {
        var kinds = new HashSet<string>();
        for (var seed = 100 * quarter; seed < 100 * (quarter + 1); seed++)
        {
            var random = new Random(seed);
            var lab = new Lab { Sizes = { ["n"] = random.Next(1, 4), ["m"] = random.Next(1, 4), ["clients"] = random.Next(1, 4) } };
            var f = new Maker(lab, random).Program();
            NdArray[] x = lab.Arguments(random);
            kinds.UnionWith(f.Nodes.Select(n => n.GetType().Name));
            try
            {
                DerivativeCheck.First(lab, f, x, random);
                if (seed % 4 == 0) DerivativeCheck.Second(lab, f, x, random);
                var gradient = lab.Derivatives.Vjp(f, All(f));
                var prepared = new Passes(lab.Graph).Prepare(gradient);
                NdArray[] arguments = [.. x, .. lab.Run(f, x)];
                var (expected, actual) = (lab.Run(gradient, arguments), lab.Run(prepared, arguments));
                for (var i = 0; i < expected.Length; i++) DerivativeCheck.Same(expected[i], actual[i], $"result {i} prepared", 1e-9);
                Batch(lab, f, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}\n{Printer.Print(f)}", e);
            }
        }
        Assert.Superset(new HashSet<string>
        {
            nameof(Loop), nameof(Branch), nameof(Call), nameof(Map), nameof(PlacedReduce), nameof(Broadcast), nameof(Gather), nameof(Update),
            nameof(Contract), nameof(Slice), nameof(Concat), nameof(Pad), nameof(Permute), nameof(Expand), nameof(Reduce), nameof(Reshape),
        }, kinds);
    }

    private static void Batch(Lab lab, Func f, Random random)
    {
        lab.Sizes["lanes"] = 2;
        var mask = f.Parameters.Select(p => random.Next(2) == 0 && !p.Type.IsPlaced).ToEquatable();
        NdArray[] a = lab.Arguments(random), other = lab.Arguments(random);
        NdArray[] b = [.. a.Select((x, i) => mask[i] ? other[i] : x)];
        var vmap = lab.Derivatives.Vmap(f, Dim.Symbol("lanes"), mask);
        var actual = lab.Run(vmap, [.. a.Select((x, i) => mask[i] ? NdArray.Stack([x, b[i]], x.Shape) : x)])[0];
        DerivativeCheck.Same(NdArray.Stack([lab.Run(f, a)[0], lab.Run(f, b)[0]], lab.Run(f, a)[0].Shape), actual, "batched");
    }

    /// <summary>Grows a graph from its parameters by nodes picked at random; every operation keeps values of order 1.</summary>
    private sealed class Maker(Lab lab, Random random)
    {
        private readonly Graph g = lab.Graph;
        private int depth;

        public Func Program()
        {
            List<Node> values = [lab.Real("s"), lab.Real("x", N), lab.Real("y", N), lab.Real("a", N, M)];
            var data = lab.Real("data", [Clients], N);
            Grow(values, 6);
            var body = Body([RealType(N), RealType(N)], RealType(N));
            var mapped = g.Map(Clients, body, [g.Broadcast(OfRank(values, 1), Clients), data])[0];
            values.Add(g.PlacedReduce(random.Next(2) == 0 ? PlacedReduceKind.Mean : PlacedReduceKind.Max, mapped));
            Grow(values, 4);
            return lab.Entry(g.SumAll(Bounded(values[^1])) + g.SumAll(Bounded(values[^2])));
        }

        private void Grow(List<Node> values, int steps)
        {
            for (var i = 0; i < steps; i++) values.Add(Bounded(Next(values)));
        }

        private Node Bounded(Node x) => g.Apply(ScalarOp.Tanh, x);

        private Node OfRank(List<Node> values, int rank) => Pick(values.Where(v => v.Type.Rank == rank && (rank == 0 || v.Type.Shape[0] == N)).ToArray());

        private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

        /// <summary>A function grown from its own parameters.</summary>
        private Func Body(DrJax.Generator.Ir.ValueType[] types, DrJax.Generator.Ir.ValueType result) => lab.Function($"body{random.Next(1000)}", types, p =>
        {
            depth++;
            List<Node> values = [.. p.Where(v => v.Type.IsDifferentiable)];
            values.Add(g.Const(0.5, ElementType.Float64));
            values.Add(g.Fill(0.25, RealType(N)));
            values.Add(g.Fill(0.75, RealType(N, M)));
            Grow(values, 3);
            depth--;
            return [Bounded(values.Last(v => v.Type.Shape.Equals(result.Shape)) * p.Last(v => v.Type.Shape.Equals(result.Shape)))];
        });

        private Node Next(List<Node> values)
        {
            Node s = OfRank(values, 0), x = OfRank(values, 1), y = OfRank(values, 1), a = OfRank(values, 2);
            var last = g.Size(N - 1);
            var i = g.Iota([N], 0);
            return random.Next(depth > 1 ? 13 : 17) switch
            {
                0 => x * y,
                1 => x / (g.One(y) + g.Square(y)),
                2 => g.Select(g.Apply(ScalarOp.Less, x, y), x, g.Apply(ScalarOp.Sin, y)),
                3 => g.Apply(ScalarOp.Max, x, y) - g.Fill(s, [N]),
                4 => g.SumAll(g.Square(x)) + g.Reduce(ReduceKind.Max, a, [0, 1]),
                5 => g.Expand(x, [N, M], [0]) * a,
                6 => g.Contract(a, x, new([], [], [0], [0])) is var v ? g.Contract(a, v, new([], [], [1], [0])) : v,
                7 => g.Contract(a, a, new([0], [0], [1], [1])) * y,
                8 => g.Update(x, g.Reshape(s, [1]), [last], random.Next(2) == 0 ? UpdateMode.Set : UpdateMode.Add),
                9 => g.At(x, last) * s,
                10 => g.Gather(x, [g.Apply(ScalarOp.Remainder, i * g.Fill(2, i), g.Fill(g.Size(N), [N]))], [0]),
                11 => g.Slice(g.Concat([x, y], 0), [g.Const(1, ElementType.Int32)], [N]),
                12 => g.Sum(g.Permute(a, [1, 0]), [0]) + g.Slice(g.Pad(y, [1], [2]), [g.Size(2)], [N]),
                13 => g.Call(Body([RealType(N), RealType()], RealType(N)), [x, s])[0],
                14 => g.Branch(g.Apply(ScalarOp.Less, s, g.Const(0.6, ElementType.Float64)),
                    Body([RealType(N), RealType(N)], RealType(N)), Body([RealType(N), RealType(N)], RealType(N)), [x, y])[0],
                15 => Loop(x, s, a),
                _ => g.Call(lab.Derivatives.Vjp(Body([RealType(N), RealType(N)], RealType(N)), [true, true]), [x, y, x])[2],
            };
        }

        private Node Loop(Node x, Node s, Node a)
        {
            var r = g.Loop(M, random.Next(2) == 0, Body([IntType, RealType(N), RealType(), RealType(N, M)], RealType(N)), [x], [s, a]);
            return r[0];
        }
    }
}
