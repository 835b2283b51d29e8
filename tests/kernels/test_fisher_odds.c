#include "harness.h"
#include "kernels/inference/fisher_odds.h"

#include <math.h>

static const double Z = 1.959963984540054;

static void
the_limit_bounds_what_is_not_rejected(void)
{
    const dg_fourfold table = {6, 4, 0, 5};
    CHECK(fabs(dg_fisher_pvalue(&table, 1.0) - 0.043956043956043954) < 1e-15);
    const double low = dg_fisher_low(&table, 0.05, Z);
    CHECK(low > 1.0);
    CHECK(dg_fisher_pvalue(&table, low * (1.0 + 1e-9)) >= 0.05);
    CHECK(dg_fisher_pvalue(&table, low * (1.0 - 1e-9)) < 0.05);
}

static void
tables_as_probable_as_the_one_seen_count(void)
{
    const dg_fourfold tea = {3, 1, 1, 3}; /* offsets -3 to 1 have 1, 16, 36, 16 and 1 of 70 */
    CHECK(fabs(dg_fisher_pvalue(&tea, 1.0) - 34.0 / 70.0) < 1e-15);
    CHECK(fabs(dg_fisher_pvalue(&tea, 1.0 + 1e-9) - 34.0 / 70.0) < 1e-8);
}

static void
nothing_below_is_no_limit(void)
{
    CHECK(dg_fisher_low(&(dg_fourfold){0, 5, 6, 4}, 0.05, Z) == 0.0);
}

void
test_fisher_odds(void);
void
test_fisher_odds(void)
{
    RUN(the_limit_bounds_what_is_not_rejected);
    RUN(tables_as_probable_as_the_one_seen_count);
    RUN(nothing_below_is_no_limit);
}
