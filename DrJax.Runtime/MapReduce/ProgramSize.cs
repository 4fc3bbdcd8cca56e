using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace DrJax;

/// <summary>The number of groups that the program being run eagerly states in its attribute.</summary>
internal static class ProgramSize
{
    /// <summary>The size of the nearest program on the call stack, or 0; inside a group, that of a program called there. A frame that the JIT inlined, or a stack without metadata
    /// (Native AOT), is not seen: then a broadcast takes its size from the first placed value it meets.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A frame without metadata is passed over.")]
    internal static int OnCallStack()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var method = frame.GetMethod();
            if (method?.GetCustomAttribute<DrJaxProgramAttribute>() is { } program) return program.Size;
            if (method?.Name == nameof(MapReduce.InGroup) && method.DeclaringType == typeof(MapReduce)) return 0;
        }
        return 0;
    }
}
