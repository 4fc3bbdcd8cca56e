using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using DrJax.Generator.Ops;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends;

/// <summary>
/// The values of a loop nest, each at its level: computed at the outermost loop at which all its loop variables are bound, and once if expressions
/// are equal. Ask for everything the nest needs (<see cref="Scalar"/>, <see cref="Lanes"/>, <see cref="At"/>), then <see cref="Decide"/>, then print.
/// </summary>
internal sealed partial class Body(Setting setting, MethodNames locals, IReadOnlyList<LoopAxis> loops, LoopAxis? vector, ElementType floating, VectorWidth width = VectorWidth.Bits512)
{
    private const int ShortBody = 8;
    private const int LongBody = 60;
    private const int ManyFunctions = 3;

    private readonly Dictionary<object, Item> known = [];
    private readonly List<Item> order = [];
    private readonly List<(Buffer Buffer, int Count)> loads = [];
    private readonly Dictionary<LoopAxis, string> variables = loops.ToDictionary(axis => axis, axis => locals.Fresh(axis.Name));

    public Setting Setting => setting;

    public LanesDialect Dialect { get; } = new(floating, width);

    /// <summary>Buffers that the nest writes: what is loaded from them is loaded before anything is stored.</summary>
    public HashSet<Buffer> Written { get; } = [];

    /// <summary>How many lanes of the vector axis are left in a tail; null in full vectors.</summary>
    public string? Rest { get; set; }

    /// <summary>The lanes of a buffer that are loaded and stored: all, if scratch memory has room for them beyond the last group, else <see cref="Rest"/>.</summary>
    public string? RestOf(Buffer buffer, Term? stride) =>
        stride is null && buffer.Kind == BufferKind.Scratch && vector!.Extent == StageSizes.Block && buffer.Shape.Contains(StageSizes.Block) ? null : Rest;

    /// <summary>True if a body is so long that it is printed once for all vectors, the last of them with fewer lanes.</summary>
    public bool IsLong => order.Count(i => i.Name is not null) >= LongBody;

    /// <summary>True if registers cannot hold all that a body computes or needs again and again, as the constants of several functions: the rest lies on the stack.</summary>
    public bool Spills => IsLong || known.Keys.Count(IsCostly) >= ManyFunctions;

    /// <summary>True if a body is so short that its loop waits for one addition after the other.</summary>
    public bool IsShort => order.Count(i => i.Placing != Placing.Inline) <= ShortBody && !known.Keys.Any(IsCostly);

    // Of values in lanes, the expression is a part of the key.
    private static bool IsCostly(object key) => (key is ValueTuple<Expr, string>(var inLanes, _) ? inLanes : key) is ApplyExpr e && OpTable.Row(e.Op).Costly;

    public bool IsLanes(Expr expr) => vector is not null && expr.Axes.Contains(vector);

    /// <summary>The loop's variable; a part of an unrolled loop gives it another name.</summary>
    public string this[LoopAxis axis]
    {
        get => variables[axis];
        set => variables[axis] = value;
    }

    public int Level(IEnumerable<LoopAxis> axes)
    {
        var level = 0;
        foreach (var axis in axes)
        {
            var at = 0;
            while (at < loops.Count && loops[at] != axis) at++;
            if (at == loops.Count) throw new InvalidOperationException($"loop variable {axis} is not bound in this nest");
            level = Math.Max(level, at + 1);
        }
        return level;
    }

    /// <summary>The value as one scalar.</summary>
    public Item Scalar(Expr expr)
    {
        if (IsLanes(expr)) throw new InvalidOperationException($"{expr} differs between lanes where one value is needed");
        return Known(expr, () => Make(expr, inLanes: false));
    }

    /// <summary>The value in every lane.</summary>
    public Item Lanes(Expr expr) => Known((expr, "lanes"), () =>
    {
        if (IsLanes(expr)) return Make(expr, inLanes: true);
        if (expr is ConstExpr c) return New(0, "constant", Placing.Inline, [], () => Dialect.Constant(c.Value, c.Element));
        var scalar = Scalar(expr);
        return New(scalar.Level, "all_" + scalar.Wish, Placing.Auto, [scalar], () => Dialect.Broadcast(scalar.Value(), expr.Element));
    });

