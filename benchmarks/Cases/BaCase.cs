using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Benchmarks;

/// <summary>Bundle adjustment (ADBench's BA): for every observation of a point by a camera, the Jacobian of its weighted reprojection error by
/// camera (11), point (3) and weight (1), and the derivative of 1 - weight^2.</summary>
internal static class BaCase
{
    private const int Cameras = 49, Points = 7776;

    internal static Entry Entry(int observations) => new($"BA Jacobians, {observations:N0} observations, float64", () => Create(observations), observations);

    internal static Case Create(int p)
    {
        var random = new RandomArrays(1);
        // Cameras some units in front of the points, so that no point lies in a camera's plane.
        double[] cameras = [.. Enumerable.Range(0, Cameras).SelectMany(_ => (double[])[
            .. random.Uniform<double>(3, 0.5), .. random.Uniform<double>(2, 1), .. random.Uniform<double>(1, -8, -5),
            .. random.Uniform<double>(1, 400, 600), .. random.Uniform<double>(2, 1), .. random.Uniform<double>(2, 0.01)])];
        var points = random.Uniform<double>(3 * Points, 1);
        var (cameraOf, pointOf) = (random.Integers(p, Cameras), random.Integers(p, Points));
        var (weights, features) = (random.Uniform<double>(p, 0.5, 1.5), random.Uniform<double>(2 * p, 50));

        var (c, x) = (new Mat<double>(cameras, Cameras, 11), new Mat<double>(points, Points, 3));
        var (ci, xi) = (Placed.Rows(new Vec<int>(cameraOf)), Placed.Rows(new Vec<int>(pointOf)));
        var (w, f) = (Placed.Rows(new Vec<double>(weights)), Placed.Rows(new Mat<double>(features, p, 2)));
        var (jacobians, dWeights) = (new double[30 * p], new double[p]);
        // A projection (two of sine and cosine, a root, about 80 more) and two rows of about 120.
        var work = new Work(p * (2 * Work.Transcendental + 80.0 + 2 * 120), p * (8.0 * (30 + 1 + 3) + 8) + 8.0 * (cameras.Length + points.Length));
        return new(new Contestant<(Placed<Mat<double>>, Placed<double>)>(Tables.DrJax, InKeptMemory(() => Jacobians(c, x, ci, xi, w, f)), Elements), work)
        {
            Objective = new Contestant<(Placed<Vec<double>>, Placed<double>)>("objective", InKeptMemory(() => Residuals(c, x, ci, xi, w, f))),
            Peers =
            [
                .. NativePeers.Peer(() =>
                {
                    NativePeers.Ba(p, cameras, points, cameraOf, pointOf, weights, features, jacobians, dWeights);
                    return jacobians;
                }, _ => jacobians.Concat(dWeights)),
                .. TorchPeers.Peer(torch => torch.Ba(cameras, points, cameraOf, pointOf, weights, features)),
            ],
        };
    }

    // The C++ peer writes into arrays that its caller keeps from call to call; here the caller gives the last result back.
    private static Func<T> InKeptMemory<T>(Func<T> compute)
    {
        var last = compute();
        return () =>
        {
            DrJaxRuntime.Recycle(last);
            return last = compute();
        };
    }

    private static IEnumerable<double> Elements((Placed<Mat<double>> Blocks, Placed<double> Weights) result) =>
        result.Blocks.Leaf<double>(0).Data.Concat(result.Weights.Leaf<double>(0).Data);

    [DrJaxProgram("observations")]
    internal static (Placed<Mat<double>>, Placed<double>) Jacobians([Shape("c", 11)] Mat<double> cameras, [Shape("x", 3)] Mat<double> points,
        Placed<int> camera, Placed<int> point, Placed<double> weight, Placed<Vec<double>> feature)
        => (Map((c, x, w, f) => Jacobian((v, f) => Residual(v[..11], v[11..14], v[14], f), [.. cameras[c], .. points[x], w], f), camera, point, weight, feature),
            Map(w => Grad(WeightError, w), weight));

    [DrJaxProgram("observations")]
    internal static (Placed<Vec<double>>, Placed<double>) Residuals([Shape("c", 11)] Mat<double> cameras, [Shape("x", 3)] Mat<double> points,
        Placed<int> camera, Placed<int> point, Placed<double> weight, Placed<Vec<double>> feature)
        => (Map((c, x, w, f) => Residual(cameras[c], points[x], w, f), camera, point, weight, feature), Map(WeightError, weight));

    private static double WeightError(double w) => 1 - w * w;

    private static Vec<double> Residual(Vec<double> camera, Vec<double> x, double w, Vec<double> feature) => w * (Project(camera, x) - feature);

    /// <param name="camera">Rotation (axis times angle), centre, focal length, principal point, two coefficients of radial distortion.</param>
    /// <param name="x">A point.</param>
    private static Vec<double> Project(Vec<double> camera, Vec<double> x)
    {
        var q = Rotate(camera[..3], x - camera[3..6]);
        Vec<double> p = [q[0] / q[2], q[1] / q[2]];
        var s = Dot(p, p);
        return p * (1 + camera[9] * s + camera[10] * s * s) * camera[6] + camera[7..9];
    }

    private static Vec<double> Rotate(Vec<double> r, Vec<double> x)
    {
        var angle2 = Dot(r, r);
        if (angle2 == 0) return x + Cross(r, x);
        var angle = Sqrt(angle2);
        var axis = r / angle;
        return x * Cos(angle) + Cross(axis, x) * Sin(angle) + axis * (Dot(axis, x) * (1 - Cos(angle)));
    }

    private static Vec<double> Cross(Vec<double> a, Vec<double> b)
        => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
