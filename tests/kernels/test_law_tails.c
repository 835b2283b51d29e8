#include "harness.h"
#include "kernels/resampling/law_tails.h"

#include <math.h>

static void
tails_add_up(void)
{
    const dg_count_law law = dg_binomial_law(40, 3, 10);
    dg_law_tails tails;
    CHECK(dg_open_law_tails(&law, &tails, NULL) == DG_OK);
    CHECK(tails.first == 0 && tails.last == 40);
    double below = 0.0;
    for (int64_t x = 0; x <= 40; x++) {
        const double chance = dg_binomial_chance(x, 40, 3, 10);
        below += chance;
        CHECK(fabs(tails.chance[x] / chance - 1.0) < 1e-13);
        CHECK(fabs(dg_at_most(&tails, x) / below - 1.0) < 1e-13);
        CHECK(fabs(dg_at_most(&tails, x) + dg_at_least(&tails, x + 1) - 1.0) < 1e-15);
    }
    CHECK(fabs(dg_at_least(&tails, 40) / dg_binomial_chance(40, 40, 3, 10) - 1.0) < 1e-13);
    CHECK(dg_at_most(&tails, -1) == 0.0 && dg_at_most(&tails, 41) == 1.0);
    CHECK(dg_at_least(&tails, -1) == 1.0 && dg_at_least(&tails, 41) == 0.0);
    dg_close_law_tails(&tails);
}

static void
one_value(void)
{
    const dg_count_law law = dg_binomial_law(7, 1, 1);
    dg_law_tails tails;
    CHECK(dg_open_law_tails(&law, &tails, NULL) == DG_OK);
    CHECK(tails.first == 7 && tails.last == 7 && tails.chance[0] == 1.0);
    CHECK(dg_at_most(&tails, 6) == 0.0 && dg_at_least(&tails, 7) == 1.0 && dg_at_least(&tails, 8) == 0.0);
    dg_close_law_tails(&tails);
}

static void
hopeless_values_are_left_out(void)
{
    const dg_count_law law = dg_hypergeometric_law(500000, 500000, 1000000);
    dg_law_tails tails;
    CHECK(dg_open_law_tails(&law, &tails, NULL) == DG_OK);
    CHECK(tails.first > 235000 && tails.first < 245000 && tails.last > 255000 && tails.last < 265000);
    CHECK(fabs(dg_at_least(&tails, 250000) - 0.5 - 0.5 * tails.chance[250000 - tails.first]) < 1e-12);
    dg_close_law_tails(&tails);
}

/* Says yes from the given call on. */
static bool
after_a_while(void *context)
{
    int *left = context;
    return (*left)-- <= 0;
}

static void
stops_when_asked_and_keeps_nothing(void)
{
    const dg_count_law law = dg_binomial_law(40, 3, 10);
    for (int calls = 0; calls < 2; calls++) {
        int left = calls;
        const dg_stop stop = {after_a_while, &left};
        dg_law_tails tails;
        CHECK(dg_open_law_tails(&law, &tails, &stop) == DG_STOPPED && tails.chance == NULL);
    }
}

void test_law_tails(void);
void
test_law_tails(void)
{
    RUN(tails_add_up);
    RUN(one_value);
    RUN(hopeless_values_are_left_out);
    RUN(stops_when_asked_and_keeps_nothing);
}
