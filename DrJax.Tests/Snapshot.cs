using System.Runtime.CompilerServices;

namespace DrJax.Tests;

/// <summary>
/// Compares text with the file <c>Class.Method#target.verified.txt</c> beside the test, in Verify's conventions, so that Verify.Xunit can
/// take its place
/// without moving a file. A mismatch leaves the text in <c>.received.txt</c>; DRJAX_ACCEPT_SNAPSHOTS=1 writes <c>.verified.txt</c> instead.
/// </summary>
internal static class Snapshot
{
    public static void Match(string text, string? target = null, string extension = "txt", [CallerFilePath] string file = "",
        [CallerMemberName] string method = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(file)}.{method}{(target is null ? "" : "#" + target)}";
        var stem = Path.Combine(Path.GetDirectoryName(file)!, name);
        var (verified, received) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("DRJAX_ACCEPT_SNAPSHOTS") == "1") File.WriteAllText(verified, text);
        var expected = File.Exists(verified) ? File.ReadAllText(verified).Replace("\r\n", "\n", StringComparison.Ordinal) : "";
        if (expected == text)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, text);
        var (was, now) = (expected.Split('\n'), text.Split('\n'));
        var line = was.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new Xunit.Sdk.XunitException($"""
            {name}: line {line + 1} differs from {Path.GetFileName(verified)}
            verified: {was.ElementAtOrDefault(line)}
            received: {now.ElementAtOrDefault(line)}
            Accept with DRJAX_ACCEPT_SNAPSHOTS=1 after reading the difference.
            """);
    }
}
