/* The exact test and interval for a ratio of two Poisson rates.
 *
 * Given all events X = x1 + x2, those of the first group are binomial with odds f = ratio n1 / n2, whatever the rates are. The limits
 * are those of Clopper and Pearson for x1 of X; a two-sided p is twice the smaller tail, at most 1, so that it is below 1 - level
 * exactly when the interval excludes the null value. There is no statistic: NaN. */
#ifndef DG_RATE_CONDITIONAL_H
#define DG_RATE_CONDITIONAL_H

#include "kernels/inference/comparison.h"

/* Never less sure than it says. Przyborowski, J. and Wilenski, H. (1940), Biometrika 31: 313-323. */
dg_comparison dg_exact_rate_ratio(const dg_two_samples *samples, const dg_question *question);

/* With only half of the probability of the counts themselves in each tail, which is closer to the level on average.
 * Berry, G. and Armitage, P. (1995), The Statistician 44: 417-423. */
dg_comparison dg_mid_p_rate_ratio(const dg_two_samples *samples, const dg_question *question);

#endif
