using DrJax.Generator.Ir;
using DrJax.Generator.Ops;
using DrJax.Generator.Transforms;
using Xunit;
using static DrJax.Tests.Ir.Lab;

namespace DrJax.Tests.Ir;

/// <summary>What each pass is for, seen in the nodes that are left; that values stay is tested on the whole catalogue.</summary>
public class PassTests
{
    private static List<Node> Everywhere(Func f)
    {
        var (nodes, seen, open) = (new List<Node>(), new HashSet<Func>(), new Stack<Func>([f]));
        while (open.Count > 0)
        {
            var func = open.Pop();
            if (!seen.Add(func)) continue;
            nodes.AddRange(func.Nodes);
            foreach (var inner in func.Nodes.SelectMany(n => Verifier.Functions(n))) open.Push(inner);
        }
        return nodes;
    }

    private static Func Prepare(Lab lab, Func f) => new Passes(lab.Graph).Prepare(f);

    [Fact]
    public void Hoist_computes_once_what_does_not_depend_on_the_group()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (w, x) = (lab.Real("w", N, N), lab.Real("x", [Clients], N));
        var body = lab.Function("body", [RealType(N, N), RealType(N)], p =>
            [g.Contract(g.Contract(p[0], p[0], new([], [], [1], [0])), p[1], new([], [], [1], [0])) + Catalogue.Sin(g.Fill(2, p[1]))]);
        var f = Prepare(lab, lab.Entry(g.Map(Clients, body, [g.Broadcast(w, Clients), x])[0]));
        Assert.Single(f.Nodes.OfType<Contract>());
        Assert.Single(f.Nodes.OfType<Map>().Single().Body.Nodes.OfType<Contract>());
        Assert.Equal(2, f.Nodes.OfType<Map>().Single().Operands.Length);
    }

    [Fact]
    public void Hoist_leaves_what_repetition_made_large_in_the_map()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (w, x) = (lab.Real("w", N), lab.Real("x", [Clients], M, N));
        var body = lab.Function("body", [RealType(N), RealType(M, N)], p =>
            [g.Square(g.Expand(Catalogue.Sin(p[0]), [M, N], [1])) * p[1]]);
        var f = Prepare(lab, lab.Entry(g.Map(Clients, body, [g.Broadcast(w, Clients), x])[0]));
        Assert.Contains(f.Nodes, n => n is Apply { Op: ScalarOp.Sin });
        Assert.DoesNotContain(f.Nodes, n => n is Apply { Op: ScalarOp.Square });
    }

    [Fact]
    public void A_costly_function_of_a_repeated_value_is_computed_before_it_is_repeated()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (x, chosen) = (lab.Real("x", N), lab.Bool("chosen", N, M));
        var repeated = g.Expand(x, [N, M], [0]);
        var f = Prepare(lab, lab.Entry(Catalogue.Sin(g.Select(chosen, repeated, g.Zero(repeated.Type))), Catalogue.Sin(repeated)));
        Assert.All(f.Nodes.OfType<Apply>().Where(n => n.Op == ScalarOp.Sin), n => Assert.True(n.Type.Rank < 2));
    }

    [Fact]
    public void A_linear_map_at_the_end_of_a_sum_over_groups_is_applied_once()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (w, x) = (lab.Real("w", M, N), lab.Real("x", [Clients], N));
        var body = lab.Function("body", [RealType(M, N), RealType(N)], p =>
            [-g.Pad(g.Contract(p[0], Catalogue.Sin(p[1]), new([], [], [1], [0])), [1], [2])]);
        var sum = g.PlacedReduce(PlacedReduceKind.Mean, g.Map(Clients, body, [g.Broadcast(w, Clients), x])[0]);
        var f = Prepare(lab, lab.Entry(sum));
        Assert.Equal([typeof(Param), typeof(Apply)], f.Nodes.OfType<Map>().Single().Body.Nodes.Select(n => n.GetType()));
        Assert.Contains(f.Nodes, n => n is Contract { B: PlacedReduce });
        Assert.Contains(f.Nodes, n => n is Pad);
    }

    [Fact]
    public void Factors_that_groups_share_leave_the_sum_of_numbers_and_sums_that_differ_in_them_are_one()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (c, d, x, y) = (lab.Real("c"), lab.Real("d"), lab.Real("x", [Clients]), lab.Real("y", [Clients]));
        var body = lab.Function("body", [RealType(), RealType(), RealType(), RealType()], p => [p[2] * (p[0] * p[3]), -(p[2] * p[3]) / p[1], -(p[3] * p[2] * p[0])]);
        var map = g.Map(Clients, body, [g.Broadcast(c, Clients), g.Broadcast(d, Clients), x, y]);
        var f = Prepare(lab, lab.Entry([.. map.Select(r => g.PlacedReduce(PlacedReduceKind.Sum, r))]));
        var groups = f.Nodes.OfType<Map>().Single().Body;
        Assert.DoesNotContain(groups.Nodes, n => n is Apply { Op: ScalarOp.Divide });
        Assert.Equal(2, groups.Nodes.Count(n => n is Apply { Op: ScalarOp.Multiply })); // x y and y x
        Assert.Equal(2, groups.Parameters.Length);
    }

    [Fact]
    public void A_shared_factor_of_what_is_needed_with_it_stays_with_the_groups()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (c, x) = (lab.Real("c"), lab.Real("x", [Clients]));
        var body = lab.Function("body", [RealType(), RealType()], p => [p[0] * p[1], Catalogue.Sin(p[0] * p[1])]);
        var map = g.Map(Clients, body, [g.Broadcast(c, Clients), x]);
        var f = Prepare(lab, lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, map[0]), map[1]));
        Assert.DoesNotContain(f.Nodes, n => n is Apply { Op: ScalarOp.Multiply });
    }

    [Fact]
    public void A_linear_map_of_rows_of_a_group_stays_with_the_groups()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (w, x) = (lab.Real("w", N), lab.Real("x", [Clients], M, N));
        var body = lab.Function("body", [RealType(N), RealType(M, N)], p => [g.Contract(p[1], p[0], new([], [], [1], [0]))]);
        var f = Prepare(lab, lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, g.Map(Clients, body, [g.Broadcast(w, Clients), x])[0])));
        Assert.Single(f.Nodes.OfType<Map>().Single().Body.Nodes.OfType<Contract>());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public void The_transpose_of_reading_windows_scatters_nothing(int stride, int dilation)
    {
        var lab = new Lab();
        var f = Catalogue.Windows(lab, stride, dilation);
        var vjp = lab.Derivatives.Vjp(f, Lab.All(f));
        Assert.Contains(Everywhere(vjp), n => n is ScatterAdd);
        var prepared = Prepare(lab, vjp);
        Assert.DoesNotContain(Everywhere(prepared), n => n is ScatterAdd);
        foreach (var n in new[] { 1, 2, 5 })
        {
            lab.Sizes["n"] = n;
            NdArray[] arguments = [.. lab.Arguments(new Random(n)), lab.Draw(f.Results[0].Type, new Random(n), r => r.NextDouble())];
            foreach (var (expected, actual) in lab.Run(vjp, arguments).Zip(lab.Run(prepared, arguments)))
                for (var i = 0; i < expected.Data.Length; i++) Assert.Equal(expected.Data[i], actual.Data[i], 12);      // sums in another order
        }
    }

    [Fact]
    public void Prune_drops_dead_results_and_dead_carried_values()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (x, y) = (lab.Real("x"), lab.Real("y"));
        // Carried: used; only feeds itself; never changes. Stacked: unused.
        var body = lab.Function("body", [IntType, RealType(), RealType(), RealType(), RealType()], p =>
            [p[1] * p[3], Catalogue.Sin(p[2] * p[4]), p[3], p[2]]);
        var r = g.Loop(M, false, body, [x, y, g.Square(y)], [y]);
        var f = Prepare(lab, lab.Entry(r[0] + r[2]));
        var loop = f.Nodes.OfType<Loop>().Single();
        Assert.Equal((1, 2, 1), (loop.Carried, loop.Operands.Length, loop.Types.Length));
        Assert.DoesNotContain(Everywhere(f), n => n is Apply { Op: ScalarOp.Sin });
    }

    [Fact]
    public void Prune_lets_constants_into_regions_and_hands_on_what_they_return_unchanged()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (c, x) = (lab.Bool("c"), lab.Real("x", [Clients]));
        var body = lab.Function("body", [RealType(), RealType()], p => [p[0] * p[1], p[1]]);
        var map = g.Map(Clients, body, [g.Broadcast(g.Const(1, ElementType.Float64), Clients), x]);
        var f = Prepare(lab, lab.Entry(map[0], map[1]));
        // 1 * x is x.
        Assert.Equal(f.Parameters[1], f.Results[0]);
        Assert.Equal(f.Parameters[1], f.Results[1]);
        Assert.Equal(c, f.Parameters[0]);
    }

    [Fact]
    public void A_sum_of_products_over_repeated_operands_is_a_contraction()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (a, b) = (lab.Real("a", K, N), lab.Real("b", N, M));
        var product = g.Expand(a, [K, N, M], [0, 1]) * g.Expand(b, [K, N, M], [1, 2]);
        var f = Prepare(lab, lab.Entry(g.Sum(product, [1])));
        Assert.IsType<Contract>(f.Results[0]);
        var repeated = Prepare(lab, lab.Entry(g.Sum(g.Expand(a, [K, N, M], [0, 1]), [1, 2])));
        Assert.DoesNotContain(repeated.Nodes, n => n is Expand { Type.Rank: 3 });
    }

    [Fact]
    public void A_comprehension_over_two_indices_is_a_matrix_product()
    {
        // Build(K, M, (i, j) => Sum(N, l => a[i, l] * b[l, j]))
        var lab = new Lab();
        var g = lab.Graph;
        var (a, b) = (lab.Real("a", K, N), lab.Real("b", N, M));
        Node Load(Node x, Node i, Node j) => g.Reshape(g.Slice(x, [i, j], [1, 1]), []);
        var term = lab.Function("term", [IntType, IntType, IntType, a.Type, b.Type], p => [Load(p[3], p[0], p[2]) * Load(p[4], p[2], p[1])]);
        Func Over(Func f, Dim size, params bool[] mask) => lab.Derivatives.Vmap(f, size, mask.ToEquatable());
        var inner = Over(term, N, false, false, true, false, false);
        var sum = lab.Function("sum", [IntType, IntType, a.Type, b.Type], p =>
            [g.Sum(g.Call(inner, [p[0], p[1], g.Iota([N], 0), p[2], p[3]])[0], [0])]);
        var rows = Over(Over(sum, M, false, true, false, false), K, true, false, false, false);
        var f = lab.Entry(g.Call(rows, [g.Iota([K], 0), g.Iota([M], 0), a, b])[0]);
        Assert.Equal("""
            f(%0: f64[k, n] a, %1: f64[n, m] b) {
              %2 = contract<;  | 1; 0> %0 %1 : f64[k, m]
              return %2
            }

            """, Printer.Print(Prepare(lab, f)));
    }

    [Fact]
    public void The_gradient_of_the_cross_entropy_is_one_select()
    {
        // -Mean(Build(M, i => x[i, y[i]])), in f32
        var lab = new Lab();
        var g = lab.Graph;
        var (x, y) = (lab.Add("x", ElementType.Float32, [], [M, N], r => r.NextDouble()), lab.Int("y", 3, M));
        var pick = lab.Function("pick", [IntType, x.Type, y.Type], p => [g.Reshape(g.Slice(p[1], [p[0], g.At(p[2], p[0])], [1, 1]), [])]);
        var picked = g.Call(lab.Derivatives.Vmap(pick, M, [true, false, false]), [g.Iota([M], 0), x, y])[0];
        var f = lab.Entry(-(g.SumAll(picked) / g.Cast(g.Size(M), ElementType.Float32)));
        var gradient = lab.Entry(g.Call(lab.Derivatives.Vjp(f, [true, false]), [x, y, g.Const(1, ElementType.Float32)])[1]);
        var prepared = Prepare(lab, gradient);
        Assert.Single(prepared.Nodes, n => n is Apply { Op: ScalarOp.Select });
        // The labels are checked, once; nothing is gathered or scattered.
        Assert.DoesNotContain(prepared.Nodes, n => n is ScatterAdd or Gather && !UniqueScatters.IsCheck(n));
        Assert.Single(prepared.Nodes, UniqueScatters.IsCheck);
        var arguments = lab.Arguments(new Random(3));
        Assert.ThrowsAny<Exception>(() => lab.Run(prepared, arguments[0], arguments[1].Select(_ => 3)));
        var expected = NdArray.Zeros(4, 3);
        for (var i = 0; i < 4; i++) expected[i, (int)arguments[1].Data[i]] = -0.25;
        Assert.Equal(expected.Data, lab.Run(gradient, arguments)[0].Data);
        Assert.Equal(expected.Data, lab.Run(prepared, arguments)[0].Data);
    }

    [Fact]
    public void Value_and_gradient_of_a_mean_of_loops_is_one_map_with_one_loop_each_way()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (w, x) = (lab.Real("w", N), lab.Real("x", [Clients], M, N));
        var step = lab.Function("step", [IntType, RealType(N), RealType(), RealType(M, N)], p =>
            [Catalogue.Sin(p[1] * g.At(p[3], p[0])), p[2] + g.SumAll(g.Square(p[1]))]);
        var loss = lab.Function("loss", [RealType(N), RealType(M, N)], p =>
            [g.Loop(M, false, step, [p[0], g.Const(0, ElementType.Float64)], [p[1]])[1]]);
        var f = lab.Entry(g.PlacedReduce(PlacedReduceKind.Mean, g.Map(Clients, loss, [g.Broadcast(w, Clients), x])[0]));
        var both = g.Call(lab.Derivatives.Vjp(f, [true, false]), [w, x, g.Const(1, ElementType.Float64)]);
        var prepared = Prepare(lab, lab.Entry(both[0], both[1]));
        var body = prepared.Nodes.OfType<Map>().Single().Body;
        Assert.Equal([false, true], body.Nodes.OfType<Loop>().Select(n => n.Reverse).OrderBy(r => r));
        // The sum of losses is linear: nothing of it is stacked.
        Assert.Equal((2, 3), body.Nodes.OfType<Loop>().Where(n => !n.Reverse).Select(n => (n.Carried, n.Types.Length)).Single());
    }

    [Fact]
    public void The_gradient_by_an_array_read_entry_by_entry_is_stacked()
    {
        var backward = Scan(M);
        Assert.Equal((1, 2), (backward.Carried, backward.Types.Length));
        Assert.DoesNotContain(backward.Body.Nodes, n => n is Update);
    }

    [Fact]
    public void The_gradient_by_any_other_array_accumulates_in_place()
    {
        var backward = Scan(M + 1);
        var update = Assert.IsType<Update>(backward.Body.Results[1]);
        Assert.Equal((UpdateMode.Add, backward.Body.Parameters[2]), (update.Mode, update.X));
    }

    /// <summary>The backward loop of one that reads a row of an array in every iteration.</summary>
    private static Loop Scan(Dim rows)
    {
        var lab = new Lab();
        var g = lab.Graph;
        var (x, w) = (lab.Real("x"), lab.Real("w", rows, N));
        var step = lab.Function("step", [IntType, RealType(), RealType(rows, N)], p => [p[1] + g.SumAll(Catalogue.Sin(g.At(p[2], p[0]) * g.Fill(p[1], [N])))]);
        var f = lab.Entry(g.Loop(M, false, step, [x], [w])[0]);
        return Prepare(lab, lab.Derivatives.Vjp(f, [true, true])).Nodes.OfType<Loop>().Single(n => n.Reverse);
    }

    [Fact]
    public void Merged_maps_share_the_forward_values()
    {
        var lab = new Lab();
        var g = lab.Graph;
        var x = lab.Real("x", [Clients], N);
        var body = lab.Function("body", [RealType(N)], p => [Catalogue.Sin(p[0])]);
        var again = lab.Function("again", [RealType(N)], p => [g.SumAll(Catalogue.Sin(p[0]))]);
        var first = g.Map(Clients, body, [x])[0];
        var second = g.Map(Clients, again, [x])[0];
        var third = g.Map(Clients, body, [first])[0];
        var mean = g.PlacedReduce(PlacedReduceKind.Mean, third);
        var later = g.Map(Clients, lab.Function("minus", [RealType(N), RealType(N)], p => [p[0] - p[1]]), [x, g.Broadcast(mean, Clients)])[0];
        var f = Prepare(lab, lab.Entry(g.PlacedReduce(PlacedReduceKind.Sum, second), g.PlacedReduce(PlacedReduceKind.Max, later)));
        Assert.Equal(2, f.Nodes.OfType<Map>().Count());
        Assert.Equal(2, Everywhere(f).Count(n => n is Apply { Op: ScalarOp.Sin }));
    }
}
