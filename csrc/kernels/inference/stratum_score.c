#include "kernels/inference/stratum_score.h"

#include "kernels/inference/restricted_proportions.h"

double
dg_finite_factor(const dg_two_samples *stratum)
{
    const double n = stratum->n1 + stratum->n2;
    return n / (n - 1.0);
}

dg_stratum_score
dg_score_stratum(const dg_two_samples *stratum, dg_measure measure, double null)
{
    const dg_two_samples *s = stratum;
    const dg_restricted r = dg_restrict(s, measure, null);
    const double v1 = r.p1 * r.q1, v2 = r.p2 * r.q2;
    if (measure == DG_ODDS_RATIO) {
        const double variance = 1.0 / (1.0 / (s->n1 * v1) + 1.0 / (s->n2 * v2)); /* 0 if either is */
        return (dg_stratum_score){r.score, variance, variance};
    }
    if (measure == DG_RATIO) {
        return (dg_stratum_score){s->x1 / s->n1 - null * (s->x2 / s->n2), v1 / s->n1 + null * null * v2 / s->n2, r.p2};
    }
    return (dg_stratum_score){s->x1 / s->n1 - s->x2 / s->n2 - null, v1 / s->n1 + v2 / s->n2, 1.0};
}
