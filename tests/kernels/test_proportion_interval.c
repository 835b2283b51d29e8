#include "harness.h"
#include "kernels/distributions/binomial.h"
#include "kernels/inference/proportion_interval.h"

#include <math.h>

static bool
are(dg_limits found, double low, double high)
{
    return fabs(found.low - low) < 1e-11 && fabs(found.high - high) < 1e-11;
}

/* 95% limits by R 4.2.2. */
static void
limits_of_81_of_100(void)
{
    const dg_confidence c = dg_confidence_of(0.95);
    CHECK(are(dg_wilson_interval(81, 100, &c), 0.722211546209356, 0.874852484902313));
    CHECK(are(dg_agresti_coull_interval(81, 100, &c), 0.721386286439618, 0.875677744672051));
    CHECK(are(dg_jeffreys_interval(81, 100, &c), 0.724902683358592, 0.877460372876901));
    CHECK(are(dg_clopper_pearson_interval(81, 100, &c), 0.719302042026387, 0.881556803867456));
    CHECK(are(dg_wald_interval(81, 100, &c), 0.733110435525695, 0.886889564474305));
    const dg_limits mid = dg_mid_p_interval(81, 100, &c);
    CHECK(fabs(dg_binomial_upper_mid_tail(81, 100, mid.low) / 0.025 - 1.0) < 1e-12);
    CHECK(fabs(dg_binomial_lower_mid_tail(81, 100, mid.high) / 0.025 - 1.0) < 1e-12);
}

static void
no_cases_and_only_cases(void)
{
    const dg_confidence c = dg_confidence_of(0.95);
    CHECK(are(dg_wilson_interval(0, 10, &c), 0.0, 0.277532799862889));
    CHECK(are(dg_wilson_interval(10, 10, &c), 0.722467200137111, 1.0));
    CHECK(are(dg_clopper_pearson_interval(0, 10, &c), 0.0, 1.0 - pow(0.025, 0.1)));
    CHECK(are(dg_mid_p_interval(10, 10, &c), pow(0.05, 0.1), 1.0));
    CHECK(dg_jeffreys_interval(0, 10, &c).low == 0.0 && dg_jeffreys_interval(10, 10, &c).high == 1.0);
    CHECK(are(dg_wald_interval(0, 10, &c), 0.0, 0.0) && are(dg_wald_interval(10, 10, &c), 1.0, 1.0));
    CHECK(are(dg_agresti_coull_interval(0, 10, &c), 0.0, 0.320887305750546));
}

static void
what_is_no_sample_is_nan(void)
{
    const dg_confidence c = dg_confidence_of(0.95);
    CHECK(isnan(dg_wilson_interval(0, 0, &c).low) && isnan(dg_mid_p_interval(0, 0, &c).high));
    CHECK(isnan(dg_jeffreys_interval(3, 2, &c).low) && isnan(dg_clopper_pearson_interval(-1, 2, &c).high));
    CHECK(isnan(dg_wald_interval(NAN, 2, &c).low) && isnan(dg_agresti_coull_interval(1, NAN, &c).low));
}

/* Levels so high that a limit is within rounding of the end keep its distance from it. */
static void
extreme_levels(void)
{
    const dg_confidence c = {1e-30, 11.464025};
    const dg_limits one = dg_clopper_pearson_interval(1, 1, &c), few = dg_clopper_pearson_interval(1, 3, &c);
    CHECK(fabs(one.low / 1e-30 - 1.0) < 1e-12 && one.high == 1.0);
    CHECK(fabs(few.low / (1e-30 / 3.0) - 1.0) < 1e-12 && few.high <= 1.0);
    CHECK(fabs(dg_clopper_pearson_interval(2, 3, &c).low / sqrt(1e-30 / 3.0) - 1.0) < 1e-12);
}

static void
methods_have_names(void)
{
    CHECK(dg_find_proportion_interval("wilson") == dg_wilson_interval);
    CHECK(dg_find_proportion_interval("agresti-coull") == dg_agresti_coull_interval);
    CHECK(dg_find_proportion_interval("jeffreys") == dg_jeffreys_interval);
    CHECK(dg_find_proportion_interval("clopper-pearson") == dg_clopper_pearson_interval);
    CHECK(dg_find_proportion_interval("mid-p") == dg_mid_p_interval);
    CHECK(dg_find_proportion_interval("wald") == dg_wald_interval);
    CHECK(dg_find_proportion_interval("exact") == NULL);
}

void test_proportion_interval(void);
void
test_proportion_interval(void)
{
    RUN(limits_of_81_of_100);
    RUN(no_cases_and_only_cases);
    RUN(what_is_no_sample_is_nan);
    RUN(extreme_levels);
    RUN(methods_have_names);
}
