#include "harness.h"
#include "kernels/inference/mantel_haenszel.h"

#include <math.h>

static dg_question
question(dg_measure measure, double null)
{
    dg_question asked = dg_ask(measure, DG_TWO_SIDED, 0.95);
    asked.null = null;
    return asked;
}

/* Low birth weight of smokers and others in three strata, by R (birthwt). */
static const double X1[] = {19, 6, 5}, N1[] = {52, 15, 12}, X2[] = {4, 5, 20}, N2[] = {44, 16, 55};

static void
one_stratum_is_wald(void)
{
    const double x1 = 56, n1 = 70, x2 = 48, n2 = 80;
    const dg_question asked = question(DG_DIFFERENCE, 0.0);
    const dg_comparison found = dg_mantel_haenszel_difference(&(dg_strata){&x1, &n1, &x2, &n2, 1}, &asked);
    CHECK(fabs(found.low - 0.0575048991490372) < 1e-12 && fabs(found.high - 0.342495100850963) < 1e-12);
}

static void
exchanging_groups_inverts_ratios(void)
{
    const dg_strata strata = {X1, N1, X2, N2, 3}, exchanged = {X2, N2, X1, N1, 3};
    const dg_question ratio = question(DG_RATIO, 1.0), odds = question(DG_ODDS_RATIO, 1.0);
    const dg_comparison a = dg_mantel_haenszel_ratio(&strata, &ratio), b = dg_mantel_haenszel_ratio(&exchanged, &ratio);
    CHECK(fabs(a.low * b.high - 1.0) < 1e-14 && fabs(a.estimate * b.estimate - 1.0) < 1e-14 && a.pvalue < 0.05);
    CHECK(fabs(a.statistic + b.statistic) < 1e-13);
    const dg_comparison c = dg_mantel_haenszel_odds_ratio(&strata, &odds), d = dg_mantel_haenszel_odds_ratio(&exchanged, &odds);
    CHECK(fabs(c.low * d.high - 1.0) < 1e-14 && fabs(c.pvalue - d.pvalue) < 1e-15);
}

static void
ratios_without_a_standard_error(void)
{
    const double none[] = {0, 0, 0};
    const dg_strata strata = {none, N1, X2, N2, 3};
    const dg_question asked = question(DG_RATIO, 1.0);
    const dg_comparison found = dg_mantel_haenszel_ratio(&strata, &asked);
    CHECK(found.estimate == 0.0 && found.low == 0.0 && found.high == INFINITY && isnan(found.statistic) && found.pvalue == 1.0);
    const dg_comparison empty = dg_mantel_haenszel_ratio(&(dg_strata){X1, N1, none, none, 3}, &asked);
    CHECK(isnan(empty.estimate) && isnan(empty.low) && isnan(empty.high) && isnan(empty.pvalue));
}

static void
a_difference_that_is_a_point(void)
{
    const double all[] = {3, 4}, none[] = {0, 0}, n[] = {3, 4};
    const dg_question asked = question(DG_DIFFERENCE, 0.0);
    const dg_comparison found = dg_mantel_haenszel_difference(&(dg_strata){all, n, none, n, 2}, &asked);
    CHECK(found.estimate == 1.0 && found.low == 1.0 && found.high == 1.0 && found.statistic == INFINITY && found.pvalue == 0.0);
    const dg_comparison same = dg_mantel_haenszel_difference(&(dg_strata){none, n, none, n, 2}, &asked);
    CHECK(same.low == 0.0 && same.high == 0.0 && isnan(same.statistic) && same.pvalue == 1.0);
}

void test_mantel_haenszel(void);
void
test_mantel_haenszel(void)
{
    RUN(one_stratum_is_wald);
    RUN(exchanging_groups_inverts_ratios);
    RUN(ratios_without_a_standard_error);
    RUN(a_difference_that_is_a_point);
}
