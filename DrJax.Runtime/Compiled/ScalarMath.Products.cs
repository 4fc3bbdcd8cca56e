namespace DrJax.Compiled;

/// <content>Rows of the op table that C# has no one function for.</content>
public static partial class ScalarMath
{
    public static double Square(double x) => x * x;

    public static float Square(float x) => x * x;

    public static int Square(int x) => x * x;

    public static double Relu(double x) => Max(x, 0);

    public static float Relu(float x) => Max(x, 0);
}
