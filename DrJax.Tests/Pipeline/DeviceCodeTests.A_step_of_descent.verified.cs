namespace DrJax.Generated
{
    #pragma warning disable CS1591 // ILGPU needs kernels to be public; they are nobody's API.
    using System;
    using ILGPU;
    using DrJax.Compiled;
    using DrJax.Compiled.Devices;

    /// <summary>Tutorial.DistributedSgdStep: Forward, on the devices of a mesh.</summary>
    [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
    public static class Tutorial_DistributedSgdStep_Forward_Device
    {
        internal static void Call(global::DrJax.Vec<float> model, global::DrJax.PackedLeaf<float> data, long model_0, float[] result_0)
        {
            using var run = DeviceRun.Begin("Tutorial.DistributedSgdStep: Forward");
            Run_DistributedSgdStep(run, run.Argument(model), run.Argument(data, model_0), model_0, run.Result(result_0));
        }

        private static void Run_DistributedSgdStep(DeviceRun run, DeviceArray<float> model, DeviceArray<float> data, long model_0, DeviceArray<float> result0)
        {
            var queue = run.Lead;
            var placedReduce = run.Scratch<float>(model_0);
            // stage 0 over data_groups: f32[model.0]
            // lanes = groups: what a group reads are numbers, vectors and small arrays
            run.Stage(new Stage_stage { data = data, model = model, model_0 = model_0 }, 3, 4 * model_0 + 4, false, new StageTotal(placedReduce, ReduceKind.Sum));
            // result0 = subtract model (multiply 0.01f placedReduce) : f32[model.0]
            queue.Launch(Nest_2.Run, model_0, new Nest_2 { model = queue.Read(model), placedReduce = queue.Read(placedReduce), result0 = queue.Update(result0) });
        }

        // multiply = multiply (multiply 2f (subtract contract 1f)) 0.16666667f : f32[<block>]
        public struct Nest
        {
            public ArrayView<float> contract;
            public ArrayView<float> multiply;

            public static void Run(Index1D thread, Nest k)
            {
                int i = thread;
                k.multiply[i] = (2f * (k.contract[i] - 1f)) * 0.16666667f;
            }
        }

        // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
        public struct Nest_1
        {
            public long lanes;
            public long block;
            public ArrayView<float> data_1;
            public ArrayView<float> multiply;
            public ArrayView<float> placedReduce;

            public static void Run(Index1D thread, Nest_1 k)
            {
                int j = thread;
                var data_1_j = j * k.lanes;
                float sum_placedReduce = 0f;
                for (int i = 0; i < k.block; i++)
                {
                    sum_placedReduce = sum_placedReduce + k.data_1[data_1_j + i] * k.multiply[i];
                }
                k.placedReduce[j] = k.placedReduce[j] + sum_placedReduce;
            }
        }

        // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
        // One group of threads a point, or a part of it.
        public struct Nest_1_groups
        {
            public long lanes;
            public long model_0;
            public long parts;
            public long block;
            public ArrayView<float> data_1;
            public ArrayView<float> multiply;
            public ArrayView<float> placedReduce;
            public ArrayView<float> placedReduce_parts;

            public static void Run(Nest_1_groups k)
            {
                int part = Grid.IdxX / (int)k.model_0;
                int point = Grid.IdxX % (int)k.model_0;
                int j = point;
                var data_1_j = j * k.lanes;
                float sum_placedReduce = 0f;
                for (int term = part * Group.DimX + Group.IdxX; term < k.block; term += (int)k.parts * Group.DimX)
                {
                    int i = term;
                    sum_placedReduce = sum_placedReduce + k.data_1[data_1_j + i] * k.multiply[i];
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                {
                    if (k.parts == 1) k.placedReduce[j] = k.placedReduce[j] + sum_placedReduce;
                    else k.placedReduce_parts[Grid.IdxX] = sum_placedReduce;
                }
            }
        }

        // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
        // The parts of a point, combined by a group of threads.
        public struct Nest_1_parts
        {
            public long model_0;
            public long parts;
            public ArrayView<float> placedReduce_parts;
            public ArrayView<float> placedReduce;

            public static void Run(Nest_1_parts k)
            {
                int point = Grid.IdxX;
                int j = point;
                float sum_placedReduce = 0f;
                for (int term = Group.IdxX; term < k.parts; term += Group.DimX)
                {
                    int part = term;
                    sum_placedReduce = sum_placedReduce + k.placedReduce_parts[j + part * k.model_0];
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                    k.placedReduce[j] = k.placedReduce[j] + sum_placedReduce;
            }
        }

        // stage 0 over data_groups: f32[model.0]
        // lanes = groups: what a group reads are numbers, vectors and small arrays
        private struct Stage_stage : IDeviceStage
        {
            public DeviceArray<float> data;
            public DeviceArray<float> model;
            public long model_0;

            public readonly void Leaf(DeviceQueue queue, long lo, long hi, LeafTotals totals)
            {
                // A leaf is one block, its room a multiple of 32 groups.
                long group = lo, block = hi - lo, lanes = (block + 31) & -32;
                var data = queue.ReadGroups(this.data, lo, hi);
                var model = queue.Read(this.model);
                var model_0 = this.model_0;
                var placedReduce = totals.View<float>(0);
                var data_1 = queue.Take<float>(lanes * model_0);
                var contract = queue.Take<float>(lanes);
                var placedReduce_parts = queue.Take<float>(1024);
                var multiply = contract; // which is done with by then
                // data_1: a block of data, lanes = groups
                queue.ToLanes(data, model_0, block, model_0, data_1, lanes);
                // contract = contract<;  | 0; 1> model data_1 : f32[<block>]
                queue.Gemm(new GemmShape(1, block, model_0, new(0, 0, 1), new(0, lanes, 1), new(0, 0, 1),
                    outer: [], summed: []),
                    model, data_1, contract, false);
                // multiply = multiply (multiply 2f (subtract contract 1f)) 0.16666667f : f32[<block>]
                queue.Launch(Nest.Run, block, new Nest { contract = contract, multiply = multiply });
                // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
                {
                    long parts = DeviceQueue.Parts(model_0, block);
                    if (parts == 0)
                        queue.Launch(Nest_1.Run, model_0, new Nest_1 { lanes = lanes, block = block, data_1 = data_1, multiply = multiply, placedReduce = placedReduce });
                    else
                        queue.LaunchGroups(Nest_1_groups.Run, parts * model_0, new Nest_1_groups { lanes = lanes, model_0 = model_0, parts = parts, block = block, data_1 = data_1, multiply = multiply,
                    placedReduce = placedReduce, placedReduce_parts = placedReduce_parts });
                    if (parts > 1)
                        queue.LaunchGroups(Nest_1_parts.Run, model_0, new Nest_1_parts { model_0 = model_0, parts = parts, placedReduce_parts = placedReduce_parts, placedReduce = placedReduce });
                }
            }
        }

        // result0 = subtract model (multiply 0.01f placedReduce) : f32[model.0]
        public struct Nest_2
        {
            public ArrayView<float> model;
            public ArrayView<float> placedReduce;
            public ArrayView<float> result0;

            public static void Run(Index1D thread, Nest_2 k)
            {
                int i = thread;
                k.result0[i] = k.model[i] - (0.01f * k.placedReduce[i]);
            }
        }
    }
    #pragma warning restore CS1591
}

// ---- DrJax.Generated.Grad_PartitionedEval_e73ad6a0.g.cs
// <auto-generated/>
// Grad of PartitionedEval, compiled.
#nullable enable

namespace DrJax.Generated
{
    #pragma warning disable CS1591 // ILGPU needs kernels to be public; they are nobody's API.
    using System;
    using ILGPU;
    using DrJax.Compiled;
    using DrJax.Compiled.Devices;

    /// <summary>Grad of PartitionedEval, on the devices of a mesh.</summary>
    [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
    public static class Grad_PartitionedEval_e73ad6a0_Device
    {
        internal static void Call(global::DrJax.Vec<float> model, global::DrJax.PackedLeaf<float> data, long model_0, float[] result_0)
        {
            using var run = DeviceRun.Begin("Grad of PartitionedEval");
            Run_Grad_PartitionedEval(run, run.Argument(model), run.Argument(data, model_0), model_0, run.Result(result_0));
        }

        private static void Run_Grad_PartitionedEval(DeviceRun run, DeviceArray<float> model, DeviceArray<float> data, long model_0, DeviceArray<float> result0)
        {
            var queue = run.Lead;
            var placedReduce = run.Scratch<float>(model_0);
            // stage 0 over data_groups: f32[model.0]
            // lanes = groups: what a group reads are numbers, vectors and small arrays
            run.Stage(new Stage_stage { data = data, model = model, model_0 = model_0 }, 3, 4 * model_0 + 4, false, new StageTotal(placedReduce, ReduceKind.Sum));
            // result0 = sum@data_groups map.0 : f32[model.0]
            queue.Launch(Nest_2.Run, model_0, new Nest_2 { placedReduce = queue.Read(placedReduce), result0 = queue.Update(result0) });
        }

        // multiply = multiply (multiply 2f (subtract contract 1f)) 0.16666667f : f32[<block>]
        public struct Nest
        {
            public ArrayView<float> contract;
            public ArrayView<float> multiply;

            public static void Run(Index1D thread, Nest k)
            {
                int i = thread;
                k.multiply[i] = (2f * (k.contract[i] - 1f)) * 0.16666667f;
            }
        }

        // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
        public struct Nest_1
        {
            public long lanes;
            public long block;
            public ArrayView<float> data_1;
            public ArrayView<float> multiply;
            public ArrayView<float> placedReduce;

            public static void Run(Index1D thread, Nest_1 k)
            {
                int j = thread;
                var data_1_j = j * k.lanes;
                float sum_placedReduce = 0f;
                for (int i = 0; i < k.block; i++)
                {
                    sum_placedReduce = sum_placedReduce + k.data_1[data_1_j + i] * k.multiply[i];
                }
                k.placedReduce[j] = k.placedReduce[j] + sum_placedReduce;
            }
        }

        // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
        // One group of threads a point, or a part of it.
        public struct Nest_1_groups
        {
            public long lanes;
            public long model_0;
            public long parts;
            public long block;
            public ArrayView<float> data_1;
            public ArrayView<float> multiply;
            public ArrayView<float> placedReduce;
            public ArrayView<float> placedReduce_parts;

            public static void Run(Nest_1_groups k)
            {
                int part = Grid.IdxX / (int)k.model_0;
                int point = Grid.IdxX % (int)k.model_0;
                int j = point;
                var data_1_j = j * k.lanes;
                float sum_placedReduce = 0f;
                for (int term = part * Group.DimX + Group.IdxX; term < k.block; term += (int)k.parts * Group.DimX)
                {
                    int i = term;
                    sum_placedReduce = sum_placedReduce + k.data_1[data_1_j + i] * k.multiply[i];
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                {
                    if (k.parts == 1) k.placedReduce[j] = k.placedReduce[j] + sum_placedReduce;
                    else k.placedReduce_parts[Grid.IdxX] = sum_placedReduce;
                }
            }
        }

        // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
        // The parts of a point, combined by a group of threads.
        public struct Nest_1_parts
        {
            public long model_0;
            public long parts;
            public ArrayView<float> placedReduce_parts;
            public ArrayView<float> placedReduce;

            public static void Run(Nest_1_parts k)
            {
                int point = Grid.IdxX;
                int j = point;
                float sum_placedReduce = 0f;
                for (int term = Group.IdxX; term < k.parts; term += Group.DimX)
                {
                    int part = term;
                    sum_placedReduce = sum_placedReduce + k.placedReduce_parts[j + part * k.model_0];
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                    k.placedReduce[j] = k.placedReduce[j] + sum_placedReduce;
            }
        }

        // stage 0 over data_groups: f32[model.0]
        // lanes = groups: what a group reads are numbers, vectors and small arrays
        private struct Stage_stage : IDeviceStage
        {
            public DeviceArray<float> data;
            public DeviceArray<float> model;
            public long model_0;

            public readonly void Leaf(DeviceQueue queue, long lo, long hi, LeafTotals totals)
            {
                // A leaf is one block, its room a multiple of 32 groups.
                long group = lo, block = hi - lo, lanes = (block + 31) & -32;
                var data = queue.ReadGroups(this.data, lo, hi);
                var model = queue.Read(this.model);
                var model_0 = this.model_0;
                var placedReduce = totals.View<float>(0);
                var data_1 = queue.Take<float>(lanes * model_0);
                var contract = queue.Take<float>(lanes);
                var placedReduce_parts = queue.Take<float>(1024);
                var multiply = contract; // which is done with by then
                // data_1: a block of data, lanes = groups
                queue.ToLanes(data, model_0, block, model_0, data_1, lanes);
                // contract = contract<;  | 0; 1> model data_1 : f32[<block>]
                queue.Gemm(new GemmShape(1, block, model_0, new(0, 0, 1), new(0, lanes, 1), new(0, 0, 1),
                    outer: [], summed: []),
                    model, data_1, contract, false);
                // multiply = multiply (multiply 2f (subtract contract 1f)) 0.16666667f : f32[<block>]
                queue.Launch(Nest.Run, block, new Nest { contract = contract, multiply = multiply });
                // placedReduce = sum<0> (multiply data_1 (expand<0> multiply)) : f32[model.0]
                {
                    long parts = DeviceQueue.Parts(model_0, block);
                    if (parts == 0)
                        queue.Launch(Nest_1.Run, model_0, new Nest_1 { lanes = lanes, block = block, data_1 = data_1, multiply = multiply, placedReduce = placedReduce });
                    else
                        queue.LaunchGroups(Nest_1_groups.Run, parts * model_0, new Nest_1_groups { lanes = lanes, model_0 = model_0, parts = parts, block = block, data_1 = data_1, multiply = multiply,
                    placedReduce = placedReduce, placedReduce_parts = placedReduce_parts });
                    if (parts > 1)
                        queue.LaunchGroups(Nest_1_parts.Run, model_0, new Nest_1_parts { model_0 = model_0, parts = parts, placedReduce_parts = placedReduce_parts, placedReduce = placedReduce });
                }
            }
        }

        // result0 = sum@data_groups map.0 : f32[model.0]
        public struct Nest_2
        {
            public ArrayView<float> placedReduce;
            public ArrayView<float> result0;

            public static void Run(Index1D thread, Nest_2 k)
            {
                int i = thread;
                k.result0[i] = k.placedReduce[i];
            }
        }
    }
    #pragma warning restore CS1591
}

// ---- DrJax.Generated.Interceptors.g.cs
// <auto-generated/>
// The calls of this project that run compiled. <DrJaxInterception>false</DrJaxInterception> leaves programs to run eagerly.
#nullable enable

namespace System.Runtime.CompilerServices
{
    [global::System.AttributeUsage(global::System.AttributeTargets.Method, AllowMultiple = true)]
    file sealed class InterceptsLocationAttribute : global::System.Attribute
    {
        public InterceptsLocationAttribute(int version, string data)
        {
        }
    }
}
