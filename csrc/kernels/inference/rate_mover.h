/* Limits for two Poisson rates put together from the score limits of each rate by itself: the method of variance estimates recovery.
 *
 * Of one count x the score limits lie z x / (sqrt(x + z^2 / 4) + z / 2) below it and z sqrt(x + z^2 / 4) + z^2 / 2 above it. The limits
 * of w1 x1 - w2 x2 lie as far from it as the hypotenuse of the two distances that pull it down, or up. An interval comes first here;
 * the test's statistic is the z at which the interval ends at the null value, with a sign, so that p is the smallest 1 - level at which
 * the interval excludes it. Donner, A. and Zou, G. Y. (2012), Statistical Methods in Medical Research 21: 347-359. */
#ifndef DG_RATE_MOVER_H
#define DG_RATE_MOVER_H

#include "kernels/inference/comparison.h"

/* Difference of rates, w = 1 / n. NaN where an exposure is 0. */
dg_comparison dg_mover_rate_difference(const dg_two_samples *samples, const dg_question *question);

/* Ratio of rates: the ratios whose x1 - f x2, with f = ratio n1 / n2, has limits that end at 0. */
dg_comparison dg_mover_rate_ratio(const dg_two_samples *samples, const dg_question *question);

#endif
