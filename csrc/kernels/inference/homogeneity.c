#include "kernels/inference/homogeneity.h"

#include "kernels/inference/stratum_score.h"

#include <math.h>

/* A spread of proportions that is 0 but for rounding. */
static const double SMALLEST_SPREAD = 1e-12;

typedef struct {
    double squares, scores, information;
    double n_informative;
} sums;

static void
add(sums *sum, const dg_two_samples *stratum, dg_measure measure, double common)
{
    const dg_stratum_score s = dg_score_stratum(stratum, measure, common);
    const double weight = stratum->n1 * stratum->n2 / (stratum->n1 + stratum->n2);
    const double spread = measure == DG_ODDS_RATIO ? s.variance / weight : s.variance * weight; /* about p q */
    const double variance = measure == DG_ODDS_RATIO ? s.variance : s.variance * dg_finite_factor(stratum);
    if (spread > SMALLEST_SPREAD) {
        sum->squares += s.residual * s.residual / variance;
        sum->scores += s.residual * s.gradient / variance;
        sum->information += s.gradient * s.gradient / variance;
        sum->n_informative += 1.0;
    }
}

dg_homogeneity
dg_test_homogeneity(const dg_strata *strata, dg_measure measure)
{
    const double common = dg_common_estimate(strata, measure);
    sums sum = {0.0, 0.0, 0.0, 0.0};
    if (isfinite(common)) {
        for (size_t i = 0; i < strata->n_strata; i++) {
            const dg_two_samples stratum = dg_stratum(strata, i);
            if (dg_has_both_groups(&stratum)) {
                add(&sum, &stratum, measure, common);
            }
        }
    }
    if (sum.n_informative < 2.0) {
        return (dg_homogeneity){NAN, NAN};
    }
    const double statistic = sum.squares - sum.scores * sum.scores / sum.information;
    return (dg_homogeneity){fmax(statistic, 0.0), sum.n_informative - 1.0};
}
