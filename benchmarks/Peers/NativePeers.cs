using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace DrJax.Benchmarks;

/// <summary>The C++ peers of the folder native, compiled on this machine when they are first asked for.</summary>
internal static unsafe partial class NativePeers
{
    internal const string Name = "C++";
    private const string Library = "peers";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "native");
    private static readonly Lazy<nint> Handle = new(Load);

    /// <summary>Why the peers are not there; null if they are.</summary>
    internal static string? Missing { get; private set; }

    /// <summary>The peer, if the library could be built.</summary>
    internal static Contestant[] Peer<T>(Func<T> compute, Func<T, IEnumerable<double>>? numbers = null) =>
        Handle.Value == 0 ? [] : [new Contestant<T>(Name, compute, numbers)];

    private static nint Load()
    {
        var library = Path.Combine(Folder, "libpeers.so");
        if (Stale(library) && !Build()) return 0;
        var handle = NativeLibrary.Load(library);
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == Library ? handle : 0);
        return handle;
    }

    private static bool Stale(string library) => !File.Exists(library)
        || Directory.EnumerateFiles(Folder).Any(source => File.GetLastWriteTimeUtc(source) > File.GetLastWriteTimeUtc(library));

    private static bool Build()
    {
        try
        {
            var start = new ProcessStartInfo("bash", [Path.Combine(Folder, "build.sh"), Folder]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0) return true;
            Missing = $"no C++ peers, their build failed: {errors.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Missing = $"no C++ peers, the shell that builds them does not start: {e.Message}";
        }
        return false;
    }

    [LibraryImport(Library, EntryPoint = "peer_gmm")]
    internal static partial void Gmm(
        int d, int k, int n, double[] alphas, double[] means, double[] icf, double[] x, double gamma, int m,
        double[] dAlphas, double[] dMeans, double[] dIcf);

    [LibraryImport(Library, EntryPoint = "peer_lstm")]
    internal static partial void Lstm(
        int l, int steps, int b, double[] weights, double[] extra, double[] state, double[] sequence, double[] dWeights, double[] dExtra);

    [LibraryImport(Library, EntryPoint = "peer_ba")]
    internal static partial void Ba(
        int p, double[] cameras, double[] points, int[] cameraOf, int[] pointOf, double[] weights, double[] features,
        double[] jacobians, double[] dWeights);

    [LibraryImport(Library, EntryPoint = "peer_mlp")]
    internal static partial void Mlp(
        int inputs, int hidden, int outputs, int rows, float[] w1, float[] b1, float[] w2, float[] b2, float[] x, int[] labels,
        float[] dW1, float[] dB1, float[] dW2, float[] dB2);

    // So short that the garbage collector need not be let in meanwhile.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "peer_linear_regression")]
    internal static partial void LinearRegression(int width, int rows, float[] w, float[] x, float[] dw);

    [LibraryImport(Library, EntryPoint = "peer_option")]
    internal static partial void Option(int n, double spot, double sigma, double rate, double maturity, double strike, double[] z, double[] d);
}
