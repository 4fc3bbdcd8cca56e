namespace DrJax.Generated
{
    #pragma warning disable CS1591 // ILGPU needs kernels to be public; they are nobody's API.
    using System;
    using ILGPU;
    using DrJax.Compiled;
    using DrJax.Compiled.Devices;

    /// <summary>Tutorial.PartitionedEval: Forward, on the devices of a mesh.</summary>
    [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
    public static class Tutorial_PartitionedEval_Forward_Device
    {
        internal static void Call(global::DrJax.Vec<float> model, global::DrJax.PackedLeaf<float> data, long model_0, out float result_0)
        {
            using var run = DeviceRun.Begin("Tutorial.PartitionedEval: Forward");
            var result_0_memory = run.Scratch<float>(1);
            Run_PartitionedEval(run, run.Argument(model), run.Argument(data, model_0), model_0, result_0_memory);
            result_0 = run.Lead.Fetch(run.Lead.Read(result_0_memory), 0);
        }

        private static void Run_PartitionedEval(DeviceRun run, DeviceArray<float> model, DeviceArray<float> data, long model_0, DeviceArray<float> result0)
        {
            var queue = run.Lead;
            var placedReduce = run.Scratch<float>(1);
            var s0 = run.Scratch<float>(1);
            var s1 = run.Scratch<float>(1);
            // stage 0 over data_groups: f32
            // lanes = groups: what a group reads are numbers, vectors and small arrays
            run.Stage(new Stage_stage { data = data, model = model, model_0 = model_0 }, 3, 4 * model_0 + 4, false, new StageTotal(placedReduce, ReduceKind.Sum));
            // s0 = multiply 0.5f placedReduce : f32
            // s1 = divide s0 3f : f32
            queue.Launch(Scalars.Run, 1, new Scalars { placedReduce = queue.Read(placedReduce), s0 = queue.Update(s0), s1 = queue.Update(s1) });
            // result0 = divide s0 3f : f32
            queue.Launch(Nest_1.Run, 1, new Nest_1 { s1 = queue.Read(s1), result0 = queue.Update(result0) });
        }

        // placedReduce = sum<0> (square (subtract contract 1f)) : f32
        public struct Nest
        {
            public long block;
            public ArrayView<float> contract;
            public ArrayView<float> placedReduce;

            public static void Run(Index1D thread, Nest k)
            {
                float sum_placedReduce = 0f;
                for (int i = 0; i < k.block; i++)
                {
                    var difference = k.contract[i] - 1f;
                    sum_placedReduce = sum_placedReduce + difference * difference;
                }
                k.placedReduce[0] = k.placedReduce[0] + sum_placedReduce;
            }
        }

        // placedReduce = sum<0> (square (subtract contract 1f)) : f32
        // One group of threads a point, or a part of it.
        public struct Nest_groups
        {
            public long parts;
            public long block;
            public ArrayView<float> contract;
            public ArrayView<float> placedReduce;
            public ArrayView<float> placedReduce_parts;

            public static void Run(Nest_groups k)
            {
                int part = Grid.IdxX;
                float sum_placedReduce = 0f;
                for (int term = part * Group.DimX + Group.IdxX; term < k.block; term += (int)k.parts * Group.DimX)
                {
                    int i = term;
                    var difference = k.contract[i] - 1f;
                    sum_placedReduce = sum_placedReduce + difference * difference;
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                {
                    if (k.parts == 1) k.placedReduce[0] = k.placedReduce[0] + sum_placedReduce;
                    else k.placedReduce_parts[Grid.IdxX] = sum_placedReduce;
                }
            }
        }

        // placedReduce = sum<0> (square (subtract contract 1f)) : f32
        // The parts of a point, combined by a group of threads.
        public struct Nest_parts
        {
            public long parts;
            public ArrayView<float> placedReduce_parts;
            public ArrayView<float> placedReduce;

            public static void Run(Nest_parts k)
            {
                float sum_placedReduce = 0f;
                for (int term = Group.IdxX; term < k.parts; term += Group.DimX)
                {
                    int part = term;
                    sum_placedReduce = sum_placedReduce + k.placedReduce_parts[part];
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                    k.placedReduce[0] = k.placedReduce[0] + sum_placedReduce;
            }
        }

        // stage 0 over data_groups: f32
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
                // data_1: a block of data, lanes = groups
                queue.ToLanes(data, model_0, block, model_0, data_1, lanes);
                // contract = contract<;  | 0; 1> model data_1 : f32[<block>]
                queue.Gemm(new GemmShape(1, block, model_0, new(0, 0, 1), new(0, lanes, 1), new(0, 0, 1),
                    outer: [], summed: []),
                    model, data_1, contract, false);
                // placedReduce = sum<0> (square (subtract contract 1f)) : f32
                {
                    long parts = DeviceQueue.Parts(1, block);
                    if (parts == 0)
                        queue.Launch(Nest.Run, 1, new Nest { block = block, contract = contract, placedReduce = placedReduce });
                    else
                        queue.LaunchGroups(Nest_groups.Run, parts, new Nest_groups { parts = parts, block = block, contract = contract, placedReduce = placedReduce, placedReduce_parts = placedReduce_parts });
                    if (parts > 1)
                        queue.LaunchGroups(Nest_parts.Run, 1, new Nest_parts { parts = parts, placedReduce_parts = placedReduce_parts, placedReduce = placedReduce });
                }
            }
        }

        // s0 = multiply 0.5f placedReduce : f32
        // s1 = divide s0 3f : f32
        public struct Scalars
        {
            public ArrayView<float> placedReduce;
            public ArrayView<float> s0;
            public ArrayView<float> s1;

            public static void Run(Index1D thread, Scalars k)
            {
                k.s0[0] = 0.5f * k.placedReduce[0];
                k.s1[0] = k.s0[0] / 3f;
            }
        }

        // result0 = divide s0 3f : f32
        public struct Nest_1
        {
            public ArrayView<float> s1;
            public ArrayView<float> result0;

            public static void Run(Index1D thread, Nest_1 k)
            {
                k.result0[0] = k.s1[0];
            }
        }
    }
    #pragma warning restore CS1591
}

// ---- DrJax.Generated.Registration.g.cs
// <auto-generated/>
#nullable enable

[assembly: global::DrJax.Compiled.CompiledPrograms("PartitionedEval")]
