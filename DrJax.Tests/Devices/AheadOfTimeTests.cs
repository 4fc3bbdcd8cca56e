using DrJax.Tests.Examples;
using DrJax.Tests.Pipeline;
using Microsoft.CodeAnalysis;
using Xunit;

namespace DrJax.Tests.Devices;

/// <summary>Processes that may not compile code as they run: those of projects that set PublishAot, however they are run.</summary>
public class AheadOfTimeTests
{
    [Fact]
    public void A_mesh_says_which_property_takes_devices_away()
    {
        var folder = Directory.CreateTempSubdirectory("drjax-ahead-");
        try
        {
            var application = Harness.Compilation(Harness.Tree("""
                try { DrJax.DeviceMesh.Simulator(); }
                catch (System.PlatformNotSupportedException e) { System.Console.WriteLine($"{e.Message}\n{DrJax.DeviceMesh.Available.Count} {DrJax.DeviceMesh.InUse}"); }
                """));
            var (_, image) = Harness.Build(application.WithOptions(application.Options.WithOutputKind(OutputKind.ConsoleApplication)));
            File.WriteAllBytes(Path.Combine(folder.FullName, "application.dll"), image);
            // Nothing of ILGPU is beside it: nothing of it may be loaded.
            File.Copy(typeof(DeviceMesh).Assembly.Location, Path.Combine(folder.FullName, "DrJax.Runtime.dll"));
            File.WriteAllText(Path.Combine(folder.FullName, "application.runtimeconfig.json"), """
                { "runtimeOptions": { "tfm": "net10.0", "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" }, "configProperties": {
                  "System.Globalization.Invariant": true, "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported": false } } }
                """);
            var lines = Dotnet.Lines(Dotnet.Run("dotnet", "exec", Path.Combine(folder.FullName, "application.dll")));
            Assert.Contains("its project sets PublishAot, as single files do by default", lines[0], StringComparison.Ordinal);
            Assert.Contains("#:property PublishAot=false", lines[0], StringComparison.Ordinal);
            Assert.Equal("1 False", lines[1]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
