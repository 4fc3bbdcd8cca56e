// The diagonal LSTM: gates and cells of all steps are kept; the loss is linear in log(2 + sum e^y) and y, so its cotangent is made on the way
// forward.
#include "peer.h"
#include <algorithm>

namespace {

std::vector<double> memory;

enum { F, I, O, G, Cell, TanhCell, H, Kept };                 // what a layer keeps of a step, b numbers each

inline double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// One layer, one step: u is its input, h and c its state before.
inline void layer(int b, const double* __restrict w, const double* __restrict u, const double* __restrict h, const double* __restrict c,
                  double* __restrict kept) {
#pragma GCC ivdep
    for (int j = 0; j < b; j++) {
        const double f = sigmoid(u[j] * w[j] + w[4 * b + j]);
        const double i = sigmoid(h[j] * w[b + j] + w[5 * b + j]);
        const double o = sigmoid(u[j] * w[2 * b + j] + w[6 * b + j]);
        const double g = std::tanh(h[j] * w[3 * b + j] + w[7 * b + j]);
        const double cell = c[j] * f + i * g, tc = std::tanh(cell);
        kept[F * b + j] = f;
        kept[I * b + j] = i;
        kept[O * b + j] = o;
        kept[G * b + j] = g;
        kept[Cell * b + j] = cell;
        kept[TanhCell * b + j] = tc;
        kept[H * b + j] = o * tc;
    }
}

// Its transpose: du comes in as the cotangent of the layer's output and leaves as that of its input; dh and dc go on to the step before.
inline void layer_back(int b, const double* __restrict w, const double* __restrict u, const double* __restrict h, const double* __restrict c,
                       const double* __restrict kept, double* __restrict du, double* __restrict dh, double* __restrict dc,
                       double* __restrict dw) {
#pragma GCC ivdep
    for (int j = 0; j < b; j++) {
        const double f = kept[F * b + j], i = kept[I * b + j], o = kept[O * b + j], g = kept[G * b + j], tc = kept[TanhCell * b + j];
        const double ch = dh[j] + du[j];
        const double cc = dc[j] + ch * o * (1 - tc * tc);
        const double zf = cc * c[j] * f * (1 - f), zi = cc * g * i * (1 - i), zo = ch * tc * o * (1 - o), zg = cc * i * (1 - g * g);
        dw[j] += zf * u[j];
        dw[b + j] += zi * h[j];
        dw[2 * b + j] += zo * u[j];
        dw[3 * b + j] += zg * h[j];
        dw[4 * b + j] += zf;
        dw[5 * b + j] += zi;
        dw[6 * b + j] += zo;
        dw[7 * b + j] += zg;
        dc[j] = cc * f;
        dh[j] = zi * w[b + j] + zg * w[3 * b + j];
        du[j] = zf * w[j] + zo * w[2 * b + j];
    }
}

}  // namespace

// weights [l, 8, b]: of the forget, input, output and change gates, then their biases; extra [3, b]: input weight, output weight, output bias;
// state [l, 2, b]: hidden, cell; sequence [steps, b].
PEER void peer_lstm(int l, int steps, int b, const double* weights, const double* extra, const double* state, const double* sequence,
                    double* d_weights, double* d_extra) {
    FlushSubnormals mode;
    const int n = steps - 1, layer_size = Kept * b, step_size = l * layer_size;
    double* tape = scratch(memory, (n + 1) * step_size + n * b + 2 * b + 2 * l * b);
    double* dys = tape + (n + 1) * step_size;                 // the loss's cotangent of y, for every step
    double *u = dys + n * b, *e = u + b, *dh = e + b, *dc = dh + l * b;
    const double scale = -1.0 / (double(n) * b);

    for (int k = 0; k < l; k++) {
        std::copy_n(state + (2 * k) * b, b, tape + k * layer_size + H * b);
        std::copy_n(state + (2 * k + 1) * b, b, tape + k * layer_size + Cell * b);
    }
    for (int t = 0; t < n; t++) {
        const double *before = tape + t * step_size, *x = sequence + t * b, *next = x + b;
        double *now = tape + (t + 1) * step_size, *dy = dys + t * b;
        for (int j = 0; j < b; j++) u[j] = x[j] * extra[j];
        const double* in = u;
        for (int k = 0; k < l; k++) {
            const double* old = before + k * layer_size;
            layer(b, weights + 8 * k * b, in, old + H * b, old + Cell * b, now + k * layer_size);
            in = now + k * layer_size + H * b;
        }
        double sum = 2, ones = 0;
        for (int j = 0; j < b; j++) {
            e[j] = std::exp(in[j] * extra[b + j] + extra[2 * b + j]);
            sum += e[j];
            ones += next[j];
        }
        const double share = ones / sum;
        for (int j = 0; j < b; j++) dy[j] = scale * (next[j] - share * e[j]);
    }

    std::fill_n(d_weights, 8 * l * b, 0.0);
    std::fill_n(d_extra, 3 * b, 0.0);
    std::fill_n(dh, 2 * l * b, 0.0);
    for (int t = n - 1; t >= 0; t--) {
        const double *before = tape + t * step_size, *now = before + step_size, *x = sequence + t * b, *dy = dys + t * b;
        const double* out = now + (l - 1) * layer_size + H * b;
        double* du = u;
        for (int j = 0; j < b; j++) {
            d_extra[b + j] += dy[j] * out[j];
            d_extra[2 * b + j] += dy[j];
            du[j] = dy[j] * extra[b + j];
        }
        for (int k = l - 1; k > 0; k--) {
            const double *old = before + k * layer_size, *in = now + (k - 1) * layer_size + H * b;
            layer_back(b, weights + 8 * k * b, in, old + H * b, old + Cell * b, now + k * layer_size, du, dh + k * b, dc + k * b,
                       d_weights + 8 * k * b);
        }
        for (int j = 0; j < b; j++) e[j] = x[j] * extra[j];
        layer_back(b, weights, e, before + H * b, before + Cell * b, now, du, dh, dc, d_weights);
        for (int j = 0; j < b; j++) d_extra[j] += du[j] * x[j];
    }
}
