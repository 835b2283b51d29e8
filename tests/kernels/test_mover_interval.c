#include "harness.h"
#include "kernels/inference/mover_interval.h"

#include <math.h>

static dg_question
at_95(dg_measure measure, double null)
{
    dg_question question = dg_ask(measure, DG_TWO_SIDED, 0.95);
    question.null = null;
    return question;
}

static void
newcombes_first_table(void)
{
    const dg_question question = at_95(DG_DIFFERENCE, 0.0);
    const dg_comparison found =
            dg_newcombe_difference(&(dg_two_samples){56, 70, 48, 80}, &question);
    CHECK(fabs(found.low - 0.0524314724023649) < 1e-12 &&
          fabs(found.high - 0.333872654036906) < 1e-12);
}

static void
the_p_value_is_where_the_limit_reaches_the_null(void)
{
    const dg_two_samples table = {9, 17, 0, 29};
    dg_question question = at_95(DG_RATIO, 2.5);
    const dg_comparison found = dg_mover_ratio(&table, &question);
    question.z = found.statistic;
    CHECK(fabs(dg_mover_ratio(&table, &question).low / 2.5 - 1.0) < 1e-12);
}

static void
what_is_not_defined(void)
{
    const dg_question question = at_95(DG_ODDS_RATIO, 1.0);
    const dg_comparison nothing = dg_mover_odds_ratio(&(dg_two_samples){0, 5, 0, 9}, &question);
    CHECK(isnan(nothing.estimate) && nothing.low == 0.0 && isinf(nothing.high) &&
          nothing.pvalue == 1.0);
    const dg_comparison empty = dg_mover_odds_ratio(&(dg_two_samples){0, 0, 3, 9}, &question);
    CHECK(isnan(empty.low) && isnan(empty.high) && isnan(empty.pvalue));
    const dg_comparison all = dg_mover_odds_ratio(&(dg_two_samples){4, 4, 0, 9}, &question);
    CHECK(isinf(all.estimate) && all.low > 0.0 && isfinite(all.low) && isinf(all.high));
}

void
test_mover_interval(void);
void
test_mover_interval(void)
{
    RUN(newcombes_first_table);
    RUN(the_p_value_is_where_the_limit_reaches_the_null);
    RUN(what_is_not_defined);
}
