#include "harness.h"
#include "kernels/inference/binomial_odds.h"

#include <math.h>

static void
few_cases_by_hand(void)
{
    const dg_binomial_split exact = {1, 7, 1.0}, half = {1, 7, 0.5};
    CHECK(fabs(dg_binomial_odds_pvalue(&exact, 1.0, DG_TWO_SIDED) - 2.0 * 9.0 / 256.0) < 1e-15);
    CHECK(fabs(dg_binomial_odds_pvalue(&half, 1.0, DG_TWO_SIDED) - 2.0 * 5.0 / 256.0) < 1e-15);
    CHECK(fabs(dg_binomial_odds_pvalue(&exact, 1.0, DG_LESS) - 9.0 / 256.0) < 1e-15);
    CHECK(fabs(dg_binomial_odds_pvalue(&half, 1.0, DG_GREATER) - (1.0 - 5.0 / 256.0)) < 1e-15);
    CHECK(dg_binomial_odds_pvalue(&(dg_binomial_split){4, 4, 1.0}, 1.0, DG_TWO_SIDED) == 1.0);
}

static void
the_tail_at_a_limit_is_the_one_asked_for(void)
{
    const double counts[] = {0, 1, 5, 300, 1e6};
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j < 5; j++) {
            const dg_binomial_split seen = {counts[i], counts[j], i % 2 ? 1.0 : 0.5};
            if (seen.x > 0.0) {
                const double low = dg_binomial_odds_low(&seen, 0.025);
                CHECK(fabs(dg_binomial_odds_pvalue(&seen, low, DG_GREATER) / 0.025 - 1.0) < 1e-9);
            }
            if (seen.y > 0.0) {
                const double high = dg_binomial_odds_high(&seen, 0.025);
                CHECK(fabs(dg_binomial_odds_pvalue(&seen, high, DG_LESS) / 0.025 - 1.0) < 1e-9);
            }
        }
    }
}

static void
limits_at_the_ends_of_the_range(void)
{
    const dg_binomial_split none = {0, 5, 1.0}, all = {5, 0, 0.5};
    CHECK(dg_binomial_odds_low(&none, 0.025) == 0.0);
    CHECK(dg_binomial_odds_high(&all, 0.025) == INFINITY);
    CHECK(dg_binomial_odds_low(&all, 0.6) == INFINITY); /* the tail of mid-p never reaches it */
}

void test_binomial_odds(void);
void
test_binomial_odds(void)
{
    RUN(few_cases_by_hand);
    RUN(the_tail_at_a_limit_is_the_one_asked_for);
    RUN(limits_at_the_ends_of_the_range);
}
