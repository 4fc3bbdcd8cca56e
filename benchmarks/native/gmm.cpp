// The log posterior of a Gaussian mixture with a Wishart prior. For a point, x - mean and y = Q (x - mean) of every component are kept
// for the way back. Only the triangle of Q is touched; Q' (sum of r y) is taken once for each component, after the points.
#include "peer.h"
#include <algorithm>

namespace {

std::vector<double> memory;

// dst[0, n) += a src[0, n)
inline void add_scaled(double* __restrict dst, double a, const double* __restrict src, int n) {
    for (int i = 0; i < n; i++) dst[i] += a * src[i];
}

// t becomes softmax(t).
inline void softmax(double* t, int n) {
    double largest = t[0], sum = 0;
    for (int i = 1; i < n; i++) largest = std::max(largest, t[i]);
    for (int i = 0; i < n; i++) {
        t[i] = std::exp(t[i] - largest);
        sum += t[i];
    }
    const double scale = 1 / sum;
    for (int i = 0; i < n; i++) t[i] *= scale;
}

}  // namespace

// alphas [k], means [k, d], icf [k, d (d + 1) / 2]: d logarithms of Q's diagonal, then its strictly lower triangle column by column; x [n, d].
PEER void peer_gmm(int d, int k, int n, const double* alphas, const double* means, const double* icf, const double* x, double gamma, int m,
                   double* d_alphas, double* d_means, double* d_icf) {
    FlushSubnormals mode;
    const int width = d * (d + 1) / 2;
    double* diagonal = scratch(memory, (4 * d + 2) * k);      // e^q
    double* centred = diagonal + k * d;                       // x - mean
    double* y = centred + k * d;                              // Q (x - mean)
    double* sum_y = y + k * d;                                // sum of r y over the points
    double* constant = sum_y + k * d;                         // alpha + sum q
    double* weight = constant + k;

    std::fill_n(d_alphas, k, 0.0);
    std::fill_n(d_icf, k * width, 0.0);
    std::fill_n(sum_y, k * d, 0.0);
    for (int c = 0; c < k; c++) {
        const double* q = icf + c * width;
        constant[c] = alphas[c];
        for (int i = 0; i < d; i++) {
            constant[c] += q[i];
            diagonal[c * d + i] = std::exp(q[i]);
        }
    }

    for (int p = 0; p < n; p++, x += d) {
        for (int c = 0; c < k; c++) {
            const double *e = diagonal + c * d, *mean = means + c * d, *column = icf + c * width + d;
            double *xc = centred + c * d, *yc = y + c * d;
            for (int i = 0; i < d; i++) {
                xc[i] = x[i] - mean[i];
                yc[i] = e[i] * xc[i];
            }
            for (int j = 0; j < d - 1; column += d - 1 - j, j++) add_scaled(yc + j + 1, xc[j], column, d - 1 - j);
            double square = 0;
            for (int i = 0; i < d; i++) square += yc[i] * yc[i];
            weight[c] = constant[c] - 0.5 * square;
        }
        softmax(weight, k);
        for (int c = 0; c < k; c++) {
            const double r = weight[c];
            const double *xc = centred + c * d, *yc = y + c * d;
            double *sy = sum_y + c * d, *dq = d_icf + c * width, *column = dq + d;
            d_alphas[c] += r;
            for (int i = 0; i < d; i++) {
                sy[i] += r * yc[i];
                dq[i] -= r * yc[i] * xc[i];
            }
            for (int j = 0; j < d - 1; column += d - 1 - j, j++) add_scaled(column, -r * xc[j], yc + j + 1, d - 1 - j);
        }
    }

    for (int c = 0; c < k; c++) {
        const double *e = diagonal + c * d, *sy = sum_y + c * d, *lower = icf + c * width + d;
        double *dm = d_means + c * d, *dq = d_icf + c * width, *dl = dq + d;
        for (int j = 0, at = 0; j < d; j++) {
            double sum = e[j] * sy[j];
            for (int i = j + 1; i < d; i++, at++) {
                sum += lower[at] * sy[i];
                dl[at] += gamma * gamma * lower[at];
            }
            dm[j] = sum;
            dq[j] = d_alphas[c] + e[j] * dq[j] + gamma * gamma * e[j] * e[j] - m;
        }
    }
    std::copy_n(alphas, k, weight);
    softmax(weight, k);
    for (int c = 0; c < k; c++) d_alphas[c] -= n * weight[c];
}
