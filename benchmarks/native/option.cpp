// A European call by Monte Carlo over given normal numbers: mean e^(-r t) max(S e^((r - sigma^2 / 2) t + sigma sqrt(t) z) - K, 0) and its
// derivatives in S, sigma, r and t. A path's contributions are linear in its price at the end, that times z, and 1: three sums are all that
// the paths need.
#include "peer.h"

PEER void peer_option(int n, double spot, double sigma, double rate, double maturity, double strike, const double* __restrict z, double* d) {
    FlushSubnormals mode;
    const double root = std::sqrt(maturity), drift = (rate - sigma * sigma / 2) * maturity, volatility = sigma * root;
    double ends = 0, ends_z = 0, count = 0;
    for (int i = 0; i < n; i++) {
        const double end = spot * std::exp(drift + volatility * z[i]);
        const double in_the_money = end > strike ? 1.0 : 0.0, weighted = in_the_money * end;
        ends += weighted;
        ends_z += weighted * z[i];
        count += in_the_money;
    }
    const double discount = std::exp(-rate * maturity) / n, payoffs = ends - strike * count;
    d[0] = discount * ends / spot;
    d[1] = discount * (root * ends_z - sigma * maturity * ends);
    d[2] = discount * maturity * (ends - payoffs);
    d[3] = discount * ((rate - sigma * sigma / 2) * ends + sigma / (2 * root) * ends_z - rate * payoffs);
}
