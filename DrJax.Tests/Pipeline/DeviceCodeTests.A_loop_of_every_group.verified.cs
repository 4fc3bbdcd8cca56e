namespace DrJax.Generated
{
    #pragma warning disable CS1591 // ILGPU needs kernels to be public; they are nobody's API.
    using System;
    using ILGPU;
    using DrJax.Compiled;
    using DrJax.Compiled.Devices;

    /// <summary>Tutorial.Price: Forward, on the devices of a mesh.</summary>
    [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
    public static class Tutorial_Price_Forward_Device
    {
        internal static void Call(double spot, double volatility, global::DrJax.PackedLeaf<double> shocks, long paths_size, long shocks_0,
                                      out double result_0)
        {
            using var run = DeviceRun.Begin("Tutorial.Price: Forward");
            var result_0_memory = run.Scratch<double>(1);
            Run_Price(run, spot, volatility, run.Argument(shocks, shocks_0), paths_size, shocks_0, result_0_memory);
            result_0 = run.Lead.Fetch(run.Lead.Read(result_0_memory), 0);
        }

        private static void Run_Price(DeviceRun run, double spot, double volatility, DeviceArray<double> shocks, long paths_size, long shocks_0,
                                          DeviceArray<double> result0)
        {
            var queue = run.Lead;
            var placedReduce = run.Scratch<double>(1);
            var s1_1 = run.Scratch<double>(1);
            // stage 0 over paths: f64
            // lanes = groups: what a group reads are numbers, vectors and small arrays
            run.Stage(new Stage_stage { shocks = shocks, spot = spot, volatility = volatility, shocks_0 = shocks_0 }, paths_size, 8 * shocks_0 + 16, false, new StageTotal(placedReduce, ReduceKind.Sum));
            // s0_1 = cast <paths> : f64
            double s0_1 = (double)(int)paths_size;
            // s1_1 = divide placedReduce s0_1 : f64
            queue.Launch(Scalars.Run, 1, new Scalars { placedReduce = queue.Read(placedReduce), s0_1 = s0_1, s1_1 = queue.Update(s1_1) });
            // result0 = divide placedReduce s0_1 : f64
            queue.Launch(Nest_3.Run, 1, new Nest_3 { s1_1 = queue.Read(s1_1), result0 = queue.Update(result0) });
        }

        // loop over shocks.0
        // In its threads.
        public struct Loop
        {
            public double spot;
            public long shocks_0;
            public double volatility;
            public long lanes;
            public ArrayView<double> shocks_1;
            public ArrayView<double> price;

            public static void Run(Index1D thread, Loop k)
            {
                int lane = thread;
                double price = 0;
                double price_next = 0;
                // price before the loop
                price = k.spot;
                // loop over shocks.0
                for (int t = 0; t < (int)k.shocks_0; t++)
                {
                    // s0 = multiply 0.5 volatility : f64
                    double s0 = 0.5 * k.volatility;
                    // s1 = multiply s0 volatility : f64
                    double s1 = s0 * k.volatility;
                    // price_next = multiply price (exp (subtract (multiply (expand<> volatility) (reshape (slice shocks 0 t))) ..)) : f64[<block>]
                    var shocks_1_at = (long)t * k.lanes;
                    price_next = price * DeviceMath.Exp((k.volatility * k.shocks_1[shocks_1_at + lane]) - s1);
                    price = price_next;
                }
                k.price[lane] = price;
            }
        }

        // placedReduce = sum<0> (max (subtract price 1.0) 0.0) : f64
        public struct Nest_2
        {
            public long block;
            public ArrayView<double> price;
            public ArrayView<double> placedReduce;

            public static void Run(Index1D thread, Nest_2 k)
            {
                double sum_placedReduce = 0.0;
                for (int i = 0; i < k.block; i++)
                {
                    sum_placedReduce = sum_placedReduce + DeviceMath.Relu(k.price[i] - 1.0);
                }
                k.placedReduce[0] = k.placedReduce[0] + sum_placedReduce;
            }
        }

        // placedReduce = sum<0> (max (subtract price 1.0) 0.0) : f64
        // One group of threads a point, or a part of it.
        public struct Nest_2_groups
        {
            public long parts;
            public long block;
            public ArrayView<double> price;
            public ArrayView<double> placedReduce;
            public ArrayView<double> placedReduce_parts;

            public static void Run(Nest_2_groups k)
            {
                int part = Grid.IdxX;
                double sum_placedReduce = 0.0;
                for (int term = part * Group.DimX + Group.IdxX; term < k.block; term += (int)k.parts * Group.DimX)
                {
                    int i = term;
                    sum_placedReduce = sum_placedReduce + DeviceMath.Relu(k.price[i] - 1.0);
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                {
                    if (k.parts == 1) k.placedReduce[0] = k.placedReduce[0] + sum_placedReduce;
                    else k.placedReduce_parts[Grid.IdxX] = sum_placedReduce;
                }
            }
        }

        // placedReduce = sum<0> (max (subtract price 1.0) 0.0) : f64
        // The parts of a point, combined by a group of threads.
        public struct Nest_2_parts
        {
            public long parts;
            public ArrayView<double> placedReduce_parts;
            public ArrayView<double> placedReduce;

            public static void Run(Nest_2_parts k)
            {
                double sum_placedReduce = 0.0;
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

        // stage 0 over paths: f64
        // lanes = groups: what a group reads are numbers, vectors and small arrays
        private struct Stage_stage : IDeviceStage
        {
            public DeviceArray<double> shocks;
            public double spot;
            public double volatility;
            public long shocks_0;

            public readonly void Leaf(DeviceQueue queue, long lo, long hi, LeafTotals totals)
            {
                // A leaf is one block, its room a multiple of 32 groups.
                long group = lo, block = hi - lo, lanes = (block + 31) & -32;
                var shocks = queue.ReadGroups(this.shocks, lo, hi);
                var spot = this.spot;
                var volatility = this.volatility;
                var shocks_0 = this.shocks_0;
                var placedReduce = totals.View<double>(0);
                var shocks_1 = queue.Take<double>(lanes * shocks_0);
                var price = queue.Take<double>(lanes);
                var placedReduce_parts = queue.Take<double>(1024);
                // shocks_1: a block of shocks, lanes = groups
                queue.ToLanes(shocks, shocks_0, block, shocks_0, shocks_1, lanes);
                // loop over shocks.0
                queue.Launch(Loop.Run, block, new Loop { spot = spot, shocks_0 = shocks_0, volatility = volatility, lanes = lanes, shocks_1 = shocks_1, price = price });
                // placedReduce = sum<0> (max (subtract price 1.0) 0.0) : f64
                {
                    long parts = DeviceQueue.Parts(1, block);
                    if (parts == 0)
                        queue.Launch(Nest_2.Run, 1, new Nest_2 { block = block, price = price, placedReduce = placedReduce });
                    else
                        queue.LaunchGroups(Nest_2_groups.Run, parts, new Nest_2_groups { parts = parts, block = block, price = price, placedReduce = placedReduce, placedReduce_parts = placedReduce_parts });
                    if (parts > 1)
                        queue.LaunchGroups(Nest_2_parts.Run, 1, new Nest_2_parts { parts = parts, placedReduce_parts = placedReduce_parts, placedReduce = placedReduce });
                }
            }
        }

        // s1_1 = divide placedReduce s0_1 : f64
        public struct Scalars
        {
            public ArrayView<double> placedReduce;
            public double s0_1;
            public ArrayView<double> s1_1;

            public static void Run(Index1D thread, Scalars k)
            {
                k.s1_1[0] = k.placedReduce[0] / k.s0_1;
            }
        }

        // result0 = divide placedReduce s0_1 : f64
        public struct Nest_3
        {
            public ArrayView<double> s1_1;
            public ArrayView<double> result0;

            public static void Run(Index1D thread, Nest_3 k)
            {
                k.result0[0] = k.s1_1[0];
            }
        }
    }
    #pragma warning restore CS1591
}

// ---- DrJax.Generated.Grad_Price_1b9493bd.g.cs
// <auto-generated/>
// Grad of Price, compiled.
#nullable enable

namespace DrJax.Generated
{
    #pragma warning disable CS1591 // ILGPU needs kernels to be public; they are nobody's API.
    using System;
    using ILGPU;
    using DrJax.Compiled;
    using DrJax.Compiled.Devices;

    /// <summary>Grad of Price, on the devices of a mesh.</summary>
    [global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]
    public static class Grad_Price_1b9493bd_Device
    {
        internal static void Call(double spot, double volatility, global::DrJax.PackedLeaf<double> shocks, long paths_size, long shocks_0,
                                      out double result_0)
        {
            using var run = DeviceRun.Begin("Grad of Price");
            var result_0_memory = run.Scratch<double>(1);
            Run_Grad_Price(run, spot, volatility, run.Argument(shocks, shocks_0), paths_size, shocks_0, result_0_memory);
            result_0 = run.Lead.Fetch(run.Lead.Read(result_0_memory), 0);
        }

        private static void Run_Grad_Price(DeviceRun run, double spot, double volatility, DeviceArray<double> shocks, long paths_size, long shocks_0,
                                               DeviceArray<double> result0)
        {
            var queue = run.Lead;
            var placedReduce = run.Scratch<double>(1);
            // stage 0 over paths: f64
            // lanes = groups: what a group reads are numbers, vectors and small arrays
            run.Stage(new Stage_stage { shocks = shocks, spot = spot, volatility = volatility, shocks_0 = shocks_0, paths_size = paths_size }, paths_size, 16 * shocks_0 + 32, false, new StageTotal(placedReduce, ReduceKind.Sum));
            // result0 = sum@paths map.0 : f64
            queue.Launch(Nest_5.Run, 1, new Nest_5 { placedReduce = queue.Read(placedReduce), result0 = queue.Update(result0) });
        }

        // loop over shocks.0
        // In its threads.
        public struct Loop
        {
            public double spot;
            public long shocks_0;
            public double volatility;
            public long lanes;
            public ArrayView<double> stack;
            public ArrayView<double> shocks_1;
            public double s1_1;
            public double s2;
            public ArrayView<double> select;

            public static void Run(Index1D thread, Loop k)
            {
                int lane = thread;
                double price = 0;
                double price_next = 0;
                double select = 0;
                double select_next = 0;
                // price before the loop
                price = k.spot;
                // loop over shocks.0
                for (int t = 0; t < (int)k.shocks_0; t++)
                {
                    // s0 = multiply 0.5 volatility : f64
                    double s0 = 0.5 * k.volatility;
                    // s1 = multiply s0 volatility : f64
                    double s1 = s0 * k.volatility;
                    // stack = exp (subtract (multiply (expand<> volatility) (reshape (slice shocks 0 t))) (expand<> s1)) : f64[<block>]
                    // price_next = multiply price stack : f64[<block>]
                    var stack_at = (long)t * k.lanes;
                    var shocks_1_at = (long)t * k.lanes;
                    var exp = DeviceMath.Exp((k.volatility * k.shocks_1[shocks_1_at + lane]) - s1);
                    k.stack[stack_at + lane] = exp;
                    price_next = price * exp;
                    price = price_next;
                }
                // select = select (greater (subtract price 1.0) 0.0) (expand<> s1_1) (select (equal (subtract price 1.0) 0.0) .. 0.0) : f64[<block>]
                var difference = price - 1.0;
                select = DeviceMath.Greater(difference, 0.0) ? k.s1_1 : (DeviceMath.Equal(difference, 0.0) ? k.s2 : 0.0);
                // loop over shocks.0, backwards
                for (int t_1 = (int)k.shocks_0 - 1; t_1 >= 0; t_1--)
                {
                    // select_next = multiply (reshape (slice.inside all0 0 t_1)) select : f64[<block>]
                    var stack_at1 = (long)t_1 * k.lanes;
                    select_next = k.stack[stack_at1 + lane] * select;
                    select = select_next;
                }
                k.select[lane] = select;
            }
        }

        // placedReduce = sum<0> select : f64
        public struct Nest_4
        {
            public long block;
            public ArrayView<double> select;
            public ArrayView<double> placedReduce;

            public static void Run(Index1D thread, Nest_4 k)
            {
                double sum_placedReduce = 0.0;
                for (int i = 0; i < k.block; i++)
                {
                    sum_placedReduce = sum_placedReduce + k.select[i];
                }
                k.placedReduce[0] = k.placedReduce[0] + sum_placedReduce;
            }
        }

        // placedReduce = sum<0> select : f64
        // One group of threads a point, or a part of it.
        public struct Nest_4_groups
        {
            public long parts;
            public long block;
            public ArrayView<double> select;
            public ArrayView<double> placedReduce;
            public ArrayView<double> placedReduce_parts;

            public static void Run(Nest_4_groups k)
            {
                int part = Grid.IdxX;
                double sum_placedReduce = 0.0;
                for (int term = part * Group.DimX + Group.IdxX; term < k.block; term += (int)k.parts * Group.DimX)
                {
                    int i = term;
                    sum_placedReduce = sum_placedReduce + k.select[i];
                }
                sum_placedReduce = GroupFold.Sum(sum_placedReduce);
                if (Group.IdxX == 0)
                {
                    if (k.parts == 1) k.placedReduce[0] = k.placedReduce[0] + sum_placedReduce;
                    else k.placedReduce_parts[Grid.IdxX] = sum_placedReduce;
                }
            }
        }

        // placedReduce = sum<0> select : f64
        // The parts of a point, combined by a group of threads.
        public struct Nest_4_parts
        {
            public long parts;
            public ArrayView<double> placedReduce_parts;
            public ArrayView<double> placedReduce;

            public static void Run(Nest_4_parts k)
            {
                double sum_placedReduce = 0.0;
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

        // stage 0 over paths: f64
        // lanes = groups: what a group reads are numbers, vectors and small arrays
        private struct Stage_stage : IDeviceStage
        {
            public DeviceArray<double> shocks;
            public double spot;
            public double volatility;
            public long shocks_0;
            public long paths_size;

            public readonly void Leaf(DeviceQueue queue, long lo, long hi, LeafTotals totals)
            {
                // A leaf is one block, its room a multiple of 32 groups.
                long group = lo, block = hi - lo, lanes = (block + 31) & -32;
                var shocks = queue.ReadGroups(this.shocks, lo, hi);
                var spot = this.spot;
                var volatility = this.volatility;
                var shocks_0 = this.shocks_0;
                var paths_size = this.paths_size;
                var placedReduce = totals.View<double>(0);
                var shocks_1 = queue.Take<double>(lanes * shocks_0);
                var stack = queue.Take<double>(lanes * shocks_0);
                var select = queue.Take<double>(lanes);
                var placedReduce_parts = queue.Take<double>(1024);
                // shocks_1: a block of shocks, lanes = groups
                queue.ToLanes(shocks, shocks_0, block, shocks_0, shocks_1, lanes);
                // s0_1 = cast <paths> : f64
                double s0_1 = (double)(int)paths_size;
                // s1_1 = divide 1.0 s0_1 : f64
                double s1_1 = 1.0 / s0_1;
                // s2 = multiply 0.5 s1_1 : f64
                double s2 = 0.5 * s1_1;
                // loop over shocks.0
                queue.Launch(Loop.Run, block, new Loop { spot = spot, shocks_0 = shocks_0, volatility = volatility, lanes = lanes, stack = stack, shocks_1 = shocks_1,
                    s1_1 = s1_1, s2 = s2, select = select });
                // placedReduce = sum<0> select : f64
                {
                    long parts = DeviceQueue.Parts(1, block);
                    if (parts == 0)
                        queue.Launch(Nest_4.Run, 1, new Nest_4 { block = block, select = select, placedReduce = placedReduce });
                    else
                        queue.LaunchGroups(Nest_4_groups.Run, parts, new Nest_4_groups { parts = parts, block = block, select = select, placedReduce = placedReduce, placedReduce_parts = placedReduce_parts });
                    if (parts > 1)
                        queue.LaunchGroups(Nest_4_parts.Run, 1, new Nest_4_parts { parts = parts, placedReduce_parts = placedReduce_parts, placedReduce = placedReduce });
                }
            }
        }

        // result0 = sum@paths map.0 : f64
        public struct Nest_5
        {
            public ArrayView<double> placedReduce;
            public ArrayView<double> result0;

            public static void Run(Index1D thread, Nest_5 k)
            {
                k.result0[0] = k.placedReduce[0];
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
