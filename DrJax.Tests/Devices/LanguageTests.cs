using System.Reflection;
using DrJax.Tests.Pipeline;
using DrJax.Tests.Programs;
using DrJax.Tests.Programs.Language;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Programs of the language folder and their derivatives on meshes of devices: what the processor computes.</summary>
public class LanguageTests
{
    // A few classes: every kernel of every program is compiled for every mesh, which takes most of a second a program.
    private static readonly Type[] s_classes = [typeof(Federated), typeof(Products), typeof(Reductions)];

    /// <summary>The classes' files once more, with device code.</summary>
    private static readonly Dictionary<string, Lazy<Assembly>> s_onDevices = s_classes.ToDictionary(type => type.Name, type => new Lazy<Assembly>(() =>
    {
        var file = Path.Combine(Repository.Root, "DrJax.Tests", "Programs", "Language", type.Name + ".cs");
        return Harness.LoadWithDevices(Harness.Compilation(
        [
            Harness.Tree("global using System; global using System.Collections.Generic; global using System.Linq;"), Harness.Tree(File.ReadAllText(file), file),
        ]), companions: true).Assembly;
    }));

    public static TheoryData<string, string, string> Programs
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var type in s_classes)
                foreach (var program in Twin.Programs(type))
                    foreach (var mesh in Meshes.Names)
                        if (program.GetParameters().Any(p => p.ParameterType.Name == typeof(Placed<>).Name) == mesh is "three simulators" or "several OpenCL devices") data.Add(mesh, type.Name, program.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Devices_compute_what_the_processor_does(string mesh, string type, string method)
    {
        var program = s_onDevices[type].Value.GetType($"{typeof(Loops).Namespace}.{type}")!.GetMethod(method)!;
        var random = new Random(2);
        // The simulator runs a million points a second.
        var (n, groups) = mesh switch { "simulator" => (4, 3), "three simulators" => (3, 9), _ => (7, 45) };
        object[] arguments = [.. program.GetParameters().Select(p => Elements.Draw(p.ParameterType, n, groups, random))];
        new Twin(program).Check(Meshes.Get(mesh), random, arguments);
    }
}
