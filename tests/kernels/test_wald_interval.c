#include "harness.h"
#include "kernels/inference/wald_interval.h"

#include <math.h>

static void
newcombes_first_table(void)
{
    const dg_question question = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    const dg_comparison found = dg_wald_difference(&(dg_two_samples){56, 70, 48, 80}, &(dg_question){
            DG_DIFFERENCE, DG_TWO_SIDED, 0.0, question.tail, question.z});
    CHECK(fabs(found.estimate - 0.2) < 1e-15);
    CHECK(fabs(found.low - 0.0575048991490372) < 1e-12 && fabs(found.high - 0.342495100850963) < 1e-12);
}

static void
zero_cells(void)
{
    dg_question question = dg_ask(DG_RATIO, DG_TWO_SIDED, 0.95);
    question.null = 1.0;
    const dg_comparison ratio = dg_katz_ratio(&(dg_two_samples){5, 56, 0, 29}, &question);
    CHECK(isinf(ratio.estimate) && ratio.low == 0.0 && isinf(ratio.high) && ratio.pvalue == 1.0);
    question.measure = DG_ODDS_RATIO;
    const dg_comparison odds = dg_woolf_odds_ratio(&(dg_two_samples){0, 56, 3, 29}, &question);
    CHECK(odds.estimate == 0.0 && odds.low == 0.0 && isinf(odds.high) && odds.pvalue == 1.0);
    CHECK(isnan(dg_katz_ratio(&(dg_two_samples){0, 0, 3, 29}, &question).high));
}

static void
agresti_and_caffo_never_have_a_standard_error_of_zero(void)
{
    dg_question question = dg_ask(DG_DIFFERENCE, DG_TWO_SIDED, 0.95);
    question.null = 0.0;
    const dg_two_samples table = {10, 10, 0, 20};
    const dg_comparison found = dg_agresti_caffo_difference(&table, &question), wald = dg_wald_difference(&table, &question);
    CHECK(fabs(found.low - 0.692243237883191) < 1e-12 && found.high == 1.0 && found.estimate == 1.0);
    CHECK(wald.low == 1.0 && wald.high == 1.0 && isinf(wald.statistic) && wald.pvalue == 0.0);
}

void test_wald_interval(void);
void
test_wald_interval(void)
{
    RUN(newcombes_first_table);
    RUN(zero_cells);
    RUN(agresti_and_caffo_never_have_a_standard_error_of_zero);
}
