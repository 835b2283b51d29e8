/* The score interval and test for two Poisson rates: the standard error is that of the rates most probable under the null value. */
#ifndef DG_RATE_SCORE_H
#define DG_RATE_SCORE_H

#include "kernels/inference/comparison.h"

/* Difference of rates: (x1 / n1 - x2 / n2 - null) / sqrt(rate1 / n1 + rate2 / n2), with the rates of restricted_rates.h. The limits
 * are found, one root each. With no events at all and null 0 the statistic is 0, which it tends to. NaN where an exposure is 0.
 * Miettinen, O. and Nurminen, M. (1985), Statistics in Medicine 4: 213-226; for rates there is no factor N / (N - 1). */
dg_comparison dg_score_rate_difference(const dg_two_samples *samples, const dg_question *question);

/* Ratio of rates. With X events in all and f = null n1 / n2 the statistic is (x1 - f x2) / sqrt(f X), so that the limits are the two
 * roots of x2^2 f^2 - (2 x1 x2 + z^2 X) f + x1^2 = 0 times n2 / n1. Without events in the second group the upper limit is infinite;
 * with none in either the estimate and the statistic are NaN, the limits 0 and infinity, and p is 1. */
dg_comparison dg_score_rate_ratio(const dg_two_samples *samples, const dg_question *question);

#endif
