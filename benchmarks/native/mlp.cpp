// Mean cross entropy of relu(x W1 + b1) W2 + b2. The groups are merged: their rows are taken in blocks of 64, small enough for the hidden layer to
// stay in the cache between the way forward and the way back.
#include "peer.h"
#include <algorithm>

namespace {

constexpr int BlockRows = 64;
std::vector<float> memory;

// M rows by N columns of C += A B, kept in registers while p runs over the depth; element (i, p) of A is a[i * row + p * column].
template <int M, int N>
inline void tile(float* __restrict c, int ldc, const float* __restrict a, int row, int column, const float* __restrict b, int ldb, int depth) {
    float sum[M][N];
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++) sum[i][j] = c[i * ldc + j];
    for (int p = 0; p < depth; p++)
#pragma GCC unroll 8
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++) sum[i][j] += a[i * row + p * column] * b[p * ldb + j];
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++) c[i * ldc + j] = sum[i][j];
}

template <int N>
inline void columns(float* c, const float* a, int row, int column, const float* b, int rows, int depth, int n) {
    int i = 0;
    for (; i + 6 <= rows; i += 6) tile<6, N>(c + i * n, n, a + i * row, row, column, b, n, depth);
    for (; i + 2 <= rows; i += 2) tile<2, N>(c + i * n, n, a + i * row, row, column, b, n, depth);
    for (; i < rows; i++) tile<1, N>(c + i * n, n, a + i * row, row, column, b, n, depth);
}

// C [rows, n] += A [rows, depth] B [depth, n].
void multiply_add(float* c, const float* a, int row, int column, const float* b, int rows, int depth, int n) {
    int j = 0;
    for (; j + 32 <= n; j += 32) columns<32>(c + j, a, row, column, b + j, rows, depth, n);
    for (; j + 8 <= n; j += 8) columns<8>(c + j, a, row, column, b + j, rows, depth, n);
    for (; j + 2 <= n; j += 2) columns<2>(c + j, a, row, column, b + j, rows, depth, n);
    for (; j < n; j++) columns<1>(c + j, a, row, column, b + j, rows, depth, n);
}

// Rows of logits become their cotangents, scale (softmax - one hot).
inline void softmax_back(float* z, int n, int label, float scale) {
    float largest = z[0], sum = 0;
    for (int j = 1; j < n; j++) largest = std::max(largest, z[j]);
    for (int j = 0; j < n; j++) {
        z[j] = std::exp(z[j] - largest);
        sum += z[j];
    }
    const float factor = scale / sum;
    for (int j = 0; j < n; j++) z[j] *= factor;
    z[label] -= scale;
}

}  // namespace

// w1 [inputs, hidden], b1 [hidden], w2 [hidden, outputs], b2 [outputs], x [rows, inputs], labels [rows].
PEER void peer_mlp(int inputs, int hidden, int outputs, int rows, const float* w1, const float* b1, const float* w2, const float* b2,
                   const float* x, const int32_t* labels, float* dw1, float* db1, float* dw2, float* db2) {
    FlushSubnormals mode;
    float* h = scratch(memory, BlockRows * (2 * hidden + outputs) + hidden * outputs);
    float *dh = h + BlockRows * hidden, *z = dh + BlockRows * hidden, *w2t = z + BlockRows * outputs;
    std::fill_n(dw1, inputs * hidden, 0.0f);
    std::fill_n(db1, hidden, 0.0f);
    std::fill_n(dw2, hidden * outputs, 0.0f);
    std::fill_n(db2, outputs, 0.0f);
    for (int i = 0; i < hidden; i++)
        for (int j = 0; j < outputs; j++) w2t[j * hidden + i] = w2[i * outputs + j];

    for (int first = 0; first < rows; first += BlockRows) {
        const int n = std::min(BlockRows, rows - first);
        const float* block = x + std::size_t(first) * inputs;
        for (int r = 0; r < n; r++) std::copy_n(b1, hidden, h + r * hidden);
        multiply_add(h, block, inputs, 1, w1, n, inputs, hidden);
        for (int i = 0; i < n * hidden; i++) h[i] = std::max(h[i], 0.0f);
        for (int r = 0; r < n; r++) std::copy_n(b2, outputs, z + r * outputs);
        multiply_add(z, h, hidden, 1, w2, n, hidden, outputs);

        for (int r = 0; r < n; r++) {
            softmax_back(z + r * outputs, outputs, labels[first + r], 1.0f / rows);
            for (int j = 0; j < outputs; j++) db2[j] += z[r * outputs + j];
        }
        multiply_add(dw2, h, 1, hidden, z, hidden, n, outputs);
        std::fill_n(dh, n * hidden, 0.0f);
        multiply_add(dh, z, outputs, 1, w2t, n, outputs, hidden);
        for (int r = 0; r < n; r++)
            for (int j = 0; j < hidden; j++) {
                const float d = h[r * hidden + j] > 0 ? dh[r * hidden + j] : 0;
                dh[r * hidden + j] = d;
                db1[j] += d;
            }
        multiply_add(dw1, block, 1, inputs, dh, inputs, n, hidden);
    }
}
