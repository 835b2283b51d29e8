#include "kernels/inference/strata.h"

bool
dg_some_stratum_has_both_groups(const dg_strata *strata)
{
    for (size_t i = 0; i < strata->n_strata; i++) {
        const dg_two_samples stratum = dg_stratum(strata, i);
        if (dg_has_both_groups(&stratum)) {
            return true;
        }
    }
    return false;
}

/* What one stratum adds above and below the line. */
static dg_quotient
terms(const dg_two_samples *s, dg_measure measure)
{
    const double n = s->n1 + s->n2;
    switch (measure) {
    case DG_DIFFERENCE:
        return (dg_quotient){(s->x1 * s->n2 - s->x2 * s->n1) / n, s->n1 * s->n2 / n};
    case DG_RATIO:
        return (dg_quotient){s->x1 * s->n2 / n, s->x2 * s->n1 / n};
    default:
        return (dg_quotient){s->x1 * (s->n2 - s->x2) / n, s->x2 * (s->n1 - s->x1) / n};
    }
}

dg_quotient
dg_common_quotient(const dg_strata *strata, dg_measure measure)
{
    dg_quotient sums = {0.0, 0.0};
    for (size_t i = 0; i < strata->n_strata; i++) {
        const dg_two_samples stratum = dg_stratum(strata, i);
        if (dg_has_both_groups(&stratum)) {
            const dg_quotient added = terms(&stratum, measure);
            sums.above += added.above;
            sums.below += added.below;
        }
    }
    return sums;
}

double
dg_common_estimate(const dg_strata *strata, dg_measure measure)
{
    const dg_quotient sums = dg_common_quotient(strata, measure);
    return sums.above / sums.below;
}
