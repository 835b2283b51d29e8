#include "harness.h"
#include "kernels/resampling/inversion_draws.h"

#include <math.h>

#define DRAWS 20000

/* Shares of DRAWS draws against their chances: within six standard errors each. */
static void
check_shares(int64_t drawn, int64_t marked, int64_t total)
{
    int seen[64] = {0};
    dg_philox stream = dg_philox_start((dg_philox_key){{17, 4}}, 0);
    for (int i = 0; i < DRAWS; i++) {
        const int64_t x = dg_draw_hypergeometric(drawn, marked, total, &stream);
        CHECK(x >= 0 && x <= marked && x <= drawn);
        seen[x]++;
    }
    for (int64_t x = 0; x <= drawn; x++) {
        const double p = dg_hypergeometric_chance(x, drawn, marked, total);
        CHECK(fabs(seen[x] - DRAWS * p) <= 6.0 * sqrt(DRAWS * p * (1.0 - p)));
    }
}

static void
draws_follow_their_law(void)
{
    check_shares(5, 4, 11);
    check_shares(1, 1, 2);
    check_shares(60, 500, 1000);
    check_shares(60, 60, 80);
    check_shares(50, 3, 51);
}

static void
a_single_value_takes_no_word(void)
{
    dg_philox stream = dg_philox_start((dg_philox_key){{1, 1}}, 0);
    CHECK(dg_draw_hypergeometric(0, 5, 9, &stream) == 0 && dg_draw_hypergeometric(9, 5, 9, &stream) == 5);
    CHECK(dg_draw_hypergeometric(3, 0, 9, &stream) == 0 && dg_draw_hypergeometric(3, 9, 9, &stream) == 3);
    CHECK(dg_draw_hypergeometric(0, 0, 0, &stream) == 0);
    CHECK(stream.used == 4 && stream.counter[0] == 0);
}

static void
leftovers_of_rounding_are_drawn_again(void)
{
    const dg_count_law law = dg_binomial_law(3, 1, 2);
    dg_philox stream = dg_philox_start((dg_philox_key){{1, 1}}, 0);
    for (int i = 0; i < 1000; i++) { /* a mode whose chance is far too small leaves most uniform numbers unused */
        const int64_t x = dg_draw_by_inversion(&law, 0.01, &stream);
        CHECK(x >= 0 && x <= 3);
    }
    CHECK(stream.counter[0] > 1000);
}

void test_inversion_draws(void);
void
test_inversion_draws(void)
{
    RUN(draws_follow_their_law);
    RUN(a_single_value_takes_no_word);
    RUN(leftovers_of_rounding_are_drawn_again);
}
