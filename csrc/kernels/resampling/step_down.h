/* How often the largest of several differences, drawn as if there were none, is at least as large as the one seen. */
#ifndef DG_STEP_DOWN_H
#define DG_STEP_DOWN_H

#include "kernels/resampling/normal_draws.h"
#include "kernels/resampling/table_draws.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#include <stdint.h>

/* Hypotheses that `upper` is not above `lower`, in families; within one, by the statistic seen, the smallest first. */
typedef struct {
    const int32_t *upper, *lower; /* units */
    const double *weight;         /* what the difference is multiplied by: 1 over its standard error; below 0 if the
                                   * hypothesis stands for both directions, neither of which is counted */
    const double *seen;           /* the statistic in the data */
    const int64_t *starts;        /* n_families + 1: where each family begins, and the end of the last */
    size_t n_families;
} dg_differences;

/* exceeded[h] grows by the replicates in which the largest statistic of the hypotheses of its family up to h is at least
 * seen[h]: those seen to be larger have been settled before, and are no longer among them (Romano, J. P. and Wolf, M. (2005),
 * Exact and approximate stepdown methods for multiple hypothesis testing, JASA 100: 94-108). Statistics seen to be 0 or less
 * are not counted, nor are pairs of both directions. As if there were no differences: `units` with the value 0. */
dg_status dg_count_exceeded(const dg_uncertain_values *units, const dg_differences *differences,
                            const dg_replicates *replicates, int64_t *exceeded, const dg_stop *stop);

#endif
