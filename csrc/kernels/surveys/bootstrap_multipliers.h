/* What clusters count for in replicates of a rescaled bootstrap: of the n clusters of a stratum n - 1 are drawn with
 * replacement. Rao, J. N. K., Wu, C. F. J. and Yue, K. (1992), Some recent work on resampling methods for complex surveys,
 * Survey Methodology 18: 209-217. */
#ifndef DG_BOOTSTRAP_MULTIPLIERS_H
#define DG_BOOTSTRAP_MULTIPLIERS_H

#include "kernels/resampling/philox.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const int64_t *sizes;    /* clusters in each stratum, from 0 to below 2^32 */
    const double *fractions; /* share of the population's clusters that are in the sample, from 0 to 1 */
    size_t n_strata;
} dg_sampled_strata;

/* A stream of random words by halves, the lower first. */
typedef struct {
    dg_philox words;
    uint64_t word;
    bool has_upper;
} dg_halves;

/* A whole number below n >= 1, each as likely as any other: Lemire, D. (2019), Fast random integer generation in an
 * interval, ACM Transactions on Modeling and Computer Simulation 29 (1): 3. */
uint32_t dg_draw_below(dg_halves *stream, uint32_t n);

/* multipliers[cluster][i] of replicates first, first + 1, ..., first + n - 1, clusters stratum by stratum: n / (n - 1) times how
 * often the cluster was drawn, drawn towards 1 by the root of the fraction not sampled; 1 where a stratum has one cluster.
 * Replicate r is a function of the key and r alone. */
dg_status dg_bootstrap_multipliers(const dg_sampled_strata *strata, dg_philox_key key, uint64_t first, size_t n,
                                   double *multipliers, const dg_stop *stop);

#endif
