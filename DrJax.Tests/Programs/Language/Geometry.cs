using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public readonly record struct Vector3(double X, double Y, double Z) : IVectorSpace
{
    public static Vector3 operator +(Vector3 a, Vector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
    public static Vector3 operator -(Vector3 a, Vector3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
    public static Vector3 operator *(double s, Vector3 v) => new(s * v.X, s * v.Y, s * v.Z);
    public double Length => Math.Sqrt(Dot(this));
    public double Dot(Vector3 o) => X * o.X + Y * o.Y + Z * o.Z;
    public Vector3 Cross(Vector3 o) => new(Y * o.Z - Z * o.Y, Z * o.X - X * o.Z, X * o.Y - Y * o.X);
    public static readonly Vector3 Zero = new(0, 0, 0);
    public static Vector3 UnitZ { get; } = new(0, 0, 1);
}

public readonly record struct Quaternion(double W, Vector3 V)
{
    public static Quaternion operator *(Quaternion p, Quaternion q) =>
        new(p.W * q.W - p.V.Dot(q.V), p.W * q.V + q.W * p.V + p.V.Cross(q.V));
    public Quaternion Conjugate => this with { V = -1 * V };
    public Vector3 Rotate(Vector3 v) => (this * new Quaternion(0, v) * Conjugate).V;
    public static Quaternion FromAxisAngle(Vector3 r)
    {
        var angle = r.Length;
        return angle < 1e-8 ? new Quaternion(1, 0.5 * r) : new Quaternion(Math.Cos(angle / 2), Math.Sin(angle / 2) / angle * r);
    }
    public void Deconstruct(out double w, out Vector3 v) { w = W; v = V; }
}

public record struct Camera(Vector3 Rotation, Vector3 Translation, double Focal, (double K1, double K2) Distortion);

/// <summary>Cameras and point clouds, of records with members and operators.</summary>
public static class Geometry
{
    private static (double U, double V) Project(Camera c, Vector3 p)
    {
        var q = Quaternion.FromAxisAngle(c.Rotation).Rotate(p - c.Translation);
        var depth = 4 + q.Z;
        var (x, y) = (q.X / depth, q.Y / depth);
        var r2 = x * x + y * y;
        var d = 1 + r2 * (c.Distortion.K1 + r2 * c.Distortion.K2);
        return (c.Focal * d * x, c.Focal * d * y);
    }

    [DrJaxProgram("points")]
    public static double BundleAdjustment(Camera c, Placed<(Vector3 Point, double U, double V)> observations) =>
        ReduceMean(Map(o =>
        {
            var (u, v) = Project(c, o.Point);
            return Square(u - o.U) + Square(v - o.V);
        }, observations));

    // ICP with point-to-point nearest neighbours, Gauss-Newton on small rotations
    [DrJaxProgram]
    public static (Vector3 Rotation, Vector3 Shift, double Error) Icp(Mat<double> source, Mat<double> target)
    {
        var rotation = Vector3.Zero;
        var shift = new Vector3();
        var error = 0.0;
        Vector3 At(Mat<double> m, int i) => new(m[i, 0], m[i, 1], m[i, 2]);
        for (var it = 0; it < 2; it++)
        {
            var jtj = Diag(Full(6, 1e-1));
            var jtr = Zeros<double>(6);
            error = 0;
            for (var i = 0; i < source.Rows; i++)
            {
                var p = At(source, i);
                var moved = p + rotation.Cross(p) + shift;
                var best = double.MaxValue;
                var nearest = 0;
                for (var j = 0; j < target.Rows; j++)
                {
                    var gap = moved - At(target, j);
                    var d = gap.Dot(gap);
                    if (d < best) { best = d; nearest = j; }
                }
                var r = moved - At(target, nearest);
                Mat<double> jac = [[0, p.Z, -p.Y, 1, 0, 0], [-p.Z, 0, p.X, 0, 1, 0], [p.Y, -p.X, 0, 0, 0, 1]];
                Vec<double> res = [r.X, r.Y, r.Z];
                jtj += MatMul(Transpose(jac), jac);
                jtr += MatMul(Transpose(jac), res);
                error += best;
            }
            var delta = Solve(jtj, jtr);
            rotation -= new Vector3(delta[0], delta[1], delta[2]);
            shift -= new Vector3(delta[3], delta[4], delta[5]);
        }
        return (rotation, shift, error / source.Rows);
    }
}
