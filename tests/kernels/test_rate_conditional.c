#include "harness.h"
#include "kernels/inference/rate_conditional.h"

#include <math.h>

/* Values of R's poisson.test. */
static void
limits_are_those_of_r(void)
{
    const dg_two_samples tables[] = {{10, 1000, 5, 1000}, {0, 500, 4, 600}, {3, 200, 0, 250}, {120, 10000, 400, 90000}};
    const double low[] = {0.622859554349357, 0.0, 0.516539193788617, 2.1830705602471};
    const double high[] = {7.4572959108575, 1.81784023123904, INFINITY, 3.3189584783838};
    for (size_t i = 0; i < 4; i++) {
        dg_question asked = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
        asked.null = 1.0;
        const dg_comparison found = dg_exact_rate_ratio(&tables[i], &asked), mid = dg_mid_p_rate_ratio(&tables[i], &asked);
        CHECK(fabs(found.low - low[i]) < 1e-12);
        CHECK(found.high == high[i] || fabs(found.high - high[i]) < 1e-12);
        CHECK(isnan(found.statistic));
        CHECK(mid.low >= found.low && mid.high <= found.high && mid.pvalue < found.pvalue);
    }
}

static void
without_events_everything_is_possible(void)
{
    dg_question asked = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
    asked.null = 3.0;
    const dg_comparison found = dg_exact_rate_ratio(&(dg_two_samples){0, 10, 0, 20}, &asked);
    CHECK(isnan(found.estimate) && found.low == 0.0 && found.high == INFINITY && found.pvalue == 1.0);
    CHECK(isnan(dg_mid_p_rate_ratio(&(dg_two_samples){3, 10, 0, 0}, &asked).low));
}

void test_rate_conditional(void);
void
test_rate_conditional(void)
{
    RUN(limits_are_those_of_r);
    RUN(without_events_everything_is_possible);
}
