#include "kernels/inference/rate_ratio.h"

#include <math.h>

bool
dg_settle_rate_ratio(const dg_two_samples *samples, dg_comparison *answer)
{
    if (!(samples->n1 > 0.0 && samples->n2 > 0.0)) {
        *answer = (dg_comparison){NAN, NAN, NAN, NAN, NAN};
        return true;
    }
    if (!(samples->x1 + samples->x2 > 0.0)) {
        *answer = (dg_comparison){NAN, 0.0, INFINITY, NAN, 1.0};
        return true;
    }
    return false;
}

dg_comparison
dg_compare_rate_ratio(const dg_two_samples *samples, const dg_question *question, dg_odds_limit limit,
                      dg_odds_statistic statistic)
{
    dg_comparison answer;
    if (dg_settle_rate_ratio(samples, &answer)) {
        return answer;
    }
    const double per_odds = samples->n2 / samples->n1;
    const double found = statistic(samples, question->null / per_odds);
    answer = (dg_comparison){dg_estimate(samples, DG_RATIO),
                             samples->x1 > 0.0 ? per_odds * limit(samples, question->z) : 0.0,
                             samples->x2 > 0.0 ? per_odds * limit(samples, -question->z) : INFINITY, found,
                             dg_normal_pvalue(found, question->alternative)};
    dg_open_other_side(&answer, question);
    dg_settle_rounding(&answer, question);
    return answer;
}
