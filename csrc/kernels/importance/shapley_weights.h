/* What a set of players counts for in the mean over all orders in which players can come.
 *
 * A player who joins a set of s others does so in s! (p - 1 - s)! of p! orders: the share of orders is
 * w(s) = 1 / (p C(p - 1, s)). Shapley, L. S. (1953), A value for n-person games, in Contributions to the theory of games II. */
#ifndef DG_SHAPLEY_WEIGHTS_H
#define DG_SHAPLEY_WEIGHTS_H

#include <stddef.h>

/* 2**25 sets are a third of a second; each further player doubles that. */
#define DG_MAX_PLAYERS 25

/* weights[s] for s = 0 .. n_players - 1. Binomial coefficients of so few are exact in a double. */
static inline void
dg_shapley_weights(size_t n_players, double *weights)
{
    double ways = 1.0;
    for (size_t s = 0; s < n_players; s++) {
        weights[s] = 1.0 / ((double)n_players * ways);
        ways = ways * (double)(n_players - 1 - s) / (double)(s + 1);
    }
}

#endif