    /// <summary>The maximum with 0 in every lane, as a term of a sum: there a zero's sign does not count.</summary>
    public Item ReluInSum(Expr expr) => known.TryGetValue((expr, "lanes"), out var whole) ? whole : Known((expr, "in a sum"), () =>
    {
        var x = Lanes(expr.Operands[0]);
        return New(x.Level, "relu", Placing.Auto, [x], () => Dialect.MaximumWithZero(x.Value(), expr.Element));
    });

    private Item Make(Expr expr, bool inLanes)
    {
        var dialect = inLanes ? Dialect : setting.Scalar;
        var level = Level(expr.Axes);
        Item Of(Expr operand) => inLanes ? Lanes(operand) : Scalar(operand);
        switch (expr)
        {
            case ConstExpr e:
                return New(0, "constant", Placing.Inline, [], () => dialect.Constant(e.Value, e.Element));
            case SizeExpr e:
                return New(0, "size", Placing.Inline, [], () => $"(int){setting.Size(e.Dim).Operand}");
            case LocalExpr e:
                return New(0, setting.Name(e.Local), Placing.Inline, [], () => setting.Value(e.Local));
            case AxisExpr e when inLanes:
                return New(level, "index", Placing.Auto, [], () => Dialect.Indices(this[e.Axis]));
            case AxisExpr e:
                return New(level, this[e.Axis], Placing.Inline, [], () => setting.Counter == "int" ? this[e.Axis] : $"(int){this[e.Axis]}");
            case CastExpr e:
                var cast = Of(e.X);
                return New(level, cast.Wish + "_cast", Placing.Auto, [cast], () => dialect.Cast(cast.Value(), e.X.Element, e.Element));
            case ApplyExpr { Op: ScalarOp.Sin or ScalarOp.Cos } e when inLanes:
                return Circular(e, Lanes(e.Operands[0]), level);
            case ApplyExpr { Op: ScalarOp.Select } e when inLanes && Rare(e) is { } rare:
                return Chosen(e, rare, level);
            case ApplyExpr e:
                Item[] x = [.. e.Operands.Select(Of)];
                var operand = e.Op == ScalarOp.Select ? ElementType.Bool : e.Operands[0].Element;
                var divides = e.Element == ElementType.Int32 && e.Op is ScalarOp.Divide or ScalarOp.Remainder;
                return New(level, Wish(e.Op), Placing.Auto, x, 
                    () => dialect.Apply(e.Op, operand, [.. x.Select((i, k) => Compares(e.Op) ? dialect.Wrapped(i.Value(), e.Operands[k]) : i.Value())]), hazard: divides, cost: OperationsOf(e.Op));
            case IndexExpr e when inLanes:
                return Indices(e, Lanes(e.X), level);
            case IndexExpr e:
                return Index(e, Scalar(e.X), level);
            case LoadExpr e:
                var loaded = Load(e, inLanes, level);
                loads.Add((e.Buffer, order.Count));
                return loaded;
            default:
                throw new InvalidOperationException($"no expression {expr.GetType().Name}");
        }
    }

    /// <summary>A sine or a cosine: of an angle of which both are needed, they are computed together.</summary>
    private Item Circular(ApplyExpr e, Item x, int level)
    {
        var both = Known((e.Operands[0], "circular"), () => New(level, "circular", Placing.Auto, [x], () => Dialect.SinCos(x.Value())));
        return New(level, Wish(e.Op), Placing.Auto, [both], () => both.Name is { } pair ? $"{pair}.{e.Op}" : Dialect.Apply(e.Op, e.Element, [x.Value()]));
    }

    /// <summary>Whether the operation looks at all bits of a lane.</summary>
    private static bool Compares(ScalarOp op) => OpTable.Row(op) is { Result: OpResult.Bool, Takes: OpOperands.Numbers } || op is ScalarOp.Max or ScalarOp.Min;

