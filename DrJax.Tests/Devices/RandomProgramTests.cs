using System.Collections.Concurrent;
using System.Reflection;
using DrJax.Tests.Pipeline;
using DrJax.Tests.Programs;
using DrJax.Tests.Programs.RandomPrograms;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Programs that nobody wrote, and their derivatives, on meshes of devices: what the processor computes.</summary>
public class RandomProgramTests
{
    private const int Programs = 5, Count = 20;

    private static readonly ConcurrentDictionary<int, Lazy<Type>> s_batches = [];

    public static TheoryData<string, int> Batches
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var mesh in Meshes.Names.Where(m => m != "simulator"))
                foreach (var batch in Enumerable.Range(0, Meshes.IsWhole || mesh != "three simulators" ? Count : 1)) data.Add(mesh, batch);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Batches))]
    public void Devices_compute_what_the_processor_does(string mesh, int batch)
    {
        var programs = s_batches.GetOrAdd(batch, b => new(() => Compile(b))).Value;
        var failures = new List<string>();
        foreach (var program in Twin.Programs(programs))
        {
            try
            {
                var random = new Random(batch);
                new Twin(program).Check(Meshes.Get(mesh), random, [.. program.GetParameters().Select(p => p.ParameterType == typeof(int) ? random.Next(4) : Elements.Draw(p.ParameterType, ProgramWriter.Length, 3, random))]);
            }
            catch (Exception e) when (e is not DeviceKernelException)
            {
                failures.Add($"{e.GetType().Name}: {e.Message}\n{Text(Seed(program))}");
            }
        }
        Assert.True(failures.Count == 0, $"{failures.Count} of {Programs} disagree:\n" + string.Join("\n", failures.Take(3)));
    }

    private static Type Compile(int batch)
    {
        var methods = string.Concat(Enumerable.Range(batch * Programs, Programs).Select(Text));
        return Harness.LoadWithDevices(Harness.Compilation($"{Tests.Programs.RandomPrograms.RandomProgramTests.Checks}public static partial class Programs\n{{\n{methods}}}\n"), companions: true)
            .Assembly.GetType("Programs")!;
    }

    private static string Text(int seed) => new ProgramWriter(seed).Write($"P{seed}");

    private static int Seed(MethodInfo program) => int.Parse(program.Name.AsSpan(1), null);
}
