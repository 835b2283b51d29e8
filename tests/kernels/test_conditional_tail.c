#include "harness.h"
#include "kernels/inference/conditional_tail.h"

#include <math.h>

static const dg_fourfold TEA = {3, 1, 1, 3}; /* offsets -3 to 1 have 1, 16, 36, 16 and 1 of 70 */

static void
what_belongs_to_a_tail(void)
{
    CHECK(fabs(dg_conditional_tail_at(&(dg_conditional_tail){TEA, 1.0, 0.0, 0.0}, 1.0) -
               17.0 / 70.0) < 1e-15);
    CHECK(fabs(dg_conditional_tail_at(&(dg_conditional_tail){TEA, 0.5, 0.0, 0.0}, 1.0) -
               9.0 / 70.0) < 1e-15);
    CHECK(fabs(dg_conditional_tail_at(&(dg_conditional_tail){TEA, 1.0, 0.0, 2.0}, 1.0) -
               34.0 / 70.0) < 1e-15);
}

static void
the_smallest_odds_ratio_solves_its_equation(void)
{
    const dg_conditional_tail sought = {TEA, 1.0, 0.025, 0.0};
    const double low = dg_smallest_conditional_odds(&sought, 1.959963984540054);
    CHECK(low > 0.0 && low < 1.0);
    CHECK(fabs(dg_conditional_tail_at(&sought, low) - 0.025) < 1e-13);
    CHECK(fabs(dg_conditional_tail_excess(log(low), &sought)) < 1e-11);
}

static void
where_every_odds_ratio_reaches_it(void)
{
    CHECK(dg_smallest_conditional_odds(&(dg_conditional_tail){{0, 5, 6, 4}, 1.0, 0.025, 0.0},
                                       2.0) == 0.0);
}

void
test_conditional_tail(void);
void
test_conditional_tail(void)
{
    RUN(what_belongs_to_a_tail);
    RUN(the_smallest_odds_ratio_solves_its_equation);
    RUN(where_every_odds_ratio_reaches_it);
}
