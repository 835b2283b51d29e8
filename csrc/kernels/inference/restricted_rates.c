#include "kernels/inference/restricted_rates.h"

#include "kernels/inference/root.h"

#include <math.h>

/* (b + sqrt(b^2 + 4 c)) / (2 n), with root = sqrt(b^2 + 4 c). */
static double
larger_root(double b, double c, double root, double n)
{
    return b >= 0.0 ? (b + root) / (2.0 * n) : 2.0 * c / (n * (root - b));
}

dg_restricted_rates
dg_restrict_rates(const dg_two_samples *samples, double offset)
{
    const double x1 = samples->x1, n1 = samples->n1, x2 = samples->x2, n2 = samples->n2, n = n1 + n2;
    const double apart = n * offset + n2 * (x1 / n1) - n1 * (x2 / n2);
    const double root = hypot(apart, 2.0 * sqrt(x1) * sqrt(x2));
    const double difference = offset + (x1 / n1 - x2 / n2);
    const double rate1 = larger_root(2.0 * x1 + apart, -n * x1 * difference, root, n);
    const double rate2 = larger_root(2.0 * x2 - apart, n * x2 * difference, root, n);
    return (dg_restricted_rates){rate1, rate2, rate1 / n1 + rate2 / n2, rate1 / n1 / n1 - rate2 / n2 / n2};
}

typedef struct {
    const dg_two_samples *samples;
    dg_rate_statistic statistic;
    double target;
} search;

static double
above_target(double offset, const void *context)
{
    const search *wanted = context;
    return wanted->statistic(wanted->samples, offset) - wanted->target;
}

/* Beyond it the score is farther out than the target: the variance grows no faster than by offset / n. */
static double
reach(const dg_two_samples *samples, double n, double target)
{
    const double half = 0.5 * target * target / n;
    const double variance = samples->x1 / samples->n1 / samples->n1 + samples->x2 / samples->n2 / samples->n2;
    return half + sqrt(half * half + target * target * variance);
}

double
dg_rate_offset_at(const dg_two_samples *samples, dg_rate_statistic statistic, double target)
{
    const search wanted = {samples, statistic, target};
    const double here = above_target(0.0, &wanted);
    if (here == 0.0) {
        return 0.0;
    }
    double end = here > 0.0 ? reach(samples, samples->n1, target) : -reach(samples, samples->n2, target);
    double there = above_target(end, &wanted);
    for (int i = 0; i < 60 && (there > 0.0) == (here > 0.0); i++) {
        end *= 2.0;
        there = above_target(end, &wanted);
    }
    return dg_find_root(above_target, &wanted, (dg_bracket){0.0, end, here, there}, 0.0);
}

dg_comparison
dg_compare_rate_difference(const dg_two_samples *samples, const dg_question *question, dg_rate_statistic statistic)
{
    const double estimate = dg_estimate(samples, DG_RATE_DIFFERENCE);
    if (isnan(estimate)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    const double seen = statistic(samples, question->null - estimate);
    dg_comparison answer = {estimate, estimate + dg_rate_offset_at(samples, statistic, question->z),
                            estimate + dg_rate_offset_at(samples, statistic, -question->z), seen,
                            dg_normal_pvalue(seen, question->alternative)};
    dg_open_other_side(&answer, question);
    return answer;
}
