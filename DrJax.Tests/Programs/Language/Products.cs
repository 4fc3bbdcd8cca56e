using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Products over named indices, and of arrays of matrices.</summary>
public static class Products
{
    [DrJaxProgram]
    public static (Mat<double>, Mat<double>, double) Matrices(Mat<double> a, Mat<double> b) =>
        (EinsumMat("ij,jk->ik", a, b), EinsumMat("ij,jk->ki", a, Sin(b)), EinsumScalar("ij,ij->", a, b));

    [DrJaxProgram]
    public static (Vec<double>, double, Vec<double>, Mat<double>) Single(Mat<double> a) =>
        (EinsumVec("ii->i", a), EinsumScalar("ii->", a), EinsumVec("ij->j", a), EinsumMat("ij -> ji", a));

    [DrJaxProgram]
    public static (Mat<double>, Mat<double>, double, Vec<double>) Three(Mat<double> a, Mat<double> b, Vec<double> v) =>
        (EinsumMat("ij,kl,jk->il", a, b, a), EinsumMat("i,j,k->ik", v, v, v), EinsumScalar("i,ij,j->", v, a, v), EinsumVec("ij,jk,k->i", a, b, v));

    [DrJaxProgram]
    public static (Tensor3<double>, Tensor3<double>, Vec<double>, Mat<double>) Batches(Tensor3<double> t, Mat<double> a) =>
        (EinsumTensor3("bij,bjk->bik", t, t), EinsumTensor3("bij,jk->kbi", t, a), EinsumVec("iij->j", t), EinsumMat("bij,bij->bi", t, t));

    [DrJaxProgram]
    public static (Tensor3<double>, Tensor3<double>, Tensor3<double>, Mat<double>) Items(Tensor3<double> t, Mat<double> a, Vec<double> v) =>
        (MatMul(t, Sin(t)), MatMul(t, a), MatMul(a, t), MatMul(t, v));

    [DrJaxProgram]
    public static (Vec<double>, Mat<double>) Rows(Mat<double> a, Tensor3<double> t) => (BatchDot(a, Cos(a)), BatchDot(t, t));

    [DrJaxProgram]
    public static Mat<float> Singles(Mat<float> a, Mat<float> b) => EinsumMat("ij,kj->ki", a, b);

    [DrJaxProgram("groups")]
    public static double InMap(Mat<double> a, Placed<(Mat<double> X, Vec<double> V)> data) =>
        ReduceMean(Map(d => EinsumScalar("i,ij,jk->", d.V, d.X, a) / (d.V.Length * d.V.Length), data));

    [DrJaxProgram("groups")]
    public static Mat<double> InMapGradient(Mat<double> a, Placed<(Mat<double> X, Vec<double> V)> data) => Grad(InMap, Sin(a), data);
}
