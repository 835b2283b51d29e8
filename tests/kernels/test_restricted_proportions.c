#include "harness.h"
#include "kernels/inference/restricted_proportions.h"

#include <math.h>

static const dg_two_samples SOME[] = {
        {56, 70, 48, 80}, {9, 10, 3, 10}, {5, 56, 0, 29},   {0, 10, 0, 20},         {10, 10, 0, 20},
        {0, 7, 5, 5},     {1, 1, 0, 1},   {20, 20, 20, 20}, {0.25, 1.5, 2.75, 3.5},
};
static const double NULLS[3][5] = {
        {-0.9, -0.05, 0.0, 0.3, 0.999}, {0.01, 0.7, 1.0, 1.3, 50.0}, {0.001, 0.7, 1.0, 1.9, 500.0}};

static double
log_likelihood(const dg_two_samples *s, double p1, double p2)
{
    const double x[4] = {s->x1, s->n1 - s->x1, s->x2, s->n2 - s->x2}, p[4] = {p1, 1.0 - p1, p2, 1.0 - p2};
    double sum = 0.0;
    for (int i = 0; i < 4; i++) {
        sum += x[i] > 0.0 ? x[i] * log(p[i]) : 0.0;
    }
    return sum;
}

static double
first_from_second(double p2, int measure, double null)
{
    if (measure == DG_DIFFERENCE) {
        return p2 + null;
    }
    return measure == DG_RATIO ? p2 * null : null * p2 / (1.0 - p2 + null * p2);
}

static void
they_stand_in_the_relation_and_nothing_is_likelier(void)
{
    for (size_t i = 0; i < sizeof SOME / sizeof SOME[0]; i++) {
        for (int measure = DG_DIFFERENCE; measure <= DG_ODDS_RATIO; measure++) {
            for (int k = 0; k < 5; k++) {
                const double null = NULLS[measure][k];
                const dg_restricted r = dg_restrict(&SOME[i], (dg_measure)measure, null);
                CHECK(fabs(r.p1 + r.q1 - 1.0) < 1e-15 && fabs(r.p2 + r.q2 - 1.0) < 1e-15);
                CHECK(r.p1 >= 0.0 && r.q1 >= 0.0 && r.p2 >= 0.0 && r.q2 >= 0.0);
                CHECK(fabs(r.p1 - first_from_second(r.p2, measure, null)) < 1e-12);
                const double best = log_likelihood(&SOME[i], r.p1, r.p2);
                for (double p2 = 1.0 / 512.0; p2 < 1.0; p2 += 1.0 / 256.0) {
                    const double p1 = first_from_second(p2, measure, null);
                    CHECK(!(p1 > 0.0 && p1 < 1.0) || log_likelihood(&SOME[i], p1, p2) <= best + 1e-9);
                }
            }
        }
    }
}

static void
small_ones_keep_their_digits(void)
{
    const double n = 9007199254740992.0;
    const dg_two_samples rare = {5.0, n, 9.0, n}, common = {n - 5.0, n, n - 9.0, n};
    dg_restricted r = dg_restrict(&rare, DG_DIFFERENCE, 0.0);
    CHECK(fabs(r.p1 * n - 7.0) < 1e-14);
    r = dg_restrict(&common, DG_DIFFERENCE, 1e-15);
    /* in units of 1 / n the complements are Poisson: q2 = q1 + d, 5 / q1 + 9 / q2 = 2 */
    const double d = 1e-15 * n, b = 7.0 - d, q1 = 0.5 * (b + sqrt(b * b + 10.0 * d));
    CHECK(fabs(r.q1 * n / q1 - 1.0) < 1e-7 && fabs(r.q2 * n / (q1 + d) - 1.0) < 1e-7);
}

static void
exchanging_groups_exchanges_the_answer(void)
{
    const dg_two_samples some = {3, 11, 8, 13}, exchanged = dg_exchange_samples(&some);
    const dg_restricted one = dg_restrict(&some, DG_DIFFERENCE, 0.2),
                        other = dg_restrict(&exchanged, DG_DIFFERENCE, -0.2);
    CHECK(one.p1 == other.p2 && one.q2 == other.q1 && one.score == -other.score);
    CHECK(dg_exchange_restricted(&one).p1 == one.p2);
}

static void
outside_the_range_there_is_none(void)
{
    CHECK(isnan(dg_restrict(&SOME[0], DG_DIFFERENCE, 1.5).p1) && isnan(dg_restrict(&SOME[0], DG_RATIO, -1.0).score));
    CHECK(isnan(dg_restrict(&SOME[0], DG_ODDS_RATIO, NAN).p2));
}

void test_restricted_proportions(void);
void
test_restricted_proportions(void)
{
    RUN(they_stand_in_the_relation_and_nothing_is_likelier);
    RUN(small_ones_keep_their_digits);
    RUN(exchanging_groups_exchanges_the_answer);
    RUN(outside_the_range_there_is_none);
}
