#include "harness.h"
#include "kernels/inference/stratified_score.h"

#include <math.h>

static const double X1[] = {19, 6, 5}, N1[] = {52, 15, 12}, X2[] = {4, 5, 20}, N2[] = {44, 16, 55};
static const dg_measure MEASURES[] = {DG_DIFFERENCE, DG_RATIO, DG_ODDS_RATIO};

static dg_question
question(dg_measure measure, double null)
{
    dg_question asked = dg_ask(measure, DG_TWO_SIDED, 0.95);
    asked.null = null;
    return asked;
}

static void
limits_are_where_the_statistic_is_z(void)
{
    const dg_strata strata = {X1, N1, X2, N2, 3};
    for (int i = 0; i < 3; i++) {
        dg_question asked = question(MEASURES[i], 0.5);
        const dg_comparison found = dg_stratified_score(&strata, &asked);
        asked.null = found.low;
        CHECK(fabs(dg_stratified_score(&strata, &asked).statistic - asked.z) < 1e-10);
        asked.null = found.high;
        CHECK(fabs(dg_stratified_score(&strata, &asked).statistic + asked.z) < 1e-10);
        asked.null = found.estimate;
        CHECK(fabs(dg_stratified_score(&strata, &asked).statistic) < 1e-10);
    }
}

static void
no_difference_is_one_question_whatever_the_measure(void)
{
    const dg_strata strata = {X1, N1, X2, N2, 3};
    double statistic[3];
    for (int i = 0; i < 3; i++) {
        const dg_question asked = question(MEASURES[i], MEASURES[i] == DG_DIFFERENCE ? 0.0 : 1.0);
        statistic[i] = dg_stratified_score(&strata, &asked).statistic;
    }
    CHECK(fabs(statistic[0] - statistic[1]) < 1e-13 && fabs(statistic[0] - statistic[2]) < 1e-13);
}

static void
strata_that_say_nothing(void)
{
    const double none[] = {0, 0}, n[] = {4, 9};
    const dg_question asked = question(DG_RATIO, 2.0);
    const dg_comparison found = dg_stratified_score(&(dg_strata){none, n, none, n, 2}, &asked);
    CHECK(isnan(found.estimate) && found.low == 0.0 && found.high == INFINITY && found.statistic == 0.0 && found.pvalue == 1.0);
    const dg_comparison empty = dg_stratified_score(&(dg_strata){none, none, none, n, 2}, &asked);
    CHECK(isnan(empty.low) && isnan(empty.high) && isnan(empty.pvalue));
}

static void
a_level_below_a_half_on_one_side(void)
{
    const dg_strata strata = {X1, N1, X2, N2, 3};
    for (int i = 0; i < 3; i++) {
        dg_question asked = dg_ask(MEASURES[i], DG_GREATER, 0.3);
        asked.null = 0.5;
        const dg_comparison found = dg_stratified_score(&strata, &asked);
        CHECK(asked.z < 0.0 && found.low > found.estimate && found.high == dg_highest(MEASURES[i]));
    }
}

void test_stratified_score(void);
void
test_stratified_score(void)
{
    RUN(limits_are_where_the_statistic_is_z);
    RUN(no_difference_is_one_question_whatever_the_measure);
    RUN(strata_that_say_nothing);
    RUN(a_level_below_a_half_on_one_side);
}
