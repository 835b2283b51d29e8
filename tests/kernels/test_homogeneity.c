#include "harness.h"
#include "kernels/inference/homogeneity.h"

#include <math.h>

static void
equal_strata_do_not_differ(void)
{
    const double x1[] = {3, 6}, n1[] = {10, 20}, x2[] = {2, 4}, n2[] = {10, 20};
    for (int i = 0; i < 3; i++) {
        const dg_homogeneity found = dg_test_homogeneity(&(dg_strata){x1, n1, x2, n2, 2}, (dg_measure)i);
        CHECK(found.statistic < 1e-12 && found.df == 1.0);
    }
}

static void
strata_without_information_cost_no_degree_of_freedom(void)
{
    const double x1[] = {0, 3, 9, 4}, n1[] = {5, 10, 9, 20}, x2[] = {0, 2, 4, 9}, n2[] = {7, 10, 4, 20};
    const dg_homogeneity all = dg_test_homogeneity(&(dg_strata){x1, n1, x2, n2, 4}, DG_ODDS_RATIO);
    const double y1[] = {3, 4}, m1[] = {10, 20}, y2[] = {2, 9}, m2[] = {10, 20};
    const dg_homogeneity telling = dg_test_homogeneity(&(dg_strata){y1, m1, y2, m2, 2}, DG_ODDS_RATIO);
    CHECK(all.df == 1.0 && telling.df == 1.0 && fabs(all.statistic - telling.statistic) < 1e-12);
    CHECK(dg_test_homogeneity(&(dg_strata){x1, n1, x2, n2, 4}, DG_RATIO).df == 2.0);
    CHECK(dg_test_homogeneity(&(dg_strata){x1, n1, x2, n2, 4}, DG_DIFFERENCE).df == 3.0);
}

static void
one_stratum_is_not_enough(void)
{
    const double x1[] = {3, 0}, n1[] = {10, 0}, x2[] = {2, 1}, n2[] = {10, 20}, none[] = {0, 0}, n[] = {5, 6};
    for (int i = 0; i < 3; i++) {
        CHECK(isnan(dg_test_homogeneity(&(dg_strata){x1, n1, x2, n2, 2}, (dg_measure)i).statistic));
        CHECK(isnan(dg_test_homogeneity(&(dg_strata){none, n, none, n, 2}, (dg_measure)i).df));
    }
}

void test_homogeneity(void);
void
test_homogeneity(void)
{
    RUN(equal_strata_do_not_differ);
    RUN(strata_without_information_cost_no_degree_of_freedom);
    RUN(one_stratum_is_not_enough);
}
