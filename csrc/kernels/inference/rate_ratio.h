/* What the methods for a ratio of two Poisson rates share. Given all events, those of the first group are binomial, and the odds that
 * an event is the first group's are the ratio times n1 / n2: whatever depends on the exposures goes through these odds. */
#ifndef DG_RATE_RATIO_H
#define DG_RATE_RATIO_H

#include "kernels/inference/comparison.h"

#include <stdbool.h>

/* The odds at which a method's statistic equals `target`; the statistic, which falls as the odds grow, at given odds. */
typedef double (*dg_odds_limit)(const dg_two_samples *samples, double target);
typedef double (*dg_odds_statistic)(const dg_two_samples *samples, double odds);

/* The answer of a method whose statistic is standard normal. The lower limit is 0 without events in the first group, the upper one
 * infinite without events in the second. */
dg_comparison dg_compare_rate_ratio(const dg_two_samples *samples, const dg_question *question, dg_odds_limit limit,
                                    dg_odds_statistic statistic);

/* True where the counts alone settle the answer: without exposure in a group all is NaN; without events in either the estimate is
 * NaN, the limits are 0 and infinity and p is 1. */
bool dg_settle_rate_ratio(const dg_two_samples *samples, dg_comparison *answer);

#endif
