#include "harness.h"
#include "kernels/inference/restricted_rates.h"

#include <math.h>

static void
the_rates_solve_the_likelihood_equation(void)
{
    const dg_two_samples samples = {9, 10, 3, 25};
    for (double offset = -5.0; offset < 5.0; offset += 0.37) {
        const dg_restricted_rates rates = dg_restrict_rates(&samples, offset);
        CHECK(fabs(rates.rate1 - rates.rate2 - (offset + 0.9 - 0.12)) < 1e-14);
        CHECK(fabs((9.0 / rates.rate1 + 3.0 / rates.rate2) / 35.0 - 1.0) < 1e-12);
        CHECK(fabs(rates.variance - (rates.rate1 / 10.0 + rates.rate2 / 25.0)) < 1e-15);
    }
}

static void
at_the_estimate_they_are_the_observed_rates(void)
{
    const dg_two_samples samples = {9, 10, 3, 25}, none = {0, 10, 0, 25};
    const dg_restricted_rates rates = dg_restrict_rates(&samples, 0.0), nothing = dg_restrict_rates(&none, 0.0);
    CHECK(fabs(rates.rate1 - 0.9) < 1e-15 && fabs(rates.rate2 - 0.12) < 1e-15);
    CHECK(nothing.variance == 0.0);
    CHECK(fabs(dg_restrict_rates(&none, 0.3).rate1 - 0.3) < 1e-15 && dg_restrict_rates(&none, 0.3).rate2 == 0.0);
}

static double
line(const dg_two_samples *samples, double offset)
{
    return -offset * samples->n1;
}

static void
offsets_are_found_wherever_they_lie(void)
{
    const dg_two_samples samples = {9, 1e-3, 3, 25};
    CHECK(fabs(dg_rate_offset_at(&samples, line, 1.5) + 1500.0) < 1e-9);
    CHECK(fabs(dg_rate_offset_at(&samples, line, -1.5) - 1500.0) < 1e-9);
    CHECK(dg_rate_offset_at(&samples, line, 0.0) == 0.0);
}

void test_restricted_rates(void);
static void
a_statistic_makes_a_comparison(void)
{
    const dg_two_samples samples = {9, 10, 3, 25};
    dg_question question = dg_ask(DG_RATE_DIFFERENCE, DG_TWO_SIDED, 0.95);
    question.null = 0.0;
    const dg_comparison found = dg_compare_rate_difference(&samples, &question, line);
    CHECK(fabs(found.estimate - 0.78) < 1e-15 && fabs(found.statistic - 7.8) < 1e-14);
    CHECK(fabs(found.low - (0.78 - 0.1959963984540054)) < 1e-12 && fabs(found.high - (0.78 + 0.1959963984540054)) < 1e-12);
    CHECK(isnan(dg_compare_rate_difference(&(dg_two_samples){0, 0, 3, 25}, &question, line).pvalue));
}

void
test_restricted_rates(void)
{
    RUN(the_rates_solve_the_likelihood_equation);
    RUN(at_the_estimate_they_are_the_observed_rates);
    RUN(offsets_are_found_wherever_they_lie);
    RUN(a_statistic_makes_a_comparison);
}
