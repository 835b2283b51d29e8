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
    const double estimate = dg_estimate(samples, DG_RATE_DIFFERENCE);
    if (isnan(estimate)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    const double statistic = statistic_at(samples, question->null - estimate);
    dg_comparison answer = {estimate, estimate + dg_rate_offset_at(samples, statistic_at, question->z),
                            estimate + dg_rate_offset_at(samples, statistic_at, -question->z), statistic,
                            dg_normal_pvalue(statistic, question->alternative)};
    dg_open_other_side(&answer, question);
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
