// DrJAX's tutorial, cell by cell, as compiled C#:    dotnet run examples/tutorial.cs
using DrJax;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

Explain("A placed value holds one value for each group. Here three groups, each with two numbers.");
Placed<Vec<float>> groups = [[1, 2], [3, 4], [5, 6]];
Show("groups", groups);

Explain("Map runs a function for every group, in a program that names the placement and its size.");
Show("add [1, 2] to each", Tutorial.AddToEach(groups));

Explain("Broadcast gives every group a copy of one value.");
Show("broadcast of [-1, 1]", Tutorial.BroadcastToGroups([-1f, 1f]));

Explain("ReduceSum adds the groups up again: three copies of 2 make 6.");
Show("broadcast and sum of 2", Tutorial.BroadcastAndSum(2f));

Explain("Programs are differentiable: the derivative of 3x is 3. The derivative of a broadcast is a sum over the groups.");
Show("its derivative", Grad(Tutorial.BroadcastAndSum, 2f));

Explain("A loss is ordinary C#: half the squared error of a linear model whose target is 1.");
Show("loss of [2, 3] at [5, 6]", Tutorial.ComputeLoss([2f, 3f], [5f, 6f]));

Explain("The mean loss of one model over the groups' data: broadcast, map, reduce.");
Vec<float> model = [2f, -1f];
Placed<Vec<float>> data = [[1, 2], [3, -4], [-7, 6]];
Show("model", model);
Show("data", data);
Show("mean loss", Tutorial.PartitionedEval(model, data));

Explain("Its gradient with respect to the model: one more MapReduce program, written by the compiler.");
Show("gradient", Grad(Tutorial.PartitionedEval, model, data));

Explain("A step of distributed gradient descent is a program that differentiates another.");
var next = Tutorial.DistributedSgdStep(model, data);
Show("model after one step", next);
Show("mean loss after it", Tutorial.PartitionedEval(next, data));

Explain("Any function can be differentiated, not programs only: dot(x * x, y) has the gradient 2 x y.");
Show("square and dot", Tutorial.SquareAndDot([1f, -3f], [2f, 2f]));
Show("its gradient", Grad(Tutorial.SquareAndDot, (Vec<float>)[1f, -3f], (Vec<float>)[2f, 2f]));

Explain("Nothing above was interpreted: no Broadcast, Map or Reduce ran as written, all of it was compiled.");
Show("eager primitives run", DrJaxRuntime.EagerCalls);

static void Explain(string text) => Console.WriteLine($"\n{text}");
static void Show<T>(string name, T value) => Console.WriteLine($"  {name,-24} = {value}");

static class Tutorial
{
    static Vec<float> AddConstant(Vec<float> x) => x + (Vec<float>)[1f, 2f];

    [DrJaxProgram("data_groups", 3)]
    public static Placed<Vec<float>> AddToEach(Placed<Vec<float>> x) => Map(AddConstant, x);

    [DrJaxProgram("data_groups", 3)]
    public static Placed<Vec<float>> BroadcastToGroups(Vec<float> x) => Broadcast(x);

    [DrJaxProgram("data_groups", 3)]
    public static float BroadcastAndSum(float x) => ReduceSum(Broadcast(x));

    public static float ComputeLoss(Vec<float> model, Vec<float> x) => 0.5f * Square(Dot(model, x) - 1f);

    [DrJaxProgram("data_groups", 3)]
    public static float PartitionedEval(Vec<float> model, Placed<Vec<float>> data)
    {
        var models = Broadcast(model);
        var losses = Map(ComputeLoss, models, data);
        return ReduceMean(losses);
    }

    [DrJaxProgram("data_groups", 3)]
    public static Vec<float> DistributedSgdStep(Vec<float> model, Placed<Vec<float>> data)
        => model - 0.01f * Grad(PartitionedEval, model, data);

    public static float SquareAndDot(Vec<float> x, Vec<float> y) => Dot(x * x, y);
}
