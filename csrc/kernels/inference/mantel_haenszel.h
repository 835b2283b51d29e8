/* Mantel and Haenszel's common measure with an interval and test from its own standard error. */
#ifndef DG_MANTEL_HAENSZEL_H
#define DG_MANTEL_HAENSZEL_H

#include "kernels/inference/strata.h"

/* The variances hold both for few large strata and for many small ones:
 *
 *     difference  Sato, T. (1989), Biometrics 45: 1323-1324, at the estimate; limits are cut at -1 and 1
 *     ratio       of the logarithm: Greenland, S. and Robins, J. M. (1985), Biometrics 41: 55-68
 *     odds ratio  of the logarithm: Robins, J., Breslow, N. and Greenland, S. (1986), Biometrics 42: 311-323
 *
 * The statistic is the distance from the null value in standard errors, of the logarithms for ratios. A standard error of 0 makes
 * a difference's interval a point, and the statistic infinite, or NaN with p 1 if the null value is that point. A ratio of 0 or
 * infinity has no standard error: limits 0 and infinity, statistic NaN, p 1. */
dg_comparison dg_mantel_haenszel_difference(const dg_strata *strata, const dg_question *question);
dg_comparison dg_mantel_haenszel_ratio(const dg_strata *strata, const dg_question *question);
dg_comparison dg_mantel_haenszel_odds_ratio(const dg_strata *strata, const dg_question *question);

#endif
