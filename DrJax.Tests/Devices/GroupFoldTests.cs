using DrJax.Compiled.Devices;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Threads of a group combine what they have by shuffles on CUDA and in shared memory elsewhere: the same bits.</summary>
public class GroupFoldTests
{
    internal struct Folds
    {
        public ArrayView<double> X, ByShuffles, InSharedMemory;
        public int Largest;

        public static void Run(Folds k)
        {
            var x = k.X[Group.IdxX];
            k.ByShuffles[Group.IdxX] = k.Largest != 0 ? GroupFold.ByShuffles(x, new GroupFold.Maximum()) : GroupFold.ByShuffles(x, new GroupFold.Addition<double>());
            Group.Barrier();
            k.InSharedMemory[Group.IdxX] = k.Largest != 0 ? GroupFold.InSharedMemory(x, new GroupFold.Maximum()) : GroupFold.InSharedMemory(x, new GroupFold.Addition<double>());
        }

        public static void Sum(Folds k) => k.ByShuffles[Group.IdxX] = GroupFold.Sum(k.X[Group.IdxX]);
    }

    /// <summary>On simulated warps of 32 threads, which ILGPU's simulator has.</summary>
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void Shuffles_have_the_bits_of_shared_memory(int threads)
    {
        using var context = Context.Create(builder => builder.CPU(new CPUDevice(32, 8, 1)));
        using var device = context.CreateCPUAccelerator(0);
        var kernel = device.LoadStreamKernel<Folds>(Folds.Run);
        var random = new Random(threads);
        foreach (var largest in new[] { 0, 1 })
        {
            foreach (var nan in new[] { -1, threads - 3 })
            {
                double[] numbers = [.. Enumerable.Range(0, threads).Select(i => i == nan ? double.NaN : random.NextDouble() - 0.5)];
                using var x = device.Allocate1D(numbers);
                using var shuffled = device.Allocate1D<double>(threads);
                using var shared = device.Allocate1D<double>(threads);
                kernel(new KernelConfig(1, threads), new Folds { X = x.AsContiguous(), ByShuffles = shuffled.AsContiguous(), InSharedMemory = shared.AsContiguous(), Largest = largest });
                device.Synchronize();
                var expected = nan >= 0 ? double.NaN : largest != 0 ? numbers.Max() : Tree(numbers);
                Assert.All(shuffled.GetAsArray1D().Concat(shared.GetAsArray1D()), actual => Assert.Equal(expected, actual));
            }
        }
    }

    [Fact]
    public void On_CUDA_they_are_shuffles_and_two_barriers()
    {
        using var context = Context.Create(builder => DeviceCatalog.Configure(builder));
        using var backend = new PTXBackend(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        var kernel = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(typeof(Folds).GetMethod(nameof(Folds.Sum))!), default);
        Assert.Contains("shfl.sync.bfly", kernel.PTXAssembly, StringComparison.Ordinal);
        // What warps leave is there before others read it, and read before anyone writes there again.
        Assert.Equal(2, kernel.PTXAssembly.Split('\n').Count(line => line.Contains("bar.sync", StringComparison.Ordinal)));
    }

    /// <summary>Neighbours by halves, then what they have by halves.</summary>
    private static double Tree(ReadOnlySpan<double> x)
    {
        double[] parts = [.. x];
        for (var width = 32; parts.Length > 1; width = parts.Length)
        {
            for (var half = width / 2; half > 0; half /= 2)
                for (var i = 0; i < parts.Length; i++) if (i % width < half) parts[i] += parts[i + half];
            parts = [.. parts.Where((_, i) => i % width == 0)];
        }
        return parts[0];
    }
}
