using System.Diagnostics;

namespace DrJax.Benchmarks;

/// <summary>This program again, in a process of its own: for what a process can do but once.</summary>
internal static class ChildProcess
{
    /// <summary>What it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static string Output(string command, string argument, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // Run by the host as "dotnet program.dll", the process is the host's.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add(command);
        start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{argument}: its process failed");
    }
}
