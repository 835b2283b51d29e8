#include "harness.h"
#include "kernels/inference/rate_mover.h"

#include <math.h>

static void
the_test_ends_where_the_interval_does(void)
{
    const dg_two_samples tables[] = {{9, 10, 3, 10}, {5, 56, 0, 29}, {0, 56, 5, 29}, {4e15, 9e15, 3e15, 1e16}};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        dg_question asked = dg_ask(DG_RATE_DIFFERENCE, DG_TWO_SIDED, 0.95);
        asked.null = 0.0;
        dg_comparison found = dg_mover_rate_difference(&tables[i], &asked);
        asked.null = found.low;
        CHECK(fabs(dg_mover_rate_difference(&tables[i], &asked).statistic - asked.z) < 1e-7);
        asked.null = 1.0;
        found = dg_mover_rate_ratio(&tables[i], &asked);
        asked.null = found.high;
        CHECK(isinf(found.high) || fabs(dg_mover_rate_ratio(&tables[i], &asked).pvalue - 0.05) < 1e-7);
    }
}

static void
without_events_only_the_upper_reach_is_left(void)
{
    const dg_two_samples none = {0, 10, 0, 20};
    dg_question asked = dg_ask(DG_RATE_DIFFERENCE, DG_TWO_SIDED, 0.95);
    asked.null = 0.0;
    const dg_comparison found = dg_mover_rate_difference(&none, &asked);
    CHECK(fabs(found.low + asked.z * asked.z / 20.0) < 1e-15 && fabs(found.high - asked.z * asked.z / 10.0) < 1e-15);
    CHECK(found.pvalue == 1.0);
}

void test_rate_mover(void);
void
test_rate_mover(void)
{
    RUN(the_test_ends_where_the_interval_does);
    RUN(without_events_only_the_upper_reach_is_left);
}
