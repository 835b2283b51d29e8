#include "kernels/inference/wald_interval.h"

#include <math.h>
#include <stdbool.h>

static const dg_comparison NOTHING = {NAN, NAN, NAN, NAN, NAN};

static bool
has_empty_group(const dg_two_samples *samples)
{
    return !(samples->n1 > 0.0 && samples->n2 > 0.0);
}

/* How many standard errors lie between the estimate and the null value: 0 where both are the same
 * point. */
static double
deviate(double distance, double error)
{
    return distance == 0.0 ? 0.0 : distance / error;
}

static double
cut(double difference)
{
    return fmax(fmin(difference, 1.0), -1.0);
}

static dg_comparison
around(double centre, double error, const dg_two_samples *samples, const dg_question *question)
{
    const double reach = question->z * error, statistic = deviate(centre - question->null, error);
    dg_comparison answer = {dg_estimate(samples, DG_DIFFERENCE), cut(centre - reach),
                            cut(centre + reach), statistic,
                            dg_normal_pvalue(statistic, question->alternative)};
    dg_settle_rounding(&answer, question);
    dg_open_other_side(&answer, question);
    return answer;
}

dg_comparison
dg_wald_difference(const dg_two_samples *samples, const dg_question *question)
{
    if (has_empty_group(samples)) {
        return NOTHING;
    }
    const double p1 = samples->x1 / samples->n1, p2 = samples->x2 / samples->n2;
    return around(p1 - p2, sqrt(p1 * (1.0 - p1) / samples->n1 + p2 * (1.0 - p2) / samples->n2),
                  samples, question);
}

dg_comparison
dg_agresti_caffo_difference(const dg_two_samples *samples, const dg_question *question)
{
    if (has_empty_group(samples)) {
        return NOTHING;
    }
    const double n1 = samples->n1 + 2.0, n2 = samples->n2 + 2.0;
    const double p1 = (samples->x1 + 1.0) / n1, p2 = (samples->x2 + 1.0) / n2;
    return around(p1 - p2, sqrt(p1 * (1.0 - p1) / n1 + p2 * (1.0 - p2) / n2), samples, question);
}

/* `variance` is that of the log of the estimate; infinite where a cell is 0. */
static dg_comparison
around_log(double variance, const dg_two_samples *samples, const dg_question *question)
{
    const double estimate = dg_estimate(samples, question->measure);
    if (isinf(variance)) {
        return (dg_comparison){estimate, 0.0, INFINITY, NAN, 1.0};
    }
    const double error = sqrt(variance), statistic = deviate(log(estimate / question->null), error);
    dg_comparison answer = {estimate, estimate * exp(-question->z * error),
                            estimate * exp(question->z * error), statistic,
                            dg_normal_pvalue(statistic, question->alternative)};
    dg_settle_rounding(&answer, question);
    dg_open_other_side(&answer, question);
    return answer;
}

dg_comparison
dg_katz_ratio(const dg_two_samples *samples, const dg_question *question)
{
    const double x1 = samples->x1, n1 = samples->n1, x2 = samples->x2, n2 = samples->n2;
    if (has_empty_group(samples)) {
        return NOTHING;
    }
    return around_log((n1 - x1) / (x1 * n1) + (n2 - x2) / (x2 * n2), samples, question);
}

dg_comparison
dg_woolf_odds_ratio(const dg_two_samples *samples, const dg_question *question)
{
    const double x1 = samples->x1, n1 = samples->n1, x2 = samples->x2, n2 = samples->n2;
    if (has_empty_group(samples)) {
        return NOTHING;
    }
    return around_log(1.0 / x1 + 1.0 / (n1 - x1) + 1.0 / x2 + 1.0 / (n2 - x2), samples, question);
}
