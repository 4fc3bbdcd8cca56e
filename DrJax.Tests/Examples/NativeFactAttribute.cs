using Xunit;

namespace DrJax.Tests.Examples;

/// <summary>A test that compiles to native code, which takes a linker from outside of .NET.</summary>
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Native AOT is tested on Linux";
        else if (!OnPath("clang") && !OnPath("gcc")) Skip = "Native AOT needs clang or gcc as its linker: apt-get install gcc";
    }

    private static bool OnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
