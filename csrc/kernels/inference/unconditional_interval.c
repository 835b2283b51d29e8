#include "kernels/inference/unconditional_interval.h"

#include "kernels/inference/null_range.h"

#include <math.h>

static const double RESOLUTION = 1e-12, NARROWEST_GAP = 1e-7;

/* The least null from `low` to `high` that is not known to be rejected; NaN if there is none. */
static dg_status
least_kept(const dg_null_test *test, double low, double high, double *least)
{
    bool rejects;
    dg_status status = dg_rejects_range(test, low, high, &rejects);
    *least = rejects ? NAN : low;
    if (status != DG_OK || rejects || high - low <= RESOLUTION) {
        return status;
    }
    const double middle = 0.5 * (low + high);
    status = least_kept(test, low, middle, least);
    return status != DG_OK || !isnan(*least) ? status : least_kept(test, middle, high, least);
}

static dg_status
lower_limit(const dg_null_test *test, double high, double *limit)
{
    bool rejects;
    const dg_status status = dg_rejects_range(test, -1.0, -1.0, &rejects);
    *limit = -1.0;
    return status != DG_OK || !rejects ? status : least_kept(test, -1.0, high, limit);
}

/* Whether some null between is rejected. */
static dg_status
find_rejected(const dg_null_test *test, double low, double high, bool *found)
{
    bool keeps;
    *found = false;
    dg_status status = high > low ? dg_keeps_range(test, low, high, &keeps) : DG_OK;
    if (status != DG_OK || high - low <= NARROWEST_GAP || keeps) {
        return status;
    }
    const double middle = 0.5 * (low + high);
    status = dg_rejects_range(test, middle, middle, found);
    if (status == DG_OK && !*found) {
        status = find_rejected(test, low, middle, found);
    }
    return status != DG_OK || *found ? status : find_rejected(test, middle, high, found);
}

/* One side's part of the work: its lower limit, then what is rejected above it. */
static dg_status
find_limit(const dg_null_test *test, double *limit)
{
    const dg_two_samples *s = &test->side->samples;
    return lower_limit(test, test->both ? s->x1 / s->n1 - s->x2 / s->n2 : 1.0, limit);
}

static dg_status
look_inside(const dg_null_test *test, double low, double high, bool *rejected_inside)
{
    const dg_two_samples *s = &test->side->samples;
    const double to = test->both ? fmin(high, s->x1 / s->n1 - s->x2 / s->n2) : high;
    return *rejected_inside ? DG_OK
                            : find_rejected(test, low + 2.0 * RESOLUTION, to - 2.0 * RESOLUTION,
                                            rejected_inside);
}

dg_status
dg_unconditional_hull(const dg_unconditional_side *side, const dg_question *question,
                      dg_unconditional_method method, dg_hull *hull)
{
    const bool both = method == DG_AGRESTI_MIN && question->alternative == DG_TWO_SIDED;
    const double level = both ? 2.0 * question->tail : question->tail;
    const dg_unconditional_side far_side = dg_far_side(side);
    const dg_null_test near = {side, both, level}, far = {&far_side, both, level};
    const bool has_low = question->alternative != DG_LESS,
               has_high = question->alternative != DG_GREATER;
    double low = -1.0, minus_high = -1.0;
    hull->rejected_inside = false;
    dg_status status = has_low ? find_limit(&near, &low) : DG_OK;
    if (status == DG_OK && has_high) {
        status = find_limit(&far, &minus_high);
    }
    if (status == DG_OK && has_low) {
        status = look_inside(&near, low, -minus_high, &hull->rejected_inside);
    }
    if (status == DG_OK && has_high) {
        status = look_inside(&far, minus_high, -low, &hull->rejected_inside);
    }
    hull->low = low;
    hull->high = -minus_high;
    return status;
}
