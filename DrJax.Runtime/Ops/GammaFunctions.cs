namespace DrJax;

internal static class GammaFunctions
{
    internal static double LogGamma(double x) => x;
    internal static double Polygamma(int n, double x) => n + x;
}