    private Item Index(IndexExpr e, Item x, int level)
    {
        if (e.Bounds == Bounds.Clamped)
            return New(level, "clamped", Placing.Auto, [x], () => $"Math.Max(Math.Min({x.Value()}, (int){setting.Size(e.Extent).Operand} - 1), 0)");
        if (e.Bounds == Bounds.Inside) return New(level, "index", Placing.Inline, [x], x.Value);
        return Register(new Item(level, "index", Placing.Local, Used(level, [x, x]), () => setting.Checked(e, x.Value()))
        {
            Hazard = true,
            Check = setting.Throws ? () => setting.Check(e, x.Value()) : null,
        });
    }

    private Item Load(LoadExpr e, bool inLanes, int level)
    {
        if (inLanes && !e.Address.IsLinearIn(vector!)) return Gathered(e, level);
        var at = At(e.Buffer, e.Address);
        var placing = Written.Contains(e.Buffer) ? Placing.Local : Placing.Auto;
        var stride = inLanes ? VectorStride(e.Address) : null;
        return New(level, e.Buffer.Name + "_value", placing, [at.Pointer],
            inLanes ? () => Dialect.Load(e.Element, at.Text(), stride, RestOf(e.Buffer, stride)) : () => at.Read(),
            hazard: !IsSafe(e));
    }

    /// <summary>The distance between lanes; null if they are adjacent.</summary>
    public Term? VectorStride(Address address)
    {
        if (!address.IsLinearIn(vector!)) throw new InvalidOperationException($"an address is not linear in the vector axis {vector}");
        var stride = address.Stride(vector!);
        return stride.IsConstant(1) ? (Term?)null : setting.Size(stride);
    }

    // Within the outer loops each of their extents is at least 1, so an array of such extents has elements and the first terms of its address are among them.
    private bool IsSafe(LoadExpr e) =>
        e.Address.Offset.IsConstant(0) && e.Address.Computed.Count == 0
        && e.Buffer.Shape.All(dim => dim.AsConstant > 0 || e.Axes.Any(axis => axis.Extent == dim));

    // ---- addresses ------------------------------------------------------------------------------------------------------------

    /// <summary>A place in memory: a pointer for each loop level at which the address has terms, the innermost usually written where it is used.</summary>
    public Access At(Buffer buffer, Address address)
    {
        var terms = new List<(int Level, Func<Term> Text, Item[] Uses)>();
        var offset = setting.Offset(buffer, address);
        if (!offset.IsConstant(0)) terms.Add((0, () => setting.Size(offset), []));
        foreach (var (axis, stride) in address.Strides.Select(s => (s.Axis, s.Stride)))
            terms.Add((Level([axis]), () => Times(this[axis], stride), []));
        foreach (var (index, stride) in address.Computed.Select(c => (Scalar(c.Index), c.Stride)))
            terms.Add((index.Level, () => Times(stride.IsConstant(1) ? index.Value() : $"({setting.Distance}){index.Value().Operand}", stride), [index]));
        var pointer = Known(buffer, () => New(0, buffer.Name, Placing.Inline, [], () => setting.Start(buffer) ?? ""));
        var key = $"{setting.Start(buffer) ?? "view"}:";
        foreach (var group in terms.GroupBy(t => t.Level).OrderBy(g => g.Key))
        {
            var below = pointer;
            key += string.Join(" + ", group.Select(t => t.Text().Text + string.Concat(t.Uses.Select(u => "#" + order.IndexOf(u))))) + ";";
            // An index by itself is as short as a local's name.
            var isIndex = setting.Start(buffer) is null && terms.Count == 1 && group.Single().Text().Primary;
            pointer = Known(key, () => New(group.Key, Suffixed(buffer, group.Key), isIndex ? Placing.Inline : Placing.Auto, [below, .. group.SelectMany(t => t.Uses)],
                () => Sum([below.Value(), .. group.Select(t => t.Text())]), uses: 3));
        }
        return new Access(setting, buffer, pointer);

        Term Times(Term x, Dim stride) => stride.IsConstant(1) ? x : stride.IsConstant(-1) ? Term.Compound($"-{x.Operand}") : Term.Compound($"{x.Operand} * {setting.Size(stride).Operand}");
    }

    /// <summary>The sum of what there is.</summary>
    private static Term Sum(IEnumerable<Term> terms)
    {
        Term[] summed = [.. terms.Where(t => t.Text.Length > 0)];
        return summed.Length == 1 ? summed[0] : Term.Compound(string.Join(" + ", summed.Select(t => t.Text)));
    }

