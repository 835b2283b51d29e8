#include "harness.h"
#include "kernels/inference/null_range.h"
#include "kernels/inference/unconditional_test.h"

#include <math.h>

static void
what_is_said_of_a_range_holds_in_it(void)
{
    static const double tables[][4] = {{4, 6, 1, 5}, {3, 7, 3, 7}, {0, 5, 0, 8}};
    for (int i = 0; i < 6; i++) {
        const double *k = tables[i / 2];
        const bool both = i % 2 == 1;
        const dg_two_samples samples = {k[0], k[1], k[2], k[3]};
        dg_unconditional_space space;
        CHECK(dg_make_unconditional_space(&space, (size_t)k[1], (size_t)k[3]) == DG_OK);
        const dg_unconditional_side side = dg_near_side(&space, &samples, NULL);
        const dg_null_test test = {&side, both, 0.1};
        const double end = both ? k[0] / k[1] - k[2] / k[3] : 0.95;
        int known = 0;
        for (double low = -1.0, high = -0.97; high < end; low += 0.03, high += 0.03) {
            bool rejects, keeps;
            CHECK(dg_rejects_range(&test, low, high, &rejects) == DG_OK &&
                  dg_keeps_range(&test, low, high, &keeps) == DG_OK);
            CHECK(!(rejects && keeps));
            known += rejects || keeps;
            for (int j = 0; j <= 3; j++) {
                double p;
                CHECK(dg_unconditional_pvalue(&side, low + j * (high - low) / 3.0, DG_AGRESTI_MIN,
                                              both ? DG_TWO_SIDED : DG_GREATER, &p) == DG_OK);
                CHECK(!(rejects && p >= 0.1) && !(keeps && p < 0.1));
            }
        }
        CHECK(known > 10);
        dg_free_unconditional_space(&space);
    }
}

void
test_null_range(void);
void
test_null_range(void)
{
    RUN(what_is_said_of_a_range_holds_in_it);
}
