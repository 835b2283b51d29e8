#include "harness.h"
#include "kernels/inference/stratum_score.h"

#include <math.h>

static const dg_two_samples STRATUM = {3, 10, 1, 5};

static void
without_a_difference_all_have_the_pooled_variance(void)
{
    const double pq = 4.0 / 15.0 * (11.0 / 15.0), variance = pq * (1.0 / 10.0 + 1.0 / 5.0);
    const dg_stratum_score difference = dg_score_stratum(&STRATUM, DG_DIFFERENCE, 0.0);
    CHECK(fabs(difference.residual - 0.1) < 1e-15 && fabs(difference.variance - variance) < 1e-15);
    const dg_stratum_score ratio = dg_score_stratum(&STRATUM, DG_RATIO, 1.0);
    CHECK(fabs(ratio.residual - 0.1) < 1e-15 && fabs(ratio.variance - variance) < 1e-15);
    CHECK(fabs(ratio.gradient - 4.0 / 15.0) < 1e-15);
    const dg_stratum_score odds = dg_score_stratum(&STRATUM, DG_ODDS_RATIO, 1.0);
    CHECK(fabs(odds.residual - (3.0 - 10.0 * 4.0 / 15.0)) < 1e-14);
    CHECK(fabs(odds.variance - pq * 50.0 / 15.0) < 1e-14 && odds.gradient == odds.variance);
}

static void
nobody_tells_nothing_of_ratios(void)
{
    const dg_two_samples nobody = {0, 10, 0, 5}, everybody = {10, 10, 5, 5};
    for (double null = 0.25; null < 5.0; null *= 2.0) {
        const dg_stratum_score ratio = dg_score_stratum(&nobody, DG_RATIO, null);
        CHECK(ratio.residual == 0.0 && ratio.variance == 0.0);
        const dg_stratum_score odds = dg_score_stratum(&nobody, DG_ODDS_RATIO, null);
        CHECK(odds.residual == 0.0 && odds.variance == 0.0);
        const dg_stratum_score full = dg_score_stratum(&everybody, DG_ODDS_RATIO, null);
        CHECK(full.residual == 0.0 && full.variance == 0.0);
    }
    CHECK(dg_score_stratum(&everybody, DG_RATIO, 0.5).variance > 0.0);
    CHECK(dg_score_stratum(&nobody, DG_DIFFERENCE, 0.1).variance > 0.0);
}

static void
the_factor_of_two_people_is_two(void)
{
    CHECK(dg_finite_factor(&(dg_two_samples){0, 1, 1, 1}) == 2.0);
}

void test_stratum_score(void);
void
test_stratum_score(void)
{
    RUN(without_a_difference_all_have_the_pooled_variance);
    RUN(nobody_tells_nothing_of_ratios);
    RUN(the_factor_of_two_people_is_two);
}