    private string Suffixed(Buffer buffer, int level) => level == 0 ? buffer.Name + "_at" : $"{buffer.Name}_{loops[level - 1].Name}";

    // ---- items ----------------------------------------------------------------------------------------------------------------

    private Item Known(object key, Func<Item> make) => known.TryGetValue(key, out var item) ? item : known[key] = make();

    private Item New(int level, string wish, Placing placing, Item[] operands, Func<Term> render, bool hazard = false, int uses = 2, int cost = 1) =>
        Register(new Item(level, wish, placing, Used(level, operands), render, uses) { Hazard = hazard, Cost = cost });

    private static Item[] Used(int level, Item[] operands)
    {
        foreach (var operand in operands) operand.Use(level);
        return operands;
    }

    private Item Register(Item item)
    {
        order.Add(item);
        return item;
    }

    /// <summary>Decides what becomes a local, once everything has been asked for.</summary>
    public void Decide()
    {
        foreach (var item in order) item.Decide(locals.Fresh, loops.Count);
        DecideChoices();
    }

    /// <summary>What is computed at a level, in order. <paramref name="runs"/> says whether the loops inside run at all (null: they do).</summary>
    /// <param name="level">The number of loops around.</param>
    /// <param name="points">What is done with values, in order, each as soon as so many values are known.</param>
    public IEnumerable<string> Statements(int level, string? runs, IReadOnlyList<(int After, IEnumerable<string> Lines)>? points = null)
    {
        var done = 0;
        for (var known = 0; known <= order.Count; known++)
        {
            for (; done < points?.Count && (points[done].After <= known || known == order.Count); done++)
                foreach (var line in points[done].Lines) yield return line;
            if (known == order.Count || order[known] is not { Name: not null } item || item.Level != level) continue;
            if (item.Check is { } check) yield return item.Hazard && runs is not null ? $"if ({runs}) {check()}" : check();
            var value = item.Definition();
            yield return item.Hazard && item.Check is null && runs is not null
                ? $"var {item.Name} = {runs} ? {value} : default;"
                : $"var {item.Name} = {value};";
            if (item.InTwo is var (_, then)) yield return then();
        }
    }

    /// <summary>The number of values so far: what is asked for next comes after them.</summary>
    public int Count => order.Count;

    /// <summary>
    /// The number of values after which no more elements are loaded from a buffer: all, if another buffer may have the same memory, whose elements may be
    /// loaded where they are used.
    /// </summary>
    public int LoadsOf(Buffer buffer) => loads.Select(l => l.Buffer == buffer ? l.Count : MayShare(l.Buffer, buffer) ? order.Count : 0).DefaultIfEmpty().Max();

    private static bool MayShare(Buffer a, Buffer b) => a.Kind == BufferKind.Scratch && b.Kind == BufferKind.Scratch && a.Size == b.Size;

    /// <summary>True if something at the level could fail where no iteration follows.</summary>
    public bool HasHazard(Func<int, bool> level) => order.Any(i => i.Hazard && level(i.Level));

    // ---- words ----------------------------------------------------------------------------------------------------------------

    private static string Wish(ScalarOp op) => op switch
    {
        ScalarOp.Add => "sum",
        ScalarOp.Subtract => "difference",
        ScalarOp.Multiply => "product",
        ScalarOp.Divide => "quotient",
        ScalarOp.Select => "chosen",
        _ => char.ToLowerInvariant(op.ToString()[0]) + op.ToString().Substring(1),
    };
}

/// <summary>A place in memory: where an element is, or the first of some lanes.</summary>
internal sealed class Access(Setting setting, Buffer buffer, Item pointer)
{
    public Item Pointer => pointer;

    /// <summary>The pointer, or the address from the first element.</summary>
    public string Text() => pointer.Value().Text;

    /// <summary>What the element holds.</summary>
    public Term Read() => setting.Scalar.FromMemory(setting.Element(buffer, pointer.Value()), buffer.Element);

    /// <summary>The statement that sets the element.</summary>
    public string Write(Term value) => $"{setting.Element(buffer, pointer.Value())} = {setting.Scalar.ToMemory(value, buffer.Element)};";
}
