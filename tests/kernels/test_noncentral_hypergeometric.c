#include "harness.h"
#include "kernels/distributions/noncentral_hypergeometric.h"

#include <math.h>

static void
the_lady_tasting_tea(void)
{
    const dg_fourfold tea = {3, 1, 1, 3};
    const dg_split split = dg_split_at(&tea, 1.0);
    CHECK(fabs(split.less - 53.0 / 70.0) < 1e-15 && fabs(split.same - 16.0 / 70.0) < 1e-15);
    CHECK(fabs(split.more - 1.0 / 70.0) < 1e-16 && fabs(split.mean + 1.0) < 1e-15);
    CHECK(fabs(dg_minimum_likelihood(&tea, 1.0, 1e-7) - 34.0 / 70.0) < 1e-15);
    CHECK(fabs(dg_log_weight_below(&tea, 2.0)) < 1e-15 &&
          fabs(dg_log_weight_below(&tea, 3.0) - log(1.0 / 16.0)) < 1e-15);
}

static void
the_other_group_sees_the_mirror_image(void)
{
    const dg_fourfold table = {7, 22, 3, 90}, mirror = dg_exchanged(&table);
    const dg_split one = dg_split_at(&table, 2.5), other = dg_split_at(&mirror, 0.4);
    CHECK(fabs(one.less - other.more) < 1e-15 && fabs(one.same - other.same) < 1e-15 &&
          fabs(one.mean + other.mean) < 1e-13);
    CHECK(dg_room_below(&table) == 7.0 && dg_room_above(&table) == 3.0);
}

static void
far_tails_keep_their_digits(void)
{
    const dg_fourfold all = {100, 0, 0, 100}; /* one table of choose(200, 100) */
    CHECK(fabs(dg_split_at(&all, 1.0).same * 9.0548514656103281e58 - 1.0) < 1e-12);
    CHECK(dg_split_at(&(dg_fourfold){600000, 0, 0, 600000}, 1.0).same == 0.0);
    CHECK(fabs(dg_split_at(&all, 1e300).same - 1.0) < 1e-12 &&
          dg_split_at(&all, 1e-300).same == 0.0);
}

static void
one_table_only(void)
{
    const dg_split split = dg_split_at(&(dg_fourfold){0, 5, 0, 7}, 3.0);
    CHECK(split.less == 0.0 && split.same == 1.0 && split.more == 0.0 && split.mean == 0.0);
}

void
test_noncentral_hypergeometric(void);
void
test_noncentral_hypergeometric(void)
{
    RUN(the_lady_tasting_tea);
    RUN(the_other_group_sees_the_mirror_image);
    RUN(far_tails_keep_their_digits);
    RUN(one_table_only);
}
