#include "harness.h"
#include "kernels/inference/score_statistic.h"

#include <math.h>

static const dg_two_samples NEWCOMBE = {56, 70, 48, 80};

static void
at_equality_it_is_the_pooled_z(void)
{
    const double p = 104.0 / 150.0, pooled = (0.8 - 0.6) / sqrt(p * (1.0 - p) * (1.0 / 70.0 + 1.0 / 80.0));
    for (int measure = DG_DIFFERENCE; measure <= DG_ODDS_RATIO; measure++) {
        const double null = measure == DG_DIFFERENCE ? 0.0 : 1.0;
        const double plain = dg_score_statistic(&NEWCOMBE, (dg_measure)measure, DG_SCORE_UNCORRECTED, null);
        const double wider = dg_score_statistic(&NEWCOMBE, (dg_measure)measure, DG_SCORE, null);
        CHECK(fabs(plain - pooled) < 1e-13 && fabs(wider - pooled * sqrt(149.0 / 150.0)) < 1e-13);
    }
}

static void
the_correction_solves_its_equation(void)
{
    const dg_restricted r = dg_restrict(&NEWCOMBE, DG_DIFFERENCE, 0.1);
    const double v1 = r.p1 * r.q1 / 70.0, v2 = r.p2 * r.q2 / 80.0, variance = (v1 + v2) * 150.0 / 149.0;
    const double third = v1 * (r.q1 - r.p1) / 70.0 - v2 * (r.q2 - r.p2) / 80.0,
                 skewness = third / (6.0 * pow(variance, 1.5));
    const double plain = dg_score_statistic(&NEWCOMBE, DG_DIFFERENCE, DG_SCORE, 0.1);
    const double z = dg_score_statistic(&NEWCOMBE, DG_DIFFERENCE, DG_SKEWNESS_CORRECTED, 0.1);
    CHECK(fabs(plain - 0.1 / sqrt(variance)) < 1e-13 && z != plain);
    CHECK(fabs(z + skewness * (z * z - 1.0) - plain) < 1e-13);
}

static void
nothing_against_something_impossible(void)
{
    const dg_two_samples none = {0, 10, 0, 20}, all = {10, 10, 0, 20};
    CHECK(dg_score_statistic(&none, DG_DIFFERENCE, DG_SCORE, 0.0) == 0.0);
    CHECK(dg_score_statistic(&none, DG_RATIO, DG_SKEWNESS_CORRECTED, 2.0) == 0.0);
    CHECK(dg_score_statistic(&none, DG_ODDS_RATIO, DG_SCORE_UNCORRECTED, 0.5) == 0.0);
    CHECK(dg_score_statistic(&all, DG_DIFFERENCE, DG_SCORE, 1.0) == 0.0);
    CHECK(dg_score_statistic(&all, DG_DIFFERENCE, DG_SCORE, -1.0) == INFINITY);
    CHECK(dg_score_statistic(&NEWCOMBE, DG_RATIO, DG_SCORE, 0.0) == INFINITY);
    CHECK(dg_score_statistic(&NEWCOMBE, DG_ODDS_RATIO, DG_SCORE, INFINITY) == -INFINITY);
    CHECK(isnan(dg_score_statistic(&NEWCOMBE, DG_DIFFERENCE, DG_SCORE, NAN)));
}

static void
fractions_of_one_observation_say_nothing(void)
{
    const dg_two_samples parts = {0.2, 0.4, 0.5, 0.6};
    CHECK(isinf(dg_variance_factor(&parts, DG_SCORE)) && dg_variance_factor(&parts, DG_SCORE_UNCORRECTED) == 1.0);
    CHECK(dg_score_statistic(&parts, DG_DIFFERENCE, DG_SCORE, 0.5) == 0.0);
    CHECK(dg_score_statistic(&parts, DG_DIFFERENCE, DG_SKEWNESS_CORRECTED, 0.5) == 0.0);
}

void test_score_statistic(void);
void
test_score_statistic(void)
{
    RUN(at_equality_it_is_the_pooled_z);
    RUN(the_correction_solves_its_equation);
    RUN(nothing_against_something_impossible);
    RUN(fractions_of_one_observation_say_nothing);
}
