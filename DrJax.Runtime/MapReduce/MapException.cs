namespace DrJax;

/// <summary>The mapped function threw for one group: what it threw is the <see cref="Exception.InnerException"/>.</summary>
public sealed class MapException : Exception
{
    /// <param name="group">The group's index.</param>
    /// <param name="inner">What the mapped function threw.</param>
    public MapException(int group, Exception inner)
        : base($"Map: the function threw for group {group}: {inner?.Message}", inner) => Group = group;

    /// <summary>The index of the group.</summary>
    public int Group { get; }
}
