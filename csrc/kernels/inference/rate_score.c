#include "kernels/inference/rate_score.h"

#include "kernels/inference/rate_ratio.h"
#include "kernels/inference/restricted_rates.h"

#include <math.h>

static double
statistic_at(const dg_two_samples *samples, double offset)
{
    return offset == 0.0 ? 0.0 : -offset / sqrt(dg_restrict_rates(samples, offset).variance);
}

dg_comparison
dg_score_rate_difference(const dg_two_samples *samples, const dg_question *question)
{
    dg_comparison answer = dg_compare_rate_difference(samples, question, statistic_at);
    dg_settle_rounding(&answer, question);
    return answer;
}

/* The odds of an event being the first group's at which the statistic is `target`. */
static double
odds_at(const dg_two_samples *samples, double target)
{
    const double x1 = samples->x1, x2 = samples->x2, events = x1 + x2;
    const double b = 2.0 * x1 * x2 + target * target * events;
    const double larger = b + fabs(target) * sqrt(events * (target * target * events + 4.0 * x1 * x2));
    return target > 0.0 ? 2.0 * x1 * x1 / larger : larger / (2.0 * x2 * x2);
}

static double
statistic_at_odds(const dg_two_samples *samples, double odds)
{
    return (samples->x1 - odds * samples->x2) / sqrt(odds * (samples->x1 + samples->x2));
}

dg_comparison
dg_score_rate_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return dg_compare_rate_ratio(samples, question, odds_at, statistic_at_odds);
}
