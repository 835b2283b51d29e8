/* Whether a whole range of null differences is rejected, or none of it, without looking at each. */
#ifndef DG_NULL_RANGE_H
#define DG_NULL_RANGE_H

#include "kernels/inference/unconditional_side.h"

/* Which test: of high differences alone, or of differences as far from the null in either
 * direction; and the p-value below which it rejects. */
typedef struct {
    const dg_unconditional_side *side;
    bool both;
    double level;
} dg_null_test;

/* Why one look suffices: the statistic of every table falls as the null grows. So each region of
 * the nulls from `low` to `high` lies inside the region of tables whose statistic at `low` is at
 * least the given table's at `high`; and that a region of high differences is likely is at its
 * greatest under the largest null. With `high` for `low` and `low` for `high` both become lower
 * bounds. For a test in both directions the table's difference must not be below `high`. */

/* True only if every null from `low` to `high` is rejected. */
dg_status
dg_rejects_range(const dg_null_test *test, double low, double high, bool *rejects);

/* True only if no null from `low` to `high` is rejected. */
dg_status
dg_keeps_range(const dg_null_test *test, double low, double high, bool *keeps);

#endif
