using System.Reflection;
using DrJax.Tests.Golden;
using DrJax.Tests.Pipeline;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>The golden programs on meshes of devices: values and derivatives of an independent autodiff engine, to the processor's tolerance.</summary>
public class GoldenTests
{
    private static readonly Lazy<Type> s_checks = new(() =>
    {
        string[] files = ["GoldenPrograms.cs", "GoldenChecks.cs"];
        return Harness.LoadWithDevices(Harness.Compilation(
        [
            Harness.Tree("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using DrJax;"),
            .. files.Select(file => Path.Combine(Repository.Root, "DrJax.Tests", "Golden", file)).Append(Path.Combine(Repository.Root, "DrJax.Tests", "Repository.cs"))
                .Select(path => Harness.Tree(File.ReadAllText(path), path)),
        ])).Assembly.GetType(typeof(GoldenChecks).FullName!)!;
    });

    public static TheoryData<string, string, string?> Programs
    {
        get
        {
            var data = new TheoryData<string, string, string?>();
            foreach (var mesh in Meshes.Names)
            {
                foreach (var check in typeof(GoldenChecks).GetMethods(BindingFlags.Static | BindingFlags.Public))
                {
                    if (mesh.Contains("simulator", StringComparison.Ordinal) && !s_small.Contains(check.Name)) continue;
                    foreach (var file in check.GetParameters().Length == 0 ? new string?[] { null } : ["gmm", "gmm_wishart"]) data.Add(mesh, check.Name, file);
                }
            }
            return data;
        }
    }

    // The simulator runs a million points a second.
    private static readonly string[] s_small = [nameof(GoldenChecks.Logistic_regression), nameof(GoldenChecks.Option_price_and_sensitivities)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Devices_compute_the_golden_values(string mesh, string program, string? file) =>
        Meshes.Get(mesh).Run(() => { s_checks.Value.GetMethod(program)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, file is null ? [] : [file], null); });
}
