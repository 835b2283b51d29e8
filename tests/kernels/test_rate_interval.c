#include "harness.h"
#include "kernels/distributions/poisson.h"
#include "kernels/inference/rate_interval.h"

#include <math.h>

static bool
are(dg_limits found, double low, double high)
{
    return fabs(found.low - low) < 1e-10 && fabs(found.high - high) < 1e-10;
}

/* 95% limits by R 4.2.2. */
static void
exact_limits(void)
{
    const dg_confidence c = dg_confidence_of(0.95);
    CHECK(are(dg_exact_rate(0, 100, &c), 0.0, 0.0368887945411394));
    CHECK(are(dg_exact_rate(5, 100, &c), 0.0162348639011842, 0.116683320793227));
    CHECK(are(dg_exact_rate(9856, 12345, &c), 0.782694918661986, 0.814300153273953));
}

static void
limits_meet_their_equations(void)
{
    const dg_confidence c = dg_confidence_of(0.95);
    const dg_limits mid = dg_mid_p_rate(7, 2, &c), score = dg_score_rate(7, 2, &c), jeffreys = dg_jeffreys_rate(7, 2, &c);
    CHECK(fabs(dg_poisson_upper_mid_tail(7, 2.0 * mid.low) / 0.025 - 1.0) < 1e-12);
    CHECK(fabs(dg_poisson_lower_mid_tail(7, 2.0 * mid.high) / 0.025 - 1.0) < 1e-12);
    CHECK(fabs((7.0 - 2.0 * score.low) / sqrt(2.0 * score.low) - c.z) < 1e-13);
    CHECK(fabs((7.0 - 2.0 * score.high) / sqrt(2.0 * score.high) + c.z) < 1e-13);
    CHECK(fabs(dg_poisson_upper_tail(7.5, 2.0 * jeffreys.low) / 0.025 - 1.0) < 1e-12);
    CHECK(are(dg_byar_rate(10, 1, &c), 10.0 * pow(1.0 - 1.0 / 90.0 - c.z / (3.0 * sqrt(10.0)), 3.0),
              11.0 * pow(1.0 - 1.0 / 99.0 + c.z / (3.0 * sqrt(11.0)), 3.0)));
}

static void
no_events(void)
{
    const dg_confidence c = dg_confidence_of(0.95);
    CHECK(are(dg_mid_p_rate(0, 10, &c), 0.0, -log(0.05) / 10.0) && are(dg_score_rate(0, 1, &c), 0.0, c.z * c.z));
    CHECK(dg_byar_rate(0, 1, &c).low == 0.0 && dg_jeffreys_rate(0, 1, &c).low == 0.0);
    CHECK(dg_byar_rate(1, 1, &(dg_confidence){1e-5, 4.2649}).low == 0.0);
}

static void
what_is_no_rate_is_nan(void)
{
    const dg_confidence c = dg_confidence_of(0.95);
    CHECK(isnan(dg_mid_p_rate(0, 0, &c).low) && isnan(dg_exact_rate(3, 0, &c).high));
    CHECK(isnan(dg_score_rate(-1, 2, &c).low) && isnan(dg_byar_rate(NAN, 2, &c).low));
    CHECK(isnan(dg_jeffreys_rate(1, INFINITY, &c).low) && isnan(dg_jeffreys_rate(INFINITY, 1, &c).low));
}

static void
methods_have_names(void)
{
    CHECK(dg_find_rate_interval("mid-p") == dg_mid_p_rate && dg_find_rate_interval("exact") == dg_exact_rate);
    CHECK(dg_find_rate_interval("byar") == dg_byar_rate && dg_find_rate_interval("score") == dg_score_rate);
    CHECK(dg_find_rate_interval("jeffreys") == dg_jeffreys_rate && dg_find_rate_interval("wilson") == NULL);
}

void test_rate_interval(void);
void
test_rate_interval(void)
{
    RUN(exact_limits);
    RUN(limits_meet_their_equations);
    RUN(no_events);
    RUN(what_is_no_rate_is_nan);
    RUN(methods_have_names);
}
