using System.Diagnostics;
using Xunit;

namespace DrJax.Tests.Pipeline;

/// <summary>The package as a user gets it: packed, restored from a folder by a project outside of the repository, built and run.</summary>
public sealed class PackageTests : IDisposable
{
    /// <summary>A version that no feed and no cache has.</summary>
    private readonly string version = $"0.1.0-test.{Guid.NewGuid():N}";

    private readonly string folder = Directory.CreateTempSubdirectory("drjax").FullName;

    [Fact]
    public async Task A_fresh_project_runs_compiled_and_sees_located_mistakes()
    {
        await Pack();
        Project("good", """
            using DrJax;
            using static DrJax.Autodiff;
            using static DrJax.MapReduce;
            using static DrJax.Ops;

            Vec<double> model = [2.0, -1.0];
            Placed<Vec<double>> data = [[1.0, 2.0], [3.0, -4.0], [-7.0, 6.0]];
            Console.WriteLine(Math.Round(Tutorial.PartitionedEval(model, data), 6));
            var g = Grad(Tutorial.PartitionedEval, model, data);
            Console.WriteLine($"[{g[0]:F6}, {g[1]:F6}]");
            Console.WriteLine($"compiled {DrJaxRuntime.CompiledCalls} eager {DrJaxRuntime.EagerCalls}");

            static class Tutorial
            {
                static double ComputeLoss(Vec<double> x, Vec<double> y) => 0.5 * Square(Dot(x, y) - 1.0);

                [DrJaxProgram("data_groups", 3)]
                public static double PartitionedEval(Vec<double> model, Placed<Vec<double>> data)
                    => ReduceMean(Map(ComputeLoss, Broadcast(model), data));
            }
            """);
        var (status, output) = await DotNet(Path.Combine(folder, "good"), "run");
        Assert.True(status == 0, output);
        Assert.Contains("87.166667", output, StringComparison.Ordinal);
        Assert.Contains("[57.666667, -54.666667]", output, StringComparison.Ordinal);
        Assert.Contains("compiled 2 eager 0", output, StringComparison.Ordinal);

        Project("bad", """
            using DrJax;

            static class Bad
            {
                [DrJaxProgram]
                public static double Shout(double x)
                {
                    System.Console.WriteLine(x);
                    return x;
                }

                public static void Main() => Shout(1.0);
            }
            """);
        (status, output) = await DotNet(Path.Combine(folder, "bad"), "build");
        Assert.True(status != 0 && output.Contains("Program.cs(8,9): error DRJ029", StringComparison.Ordinal), output);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task Pack()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var (status, output) = await DotNet(Repository.Root, "pack", "DrJax.Runtime", "--no-build", "-c", configuration, "-o", Path.Combine(folder, "feed"), $"-p:Version={version}");
        Assert.True(status == 0, output);
    }

    /// <summary>Restores into a cache of its own, which finds what was restored before in the machine's.</summary>
    private void Project(string name, string program)
    {
        var project = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(project, "Program.cs"), program);
        File.WriteAllText(Path.Combine(project, name + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="DrJax" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                <add key="drjax-local" value="feed" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{cache}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    private static async Task<(int Status, string Output)> DotNet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Of the dotnet that runs the tests; the child finds its own. No server stays behind.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) || k is "NUGET_PACKAGES").ToArray()) start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
