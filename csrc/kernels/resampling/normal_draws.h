/* Values with normal errors, drawn again: replicate r is a function of the key and r alone. */
#ifndef DG_NORMAL_DRAWS_H
#define DG_NORMAL_DRAWS_H

#include "kernels/resampling/philox.h"

#include <stddef.h>

/* Replicates drawn side by side, so that loops over them are loops over neighbours in memory. */
#define DG_LANES 64

/* Estimates whose errors have a part of their own and parts they share: a covariance of diag(own^2) + shared shared'. */
typedef struct {
    const double *value;  /* n_units */
    const double *own;    /* n_units; a unit with 0 draws nothing for it */
    const double *shared; /* n_units x n_factors */
    size_t n_units, n_factors;
} dg_uncertain_values;

/* The z with P(Z <= z) = chance, for a chance above 0 and below 1: Wichura, M. J. (1988), Algorithm AS 241: the percentage
 * points of the normal distribution, Applied Statistics 37: 477-484. Its relative error is about 1e-16. */
double dg_normal_percentage_point(double chance);

/* A standard normal number, from one word. */
double dg_draw_normal(dg_philox *stream);

/* Replicates first, first + 1, ... in the lanes: the units' own errors come first in a stream, then the factors.
 * `drawn` has room for n_units x DG_LANES, `factors` for n_factors x DG_LANES. */
void dg_draw_values(const dg_uncertain_values *units, dg_philox_key key, uint64_t first, double *drawn, double *factors);

#endif
