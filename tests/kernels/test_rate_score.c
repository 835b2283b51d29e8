#include "harness.h"
#include "kernels/inference/rate_score.h"
#include "kernels/inference/restricted_rates.h"

#include <math.h>

static void
substituting_a_limit_back_gives_z(void)
{
    const dg_two_samples tables[] = {{9, 10, 3, 10}, {0, 10, 0, 20}, {1, 1, 0, 1}, {5, 56, 0, 29}, {4e15, 9e15, 3e15, 1e16}};
    const dg_question asked = dg_ask(DG_RATE_DIFFERENCE, DG_TWO_SIDED, 0.95);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        dg_question back = asked;
        const dg_comparison found = dg_score_rate_difference(&tables[i], &asked);
        back.null = found.low;
        CHECK(fabs(dg_score_rate_difference(&tables[i], &back).statistic - asked.z) < 1e-7);
        back.null = found.high;
        CHECK(fabs(dg_score_rate_difference(&tables[i], &back).statistic + asked.z) < 1e-7);
    }
}

static void
limits_of_a_ratio_are_reciprocal_when_groups_swap(void)
{
    const dg_two_samples one = {9, 10, 3, 17}, other = {3, 17, 9, 10};
    dg_question asked = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
    asked.null = 1.0;
    const dg_comparison found = dg_score_rate_ratio(&one, &asked), turned = dg_score_rate_ratio(&other, &asked);
    CHECK(fabs(found.low * turned.high - 1.0) < 1e-14 && fabs(found.high * turned.low - 1.0) < 1e-14);
    CHECK(fabs(found.statistic + turned.statistic) < 1e-14 && fabs(found.pvalue - turned.pvalue) < 1e-15);
}

static void
zero_events_and_zero_exposure(void)
{
    const dg_two_samples none = {0, 10, 0, 20}, second = {3, 10, 0, 20}, empty = {0, 0, 3, 20};
    dg_question asked = dg_ask(DG_RATE_DIFFERENCE, DG_TWO_SIDED, 0.95);
    asked.null = 0.0;
    const dg_comparison found = dg_score_rate_difference(&none, &asked);
    CHECK(found.estimate == 0.0 && found.statistic == 0.0 && found.pvalue == 1.0);
    CHECK(fabs(found.low + asked.z * asked.z / 20.0) < 1e-15 && fabs(found.high - asked.z * asked.z / 10.0) < 1e-15);
    CHECK(isnan(dg_score_rate_difference(&empty, &asked).low));
    asked = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
    asked.null = 1.0;
    CHECK(isinf(dg_score_rate_ratio(&second, &asked).high));
    CHECK(fabs(dg_score_rate_ratio(&second, &asked).low - 20.0 / 10.0 * 3.0 / (asked.z * asked.z)) < 1e-14);
}

static void
a_one_sided_difference_of_rates_has_no_other_end(void)
{
    const dg_two_samples some = {9, 10, 3, 10};
    dg_question asked = dg_ask(DG_RATE_DIFFERENCE, DG_GREATER, 0.95);
    asked.null = 0.0;
    CHECK(dg_score_rate_difference(&some, &asked).high == INFINITY);
    asked.alternative = DG_LESS;
    CHECK(dg_score_rate_difference(&some, &asked).low == -INFINITY);
}

void test_rate_score(void);
void
test_rate_score(void)
{
    RUN(substituting_a_limit_back_gives_z);
    RUN(limits_of_a_ratio_are_reciprocal_when_groups_swap);
    RUN(zero_events_and_zero_exposure);
    RUN(a_one_sided_difference_of_rates_has_no_other_end);
}
