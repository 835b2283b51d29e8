/* Exact draws from a binomial: by inversion where fewer than ten successes (or failures) are expected, else by Hörmann's
 * transformed rejection BTRD, whose cost does not grow with n. Hörmann, W. (1993), The generation of binomial random variates,
 * Journal of Statistical Computation and Simulation 46: 101-110. */
#ifndef DG_BINOMIAL_DRAWS_H
#define DG_BINOMIAL_DRAWS_H

#include "kernels/resampling/count_law.h"
#include "kernels/resampling/philox.h"

#include <stdbool.h>

/* What all draws from one binomial share. */
typedef struct {
    dg_count_law law; /* of the rarer outcome */
    int64_t n;
    bool flipped;  /* failures are the rarer outcome */
    bool rejects;  /* by rejection, not inversion */
    double mode_chance;
    double variance, a, b, center, alpha, inside; /* of the rejection: see Hörmann */
} dg_binomial;

/* Successes in n trials that succeed with probability hits / of; 0 <= hits <= of, of > 0. */
dg_binomial dg_prepare_binomial(int64_t n, int64_t hits, int64_t of);

int64_t dg_draw_binomial(const dg_binomial *binomial, dg_philox *stream);

#endif
