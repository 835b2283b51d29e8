#include "kernels/inference/rate_skewness.h"

#include "kernels/inference/rate_ratio.h"
#include "kernels/inference/restricted_rates.h"

#include <math.h>

/* The root (sqrt(1 + 4 g (s + g)) - 1) / (2 g), written so that it does not cancel for small g. */
static double
corrected(double score, double g)
{
    return 2.0 * (score + g) / (1.0 + sqrt(fmax(1.0 + 4.0 * g * (score + g), 0.0)));
}

static double
statistic_at(const dg_two_samples *samples, double offset)
{
    const dg_restricted_rates rates = dg_restrict_rates(samples, offset);
    const double error = sqrt(rates.variance);
    return error > 0.0 ? corrected(-offset / error, rates.third_moment / (6.0 * rates.variance * error)) : 0.0;
}

dg_comparison
dg_skewness_rate_difference(const dg_two_samples *samples, const dg_question *question)
{
    return dg_compare_rate_difference(samples, question, statistic_at);
}

double
dg_skewness_corrected_odds(double x1, double x2, double target)
{
    const double k = (target * target - 1.0) / 6.0;
    if (target > 0.0 ? k >= x1 : k >= x2) {
        return target > 0.0 ? 0.0 : INFINITY;
    }
    const double b = fabs(target) * sqrt(x1 + x2);
    const double larger = b + sqrt(b * b - 4.0 * (k - x2) * (x1 - k));
    const double root = target > 0.0 ? 2.0 * (x1 - k) / larger : larger / (2.0 * (x2 - k));
    return root * root;
}

static double
odds_at(const dg_two_samples *samples, double target)
{
    return dg_skewness_corrected_odds(samples->x1, samples->x2, target);
}

static double
statistic_at_odds(const dg_two_samples *samples, double odds)
{
    const double unit = sqrt(odds * (samples->x1 + samples->x2));
    return corrected((samples->x1 - odds * samples->x2) / unit, (1.0 - odds) / (6.0 * unit));
}

dg_comparison
dg_skewness_rate_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return dg_compare_rate_ratio(samples, question, odds_at, statistic_at_odds);
}
