#include "harness.h"
#include "kernels/distributions/noncentral_hypergeometric.h"
#include "kernels/inference/conditional_odds.h"

#include <math.h>

static dg_question
at_95(double null)
{
    dg_question question = dg_ask(DG_ODDS_RATIO, DG_TWO_SIDED, 0.95);
    question.null = null;
    return question;
}

static void
limits_and_estimate_solve_their_equations(void)
{
    const dg_fourfold table = {9, 8, 3, 26};
    const dg_question question = at_95(1.0);
    const dg_comparison found = dg_central_odds_ratio(&(dg_two_samples){9, 17, 3, 29}, &question);
    const dg_split low = dg_split_at(&table, found.low), high = dg_split_at(&table, found.high);
    CHECK(fabs(low.more + low.same - 0.025) < 1e-13 && fabs(high.less + high.same - 0.025) < 1e-13);
    CHECK(fabs(dg_split_at(&table, found.estimate).mean) < 1e-12);
}

static void
fishers_limits_bound_what_is_not_rejected(void)
{
    const dg_two_samples table = {0, 5, 6, 10};
    dg_question question = at_95(1.0);
    const double high = dg_fisher_odds_ratio(&table, &question).high;
    CHECK(fabs(dg_fisher_odds_ratio(&table, &question).pvalue - 0.043956043956043954) < 1e-15 &&
          high < 1.0);
    question.null = high * (1.0 - 1e-9);
    CHECK(dg_fisher_odds_ratio(&table, &question).pvalue >= 0.05);
    question.null = high * (1.0 + 1e-9);
    CHECK(dg_fisher_odds_ratio(&table, &question).pvalue < 0.05);
}

static void
what_is_not_defined(void)
{
    const dg_question question = at_95(1.0);
    const dg_comparison one = dg_central_odds_ratio(&(dg_two_samples){0, 5, 0, 9}, &question);
    CHECK(isnan(one.estimate) && one.low == 0.0 && isinf(one.high) && one.pvalue == 1.0);
    CHECK(isnan(dg_mid_p_odds_ratio(&(dg_two_samples){1.5, 5, 2, 9}, &question).pvalue));
    CHECK(isnan(dg_fisher_odds_ratio(&(dg_two_samples){0, 0, 2, 9}, &question).low));
}

void
test_conditional_odds(void);
void
test_conditional_odds(void)
{
    RUN(limits_and_estimate_solve_their_equations);
    RUN(fishers_limits_bound_what_is_not_rejected);
    RUN(what_is_not_defined);
}
