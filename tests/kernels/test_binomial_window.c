#include "harness.h"
#include "kernels/distributions/binomial_window.h"

#include <math.h>

/* By factorials, as far as a double holds them. */
static double
plain(int x, int n, double share)
{
    double p = 1.0;
    for (int i = 0; i < x; i++) {
        p *= (double)(n - i) / (double)(i + 1) * share;
    }
    return p * pow(1.0 - share, n - x);
}

static void
equals_the_formula(void)
{
    dg_binomial_window w;
    CHECK(dg_make_binomial_window(&w, 40, 0.0) == DG_OK);
    for (int i = 0; i <= 20; i++) {
        const double share = i / 20.0;
        dg_set_share(&w, share);
        double sum = 0.0;
        for (int x = 0; x <= 40; x++) {
            const double expected = plain(x, 40, share);
            sum += expected;
            CHECK(fabs(dg_weight_of(&w, x) / w.total - expected) <= 1e-13 * expected);
            CHECK(fabs(dg_weight_up_to(&w, x) / w.total - sum) <= 1e-13 * sum);
        }
    }
    dg_free_binomial_window(&w);
}

static void
leaves_out_what_is_negligible(void)
{
    dg_binomial_window w;
    CHECK(dg_make_binomial_window(&w, 1000, 1e-17) == DG_OK);
    dg_set_share(&w, 0.3);
    CHECK(w.first > 100 && w.last < 500);
    CHECK(dg_weight_of(&w, 0) == 0.0 && dg_weight_of(&w, -1) == 0.0 &&
          dg_weight_of(&w, 1001) == 0.0);
    CHECK(dg_weight_up_to(&w, -1) == 0.0 && dg_weight_up_to(&w, 1000) == w.total);
    dg_set_share(&w, 0.0);
    CHECK(w.first == 0 && w.last == 0 && w.total == 1.0);
    dg_set_share(&w, 1.0);
    CHECK(w.first == 1000 && w.last == 1000 && w.total == 1.0);
    dg_free_binomial_window(&w);
}

void
test_binomial_window(void);
void
test_binomial_window(void)
{
    RUN(equals_the_formula);
    RUN(leaves_out_what_is_negligible);
}
