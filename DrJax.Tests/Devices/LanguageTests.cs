using DrJax.Tests.Programs;
using DrJax.Tests.Programs.Language;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Programs of the language folder and their derivatives on meshes of devices: what the processor computes.</summary>
public class LanguageTests
{
    // Seconds a program, most of them in the compilers; the simulator runs a kernel's points one by one besides.
    private static readonly string[] s_some = [nameof(Federated), nameof(Products), nameof(Reductions)];
    private static readonly string[] s_onOpenCL = [.. s_some, nameof(LinearAlgebra), nameof(Loops), nameof(Sorting), nameof(Whiles)];

    public static TheoryData<string, string, string> Programs
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var mesh in Meshes.Names)
                foreach (var type in Tests.Programs.LanguageTests.Classes.Where(c => Meshes.IsWhole || (mesh.Contains("OpenCL", StringComparison.Ordinal) ? s_onOpenCL : s_some).Contains(c.Name)))
                    foreach (var program in Twin.Programs(type))
                        if (program.GetParameters().Any(p => p.ParameterType.Name == typeof(Placed<>).Name) == mesh is "three simulators" or "several OpenCL devices") data.Add(mesh, type.Name, program.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Devices_compute_what_the_processor_does(string mesh, string type, string method)
    {
        var program = LanguagePrograms.Of(type).GetMethod(method)!;
        var random = new Random(2);
        // Sizes of the processor's tests: some programs refuse others. The simulator runs a million points a second.
        var (n, groups) = mesh switch { "simulator" => (4, 3), "three simulators" => (3, 9), _ => (5, 45) };
        object[] arguments = [.. program.GetParameters().Select(p => Elements.Draw(p.ParameterType, n, groups, random))];
        new Twin(program).Check(Meshes.Get(mesh), random, arguments);
    }
}
