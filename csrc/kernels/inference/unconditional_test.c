#include "kernels/inference/unconditional_test.h"

#include <math.h>

/* The supremum of P(statistic >= the table's). The search ends at `enough`. */
static dg_status
upper_pvalue(const dg_unconditional_side *side, double null, double enough, double *pvalue)
{
    dg_fill_upper(side, null, dg_side_statistic(side, null));
    const dg_region_tail tail = dg_upper_tail(side, null);
    return dg_side_maximum(side, &tail, enough, pvalue);
}

static dg_status
twice_the_smaller(const dg_unconditional_side *side, double null, double *pvalue)
{
    const dg_unconditional_side far = dg_far_side(side);
    const bool high = dg_side_statistic(side, null) >=
                      0.0; /* the smaller of the two is likely to be the one on this side */
    double smaller, larger;
    dg_status status = high ? upper_pvalue(side, null, INFINITY, &smaller)
                            : upper_pvalue(&far, -null, INFINITY, &smaller);
    if (status == DG_OK) {
        status = high ? upper_pvalue(&far, -null, smaller, &larger)
                      : upper_pvalue(side, null, smaller, &larger);
        *pvalue = fmin(2.0 * fmin(smaller, larger), 1.0);
    }
    return status;
}

static dg_status
both_at_once(const dg_unconditional_side *side, double null, double *pvalue)
{
    const double distance = fabs(dg_side_statistic(side, null));
    if (dg_below_ties(distance) <= 0.0) {
        *pvalue = 1.0; /* every table is as far */
        return DG_OK;
    }
    dg_fill_upper(side, null, distance);
    dg_fill_lower(side, null, distance);
    const dg_region_tail tail = dg_both_tails(side, null, null);
    const dg_status status = dg_side_maximum(side, &tail, INFINITY, pvalue);
    *pvalue = fmin(*pvalue, 1.0);
    return status;
}

dg_status
dg_unconditional_pvalue(const dg_unconditional_side *side, double null,
                        dg_unconditional_method method, dg_alternative alternative, double *pvalue)
{
    if (alternative == DG_GREATER) {
        return upper_pvalue(side, null, INFINITY, pvalue);
    }
    if (alternative == DG_LESS) {
        const dg_unconditional_side far = dg_far_side(side);
        return upper_pvalue(&far, -null, INFINITY, pvalue);
    }
    return method == DG_CHAN_ZHANG ? twice_the_smaller(side, null, pvalue)
                                   : both_at_once(side, null, pvalue);
}
