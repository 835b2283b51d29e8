#include "kernels/inference/rate_conditional.h"

#include "kernels/inference/binomial_odds.h"
#include "kernels/inference/rate_ratio.h"

#include <math.h>

static dg_comparison
compare(const dg_two_samples *samples, const dg_question *question, double own)
{
    dg_comparison answer;
    if (dg_settle_rate_ratio(samples, &answer)) {
        return answer;
    }
    const dg_binomial_split seen = {samples->x1, samples->x2, own};
    const double per_odds = samples->n2 / samples->n1;
    answer = (dg_comparison){dg_estimate(samples, DG_RATIO), per_odds * dg_binomial_odds_low(&seen, question->tail),
                             per_odds * dg_binomial_odds_high(&seen, question->tail), NAN,
                             dg_binomial_odds_pvalue(&seen, question->null / per_odds, question->alternative)};
    dg_open_other_side(&answer, question);
    dg_settle_rounding(&answer, question);
    return answer;
}

dg_comparison
dg_exact_rate_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, 1.0);
}

dg_comparison
dg_mid_p_rate_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, 0.5);
}
