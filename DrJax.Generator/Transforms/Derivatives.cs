using DrJax.Generator.Ir;
using DrJax.Generator.Ops;

namespace DrJax.Generator.Transforms;

/// <summary>
/// The transformations of functions, memoised: one derivative of a function is one <see cref="Func"/>, however often it is asked for, so that
/// derivatives of derivatives share their nodes. All are IR to IR and closed: what comes out can be transformed again, to any order.
/// </summary>
internal sealed partial class Derivatives(Graph graph)
{
    private readonly Dictionary<Func, Func> ready = [];
    private readonly Dictionary<Func, bool> hasMap = [];
    private readonly Dictionary<(Func, EquatableArray<bool>), Activity> activities = [];
    private readonly Dictionary<(Func, EquatableArray<bool>), Pushforward> pushforwards = [];
    private readonly Dictionary<(Func, EquatableArray<bool>, EquatableArray<bool>), Pullback> pullbacks = [];
    private readonly Dictionary<(Func, Dim, EquatableArray<bool>, bool, bool), Batched> batched = [];

    public Graph Graph { get; } = graph;

    public Regions Regions { get; } = new(graph);

    /// <summary>Parameters of f, then a tangent for every active (differentiable) parameter → results of f, then a tangent for every differentiable result.</summary>
    public Func Jvp(Func f, EquatableArray<bool> active) => Push(Ready(f), active).WithAllTangents;

    /// <summary>Parameters of f, then a cotangent for every differentiable result → results of f, then a cotangent for every active (differentiable) parameter.</summary>
    public Func Vjp(Func f, EquatableArray<bool> active) =>
        Pull(Ready(f), active, f.Results.Select(r => r.Type.IsDifferentiable).ToEquatable())
            .Func(primal: true, wanted: f.Parameters.Select((p, i) => active[i] && p.Type.IsDifferentiable).ToEquatable());

    /// <summary>
    /// f over a new first axis of extent <paramref name="size"/> of its batched parameters and of all its results. A branch on a batched
    /// condition computes both arms; with <paramref name="protect"/> its untaken lanes compute with safe operands, as code that is to be
    /// differentiated must.
    /// </summary>
    public Func Vmap(Func f, Dim size, EquatableArray<bool> batched, bool protect = true) =>
        Batch(f, size, batched, protect, guarded: false).WithAllResults;

    /// <summary>
    /// A function with maps in it, with everything outside of them that does not depend on the group. Then the cotangents of what has moved are
    /// summed over the groups before they go on, and the rest of the derivative is computed once.
    /// </summary>
    internal Func Ready(Func f) => Memo(ready, f, () => HasMap(f) ? new Hoist(Graph).Run(new Participation(Graph).Run(new Inline(Graph, beforeDerivatives: true).Run(f))) : f);

    private bool HasMap(Func f) => Memo(hasMap, f, () => f.Nodes.Any(n => n is Map || Verifier.Functions(n).Any(HasMap)));

    internal Activity Active(Func f, EquatableArray<bool> active) =>
        Memo(activities, (f, active), () => new Activity(this, f, active));

    internal Pushforward Push(Func f, EquatableArray<bool> active) =>
        Memo(pushforwards, (f, active), () => new Pushforward(this, f, active));

    internal Pullback Pull(Func f, EquatableArray<bool> active, EquatableArray<bool> cotangents) =>
        Memo(pullbacks, (f, active, cotangents), () => new Pullback(this, f, active, cotangents));

    internal Batched Batch(Func f, Dim size, EquatableArray<bool> mask, bool protect, bool guarded) =>
        Memo(batched, (f, size, mask, protect, guarded), () => new Batched(this, f, size, mask, protect, guarded));

    /// <summary>
    /// A partial derivative times a tangent or cotangent. A partial that is itself a choice between constants chooses: where it is 0, an
    /// infinite factor must not make NaN.
    /// </summary>
    internal static Node Times(Node partial, Node x) => partial is Apply { Op: ScalarOp.Select } choice && Constant(choice.Operands[1]) && Constant(choice.Operands[2])
        ? x.Graph.Select(choice.Operands[0], Times(choice.Operands[1], x), Times(choice.Operands[2], x))
        : Simplify.IsFill(partial, 0) ? partial : partial * x;

    private static bool Constant(Node x) => Simplify.Constant(x) is not null
        || x is Apply { Op: ScalarOp.Select } choice && Constant(choice.Operands[1]) && Constant(choice.Operands[2]);

    private static TValue Memo<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TValue> make)
    {
        if (!known.TryGetValue(key, out var value)) known[key] = value = make();
        return value;
    }
}
