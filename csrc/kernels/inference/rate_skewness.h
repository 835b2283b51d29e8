/* The score for two Poisson rates corrected for its skewness, so that both tails hold the same probability more nearly.
 *
 * With s the score statistic and g = third moment / (6 variance^1.5) the corrected statistic is the root of g z^2 + z - (s + g) = 0
 * that is s where g is 0. Where there is no root it goes on from there as 2 (s + g).
 * Laud, P. J. (2017), Equal-tailed confidence intervals for comparison of rates, Pharmaceutical Statistics 16: 334-348. */
#ifndef DG_RATE_SKEWNESS_H
#define DG_RATE_SKEWNESS_H

#include "kernels/inference/comparison.h"

/* Difference of rates; the limits are found, one root each. Without any events the corrected statistic jumps at 0, where it is 0. */
dg_comparison dg_skewness_rate_difference(const dg_two_samples *samples, const dg_question *question);

/* Ratio of rates. With X events and w^2 = ratio n1 / n2, g = (1 - w^2) / (6 w sqrt(X)) and the limits are roots of
 * (k - x2) w^2 - z sqrt(X) w + x1 - k = 0, k = (z^2 - 1) / 6. As w falls to 0 the corrected statistic rises to sqrt(6 x1 + 1) only: a
 * z beyond that leaves the lower limit 0, and likewise the upper one infinite. */
dg_comparison dg_skewness_rate_ratio(const dg_two_samples *samples, const dg_question *question);

/* The odds of an event being the first group's at which the corrected statistic of x1 and x2 events is `target`. */
double dg_skewness_corrected_odds(double x1, double x2, double target);

#endif
