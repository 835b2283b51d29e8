#include "harness.h"
#include "kernels/inference/rejection_region.h"

#include <math.h>

static double
statistic(int x1, int n1, int x2, int n2, double null)
{
    return dg_ordering_statistic(&(dg_two_samples){x1, n1, x2, n2}, null);
}

/* The laws that the regions and the search for limits rest on. */
static void
the_statistic_rises_and_falls_as_it_should(void)
{
    static const int sizes[][2] = {{1, 1}, {3, 8}, {8, 3}, {10, 10}, {1, 17}, {23, 14}};
    for (int s = 0; s < 6; s++) {
        const int n1 = sizes[s][0], n2 = sizes[s][1];
        for (int x1 = 0; x1 <= n1; x1++) {
            for (int x2 = 0; x2 <= n2; x2++) {
                double before = INFINITY;
                for (int d = -100; d <= 100; d++) {
                    const double null = d / 100.0, t = statistic(x1, n1, x2, n2, null);
                    const double slack = isinf(t) ? 0.0 : 1e-11 * (1.0 + fabs(t));
                    CHECK(t <= before + slack);
                    CHECK(x1 == n1 || statistic(x1 + 1, n1, x2, n2, null) >= t - slack);
                    CHECK(x2 == n2 || statistic(x1, n1, x2 + 1, n2, null) <= t + slack);
                    before = t;
                }
            }
        }
    }
}

static void
a_region_holds_the_tables_at_least_as_extreme(void)
{
    dg_rejection_region region;
    CHECK(dg_make_rejection_region(&region, 9, 12) == DG_OK);
    for (int d = -9; d <= 9; d++) {
        const double null = d / 10.0, threshold = dg_below_ties(statistic(5, 9, 4, 12, null));
        dg_fill_rejection_region(&region, null, threshold);
        for (int x1 = 0; x1 <= 9; x1++) {
            for (int x2 = 0; x2 <= 12; x2++) {
                CHECK((statistic(x1, 9, x2, 12, null) >= threshold) == (x2 <= region.last[x1]));
            }
        }
    }
    dg_free_rejection_region(&region);
}

static void
tables_are_added_with_all_that_exceed_them(void)
{
    dg_rejection_region region;
    CHECK(dg_make_rejection_region(&region, 3, 3) == DG_OK);
    dg_fill_rejection_region(&region, 0.0, 1.5);
    const ptrdiff_t before = region.last[0];
    dg_add_to_rejection_region(&region, 1, 2);
    CHECK(region.last[0] == before && region.last[1] == 2 && region.last[3] >= 2);
    dg_free_rejection_region(&region);
}

void
test_rejection_region(void);
void
test_rejection_region(void)
{
    RUN(the_statistic_rises_and_falls_as_it_should);
    RUN(a_region_holds_the_tables_at_least_as_extreme);
    RUN(tables_are_added_with_all_that_exceed_them);
}
