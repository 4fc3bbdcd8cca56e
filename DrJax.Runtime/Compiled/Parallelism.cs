namespace DrJax.Compiled;

/// <summary>How many threads a stage may use, the caller's included. Results never depend on it.</summary>
internal static class Parallelism
{
    private static int s_maxDegree = Environment.ProcessorCount;

    public static int MaxDegree
    {
        get => DeviceMesh.CurrentWorkers is > 0 and var workers ? workers : Volatile.Read(ref s_maxDegree);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref s_maxDegree, value);
        }
    }
}
