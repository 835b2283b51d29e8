#include "harness.h"
#include "kernels/inference/rate_ratio.h"

#include <math.h>

static double
estimate_times_target(const dg_two_samples *samples, double target)
{
    return samples->x1 / samples->x2 * target;
}

static double
given_odds(const dg_two_samples *samples, double odds)
{
    (void)samples;
    return odds;
}

static void
exposures_turn_odds_into_ratios(void)
{
    const dg_two_samples some = {6, 10, 3, 40};
    dg_question asked = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
    asked.null = 2.0;
    const dg_comparison found = dg_compare_rate_ratio(&some, &asked, estimate_times_target, given_odds);
    CHECK(fabs(found.estimate - 8.0) < 1e-14 && fabs(found.statistic - 0.5) < 1e-15);
    CHECK(fabs(found.low - 8.0 * asked.z) < 1e-13 && fabs(found.high + 8.0 * asked.z) < 1e-13);
}

static void
what_the_counts_settle(void)
{
    dg_comparison answer;
    CHECK(dg_settle_rate_ratio(&(dg_two_samples){0, 0, 1, 2}, &answer) && isnan(answer.low) && isnan(answer.pvalue));
    CHECK(dg_settle_rate_ratio(&(dg_two_samples){0, 3, 0, 2}, &answer) && isnan(answer.estimate));
    CHECK(answer.low == 0.0 && answer.high == INFINITY && answer.pvalue == 1.0);
    CHECK(!dg_settle_rate_ratio(&(dg_two_samples){0, 3, 1, 2}, &answer));
}

void test_rate_ratio(void);
void
test_rate_ratio(void)
{
    RUN(exposures_turn_odds_into_ratios);
    RUN(what_the_counts_settle);
}
