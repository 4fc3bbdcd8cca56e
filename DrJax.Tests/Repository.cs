using System.Runtime.CompilerServices;

namespace DrJax.Tests;

/// <summary>Where the sources are.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetDirectoryName(Path.GetDirectoryName(Here()))!;

    private static string Here([CallerFilePath] string path = "") => path;
}
