#include "harness.h"
#include "kernels/inference/strata.h"

#include <math.h>

/* The second stratum lacks the second group. */
static const double X1[] = {1, 9, 3}, N1[] = {4, 9, 6}, X2[] = {2, 0, 1}, N2[] = {4, 0, 6};

static void
common_measures(void)
{
    const dg_strata strata = {X1, N1, X2, N2, 3};
    CHECK(fabs(dg_common_estimate(&strata, DG_DIFFERENCE) - (-0.5 + 1.0) / 5.0) < 1e-15);
    CHECK(fabs(dg_common_estimate(&strata, DG_RATIO) - (0.5 + 1.5) / (1.0 + 0.5)) < 1e-15);
    CHECK(fabs(dg_common_estimate(&strata, DG_ODDS_RATIO) - (0.25 + 1.25) / (0.75 + 0.25)) < 1e-15);
}

static void
nothing_to_add_up(void)
{
    const dg_strata none = {X1, N1, X2, N2, 0}, one_sided = {X1 + 1, N1 + 1, X2 + 1, N2 + 1, 1};
    CHECK(isnan(dg_common_estimate(&none, DG_DIFFERENCE)));
    CHECK(!dg_some_stratum_has_both_groups(&none) && !dg_some_stratum_has_both_groups(&one_sided));
    CHECK(isnan(dg_common_estimate(&one_sided, DG_RATIO)));
}

void test_strata(void);
void
test_strata(void)
{
    RUN(common_measures);
    RUN(nothing_to_add_up);
}
