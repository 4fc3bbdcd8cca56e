namespace DrJax;

/// <summary>Until disposed, the programs called in this flow of control run on a mesh: see <see cref="DeviceMesh.Use"/>.</summary>
public sealed class MeshScope : IDisposable
{
    private readonly DeviceMesh? previous;
    private bool isDisposed;

    internal MeshScope(DeviceMesh? previous) => this.previous = previous;

    /// <summary>Back to what was in use before.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        DeviceMesh.Current = previous;
    }
}
