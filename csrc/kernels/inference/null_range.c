#include "kernels/inference/null_range.h"

#include <math.h>

static const double CLOSE = 1e-12; /* how near a supremum is found that is to reach a level */

/* Fills the regions of tables that are at least as extreme at `null_upper` (high) and `null_lower`
 * (low) as `statistic`. */
static void
fill(const dg_null_test *test, double null_upper, double null_lower, double statistic)
{
    dg_fill_upper(test->side, null_upper, statistic);
    if (test->both) {
        dg_fill_lower(test->side, null_lower, statistic);
    }
}

static dg_region_tail
tail_of(const dg_null_test *test, double null_upper, double null_lower)
{
    return test->both ? dg_both_tails(test->side, null_upper, null_lower)
                      : dg_upper_tail(test->side, null_upper);
}

/* With two nulls the tail has no value where only one of them leaves both shares possible: boxes at
 * both ends. */
static bool
ends_stay_below(const dg_region_tail *tail, double low, double high, double level)
{
    const double start = fmax(0.0, -high), end = fmin(1.0, 1.0 - low);
    return dg_tail_bound(tail, start, dg_tail_start(tail)) < level &&
           dg_tail_bound(tail, dg_tail_end(tail), end) < level;
}

dg_status
dg_rejects_range(const dg_null_test *test, double low, double high, bool *rejects)
{
    const double statistic = dg_side_statistic(test->side, high);
    *rejects = false;
    if (test->both && dg_below_ties(statistic) <= 0.0) {
        return DG_OK; /* every table is as far from 0 */
    }
    fill(test, low, high, statistic);
    const dg_region_tail tail = tail_of(test, high, low);
    if (test->both && low < high && !ends_stay_below(&tail, low, high, test->level)) {
        return DG_OK;
    }
    return dg_tail_stays_below(&tail, test->side->grid, test->level, test->side->stop, rejects);
}

/* The table itself is as extreme as itself under every null, and so is its mirror image where the
 * samples are of one size. */
static void
add_own_table(const dg_unconditional_side *side)
{
    const dg_two_samples *s = &side->samples;
    dg_add_to_rejection_region(side->upper, (size_t)s->x1, (size_t)s->x2);
    if (s->n1 == s->n2) {
        dg_add_to_rejection_region(side->upper, (size_t)(s->n2 - s->x2), (size_t)(s->n1 - s->x1));
    }
}

dg_status
dg_keeps_range(const dg_null_test *test, double low, double high, bool *keeps)
{
    fill(test, high, low, dg_side_statistic(test->side, low));
    add_own_table(test->side);
    const dg_region_tail tail = tail_of(test, low, high);
    double found;
    const dg_status status =
            dg_tail_maximum(&tail, test->side->grid, CLOSE, test->level, test->side->stop, &found);
    *keeps = found >= test->level;
    return status;
}
