#include "harness.h"
#include "kernels/inference/rate_skewness.h"

#include <math.h>

/* Values of the R package ratesci 1.0.0. */
static void
limits_are_those_of_ratesci(void)
{
    const dg_two_samples tables[] = {{9, 10, 3, 10}, {1, 1, 0, 1}, {0, 10, 0, 20}};
    const double difference[][2] = {{-0.0893746767933143, 1.39857351320071}, {-2.16080152732393, 4.83701397804885},
                                    {-0.140731197443243, 0.281462394885976}};
    const double ratio[][2] = {{0.869286107349691, 13.1026381929218}, {0.0833659843572613, INFINITY}, {0.0, INFINITY}};
    for (size_t i = 0; i < 3; i++) {
        dg_question asked = dg_ask(DG_RATE_DIFFERENCE, DG_TWO_SIDED, 0.95);
        asked.null = 0.0;
        dg_comparison found = dg_skewness_rate_difference(&tables[i], &asked);
        CHECK(fabs(found.low - difference[i][0]) < 1e-10 && fabs(found.high - difference[i][1]) < 1e-10);
        asked = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
        asked.null = 1.0;
        found = dg_skewness_rate_ratio(&tables[i], &asked);
        CHECK(fabs(found.low - ratio[i][0]) < 1e-10);
        CHECK(found.high == ratio[i][1] || fabs(found.high - ratio[i][1]) < 1e-10);
    }
}

static void
one_event_cannot_reach_three_standard_errors(void)
{
    const dg_two_samples one_each = {1, 10, 1, 10};
    dg_question asked = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.998);
    asked.null = 1e-12;
    const dg_comparison found = dg_skewness_rate_ratio(&one_each, &asked);
    CHECK(found.low == 0.0 && found.high == INFINITY);
    CHECK(fabs(found.statistic - sqrt(7.0)) < 1e-3);
}

static void
odds_of_the_median_lie_between_the_counts(void)
{
    CHECK(fabs(dg_skewness_corrected_odds(1, 0, 0.0) - 7.0) < 1e-13);
    CHECK(fabs(dg_skewness_corrected_odds(6, 6, 1.5) * dg_skewness_corrected_odds(6, 6, -1.5) - 1.0) < 1e-14);
}

void test_rate_skewness(void);
void
test_rate_skewness(void)
{
    RUN(limits_are_those_of_ratesci);
    RUN(odds_of_the_median_lie_between_the_counts);
    RUN(one_event_cannot_reach_three_standard_errors);
}
