// mean over rows x of (w x - 1)^2 / 2. No subnormals arise, so the mode of the floating point unit is left alone: switching it would cost as
// much as the rest.
#include "peer.h"

// w [width], x [rows, width].
PEER void peer_linear_regression(int width, int rows, const float* __restrict w, const float* __restrict x, float* __restrict dw) {
    for (int j = 0; j < width; j++) dw[j] = 0;
    for (int i = 0; i < rows; i++, x += width) {
        float error = -1;
        for (int j = 0; j < width; j++) error += w[j] * x[j];
        for (int j = 0; j < width; j++) dw[j] += error * x[j];
    }
    const float scale = 1.0f / rows;
    for (int j = 0; j < width; j++) dw[j] *= scale;
}
