using TorchSharp;
using static TorchSharp.torch;

namespace DrJax.Benchmarks.Torch;

/// <content>Bundle adjustment: each observation has its own copies of its camera and point, so that the gradient of the sum of all first residuals
/// is the first row of every Jacobian.</content>
internal sealed partial class Peers
{
    internal override Contestant Ba(double[] cameras, double[] points, int[] cameraOf, int[] pointOf, double[] weights, double[] features)
    {
        var p = weights.Length;
        var (allCameras, allPoints) = (tensor(cameras, [cameras.Length / 11, 11]), tensor(points, [points.Length / 3, 3]));
        var (cameraIndex, pointIndex) = (tensor(Array.ConvertAll(cameraOf, i => (long)i)), tensor(Array.ConvertAll(pointOf, i => (long)i)));
        var (w, feature) = (Leaf(weights, p), tensor(features, [p, 2]));
        return new TorchContestant(() =>
        {
            Tensor[] leaves = [allCameras.index_select(0, cameraIndex).requires_grad_(), allPoints.index_select(0, pointIndex).requires_grad_(), w];
            var residual = w.unsqueeze(1) * (Project(leaves[0], leaves[1]) - feature);
            var first = autograd.grad([residual.select(1, 0).sum()], leaves, retain_graph: true);
            var second = autograd.grad([residual.select(1, 1).sum()], leaves);
            var blocks = stack([Row(first), Row(second)], 1);
            return [blocks, autograd.grad([(1 - w * w).sum()], [w])[0]];
        });
    }

    private static Tensor Row(IList<Tensor> derivatives) => cat([derivatives[0], derivatives[1], derivatives[2].unsqueeze(1)], 1);

    private static Tensor Project(Tensor camera, Tensor point)
    {
        var (r, v) = (camera.narrow(1, 0, 3), point - camera.narrow(1, 3, 3));
        // No camera of the data is unturned, so the angle is not 0.
        var angle = r.square().sum(1, keepdim: true).sqrt();
        var axis = r / angle;
        var (c, s) = (angle.cos(), angle.sin());
        var q = v * c + linalg.cross(axis, v) * s + axis * ((axis * v).sum(1, keepdim: true) * (1 - c));
        var flat = q.narrow(1, 0, 2) / q.narrow(1, 2, 1);
        var square = flat.square().sum(1, keepdim: true);
        var radial = 1 + camera.narrow(1, 9, 1) * square + camera.narrow(1, 10, 1) * square.square();
        return flat * radial * camera.narrow(1, 6, 1) + camera.narrow(1, 7, 2);
    }
}
