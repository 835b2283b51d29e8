#include "harness.h"
#include "kernels/inference/paired_interval.h"

#include <math.h>

static void
at_no_difference_the_statistic_is_mcnemars(void)
{
    const dg_paired_table table = {794, 150, 86, 570};
    dg_question asked = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    asked.null = 0.0;
    CHECK(fabs(dg_score_paired_difference(&table, &asked).statistic - 64.0 / sqrt(236.0)) < 1e-13);
}

static void
substituting_a_limit_back_gives_z(void)
{
    const dg_paired_table tables[] = {{1, 1, 7, 12}, {0, 0, 0, 5}, {0, 5, 0, 0}, {4e15, 1e15, 9e14, 2e15}};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        const dg_question asked = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
        dg_question back = asked;
        const dg_comparison found = dg_score_paired_difference(&tables[i], &asked);
        back.null = found.low;
        CHECK(fabs(dg_score_paired_difference(&tables[i], &back).statistic - asked.z) < 1e-7);
        back.null = found.high;
        CHECK(found.high == 1.0 || fabs(dg_score_paired_difference(&tables[i], &back).statistic + asked.z) < 1e-7);
    }
}

static void
nobody_and_nobody_who_changed(void)
{
    const dg_paired_table nobody = {0, 0, 0, 0}, same = {3, 0, 0, 2};
    dg_question asked = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    asked.null = 0.0;
    CHECK(isnan(dg_score_paired_difference(&nobody, &asked).low));
    const dg_comparison found = dg_score_paired_difference(&same, &asked);
    CHECK(found.estimate == 0.0 && found.low == -found.high && found.high < 1.0 && found.pvalue == 1.0);
    asked = dg_ask(DG_ODDS_RATIO, DG_TWO_SIDED, 0.95);
    asked.null = 1.0;
    CHECK(isnan(dg_exact_paired_odds_ratio(&nobody, &asked).low));
    CHECK(dg_mid_p_paired_odds_ratio(&same, &asked).high == INFINITY);
}

static void
odds_of_few_changes_by_hand(void)
{
    const dg_paired_table table = {1, 1, 7, 12};
    dg_question asked = dg_ask(DG_ODDS_RATIO, DG_TWO_SIDED, 0.95);
    asked.null = 1.0;
    CHECK(fabs(dg_exact_paired_odds_ratio(&table, &asked).pvalue - 0.0703125) < 1e-15);
    CHECK(fabs(dg_mid_p_paired_odds_ratio(&table, &asked).pvalue - 0.0390625) < 1e-15);
    CHECK(fabs(dg_mid_p_paired_odds_ratio(&table, &asked).estimate - 1.0 / 7.0) < 1e-15);
}

void test_paired_interval(void);
void
test_paired_interval(void)
{
    RUN(at_no_difference_the_statistic_is_mcnemars);
    RUN(substituting_a_limit_back_gives_z);
    RUN(nobody_and_nobody_who_changed);
    RUN(odds_of_few_changes_by_hand);
}
