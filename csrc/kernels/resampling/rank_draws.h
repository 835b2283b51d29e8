/* How often each unit has each rank when estimates are drawn again within their errors. */
#ifndef DG_RANK_DRAWS_H
#define DG_RANK_DRAWS_H

#include "kernels/resampling/normal_draws.h"
#include "kernels/resampling/table_draws.h"
#include "kernels/status.h"
#include "kernels/stop.h"

#include <stdint.h>

/* counts[i x n_units + r] grows by the replicates in which exactly r units are above unit i, so that equal values share a
 * rank. Only sums of whole numbers: replicates may be counted in parts, and the counts added up. */
dg_status dg_count_ranks(const dg_uncertain_values *units, const dg_replicates *replicates, int64_t *counts,
                         const dg_stop *stop);

#endif
