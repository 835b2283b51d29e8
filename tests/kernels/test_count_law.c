#include "harness.h"
#include "kernels/resampling/count_law.h"

#include <math.h>

static bool
near(double found, double expected)
{
    return fabs(found / expected - 1.0) < 4e-14;
}

/* Exact ratios of whole numbers, rounded. */
static void
binomial_chances(void)
{
    CHECK(near(dg_binomial_chance(3, 10, 3, 10), 2.66827932e-1));
    CHECK(near(dg_binomial_chance(0, 1000, 1, 1000), 3.676954247709640446e-1));
    CHECK(near(dg_binomial_chance(1000, 1000, 999, 1000), 3.676954247709640446e-1));
    CHECK(near(dg_binomial_chance(300, 400, 300, 400), 4.602431823440329291e-2));
    CHECK(near(dg_binomial_chance(50000, 100000, 1, 2), 2.523126214196739886e-3));
    CHECK(near(dg_binomial_chance(16, 17, 5, 6), 1.532490299751202765e-1));
    CHECK(dg_binomial_chance(-1, 4, 1, 2) == 0.0 && dg_binomial_chance(5, 4, 1, 2) == 0.0);
    CHECK(dg_binomial_chance(0, 4, 0, 2) == 1.0 && dg_binomial_chance(1, 4, 0, 2) == 0.0);
    CHECK(dg_binomial_chance(4, 4, 2, 2) == 1.0 && dg_binomial_chance(3, 4, 2, 2) == 0.0);
}

static void
hypergeometric_chances(void)
{
    CHECK(near(dg_hypergeometric_chance(281, 400, 450, 640), 7.113852369517570558e-2));
    CHECK(near(dg_hypergeometric_chance(2, 5, 4, 11), 4.545454545454545455e-1));
    CHECK(near(dg_hypergeometric_chance(0, 4, 3, 12), 2.545454545454545455e-1));
    CHECK(near(dg_hypergeometric_chance(25000, 50000, 100000, 200000), 4.120235836909462459e-3));
    CHECK(dg_hypergeometric_chance(0, 0, 3, 12) == 1.0 && dg_hypergeometric_chance(3, 12, 3, 12) == 1.0);
}

static void
check_law(const dg_count_law *law, double (*chance)(int64_t, int64_t, int64_t, int64_t), const int64_t arguments[3])
{
    double total = 0.0;
    const double mode = chance(law->mode, arguments[0], arguments[1], arguments[2]);
    for (int64_t x = law->lowest; x <= law->highest; x++) {
        const double here = chance(x, arguments[0], arguments[1], arguments[2]);
        total += here;
        CHECK(here <= mode * (1.0 + 1e-13));
        if (x < law->highest) {
            const double next = chance(x + 1, arguments[0], arguments[1], arguments[2]);
            CHECK(fabs(next - here * dg_law_step(law, x)) <= 1e-13 * next);
        }
    }
    CHECK(fabs(total - 1.0) < 1e-13);
    CHECK(law->mode >= law->lowest && law->mode <= law->highest);
}

static void
steps_and_modes_of_binomials(void)
{
    for (int64_t n = 0; n <= 40; n++) {
        for (int64_t hits = 0; hits <= 7; hits++) {
            const dg_count_law law = dg_binomial_law(n, hits, 7);
            check_law(&law, dg_binomial_chance, (int64_t[]){n, hits, 7});
        }
    }
}

static void
steps_and_modes_of_hypergeometrics(void)
{
    for (int64_t total = 1; total <= 14; total++) {
        for (int64_t marked = 0; marked <= total; marked++) {
            for (int64_t drawn = 0; drawn <= total; drawn++) {
                const dg_count_law law = dg_hypergeometric_law(drawn, marked, total);
                check_law(&law, dg_hypergeometric_chance, (int64_t[]){drawn, marked, total});
            }
        }
    }
}

static void
the_largest_totals_fit(void)
{
    const dg_count_law binomial = dg_binomial_law(DG_LARGEST_TOTAL, DG_LARGEST_TOTAL - 1, DG_LARGEST_TOTAL);
    CHECK(binomial.mode == DG_LARGEST_TOTAL - 1 || binomial.mode == DG_LARGEST_TOTAL);
    const dg_count_law law = dg_hypergeometric_law(DG_LARGEST_TOTAL - 1, DG_LARGEST_TOTAL - 1, DG_LARGEST_TOTAL);
    CHECK(law.lowest == DG_LARGEST_TOTAL - 2 && law.highest == DG_LARGEST_TOTAL - 1);
    CHECK(law.mode >= law.lowest && law.mode <= law.highest);
    const double one_less = dg_hypergeometric_chance(law.highest, DG_LARGEST_TOTAL - 1, DG_LARGEST_TOTAL - 1, DG_LARGEST_TOTAL);
    CHECK(fabs(one_less * 2147483647.0 - 1.0) < 1e-9);
}

void test_count_law(void);
void
test_count_law(void)
{
    RUN(binomial_chances);
    RUN(hypergeometric_chances);
    RUN(steps_and_modes_of_binomials);
    RUN(steps_and_modes_of_hypergeometrics);
    RUN(the_largest_totals_fit);
}
