/* The score interval and test of a common measure: the strata's scores added up, each under its own restricted proportions. */
#ifndef DG_STRATIFIED_SCORE_H
#define DG_STRATIFIED_SCORE_H

#include "kernels/inference/strata.h"

/* At a null value the statistic is
 *
 *     sum(w residual) / sqrt(sum(w^2 variance N / (N - 1)))
 *
 * over the strata (see stratum_score.h), where w = n1 n2 / N for differences and ratios and 1 for odds ratios. It is standard
 * normal if every stratum has that null value. The estimate is where it is 0, the limits where it is z and -z: the outermost such
 * places, for it nearly always falls as the null value rises, but need not where strata differ very much. With one stratum it is Miettinen and Nurminen's, and at no difference it is, for all three measures, the Cochran
 * Mantel Haenszel test without continuity correction.
 *
 * Miettinen, O. and Nurminen, M. (1985), Statistics in Medicine 4: 213-226, who iterate weights close to these; the weights
 * are those of Lu, K. (2008), Proceedings of the Joint Statistical Meetings, 3888-3893: they are always defined, do not move with
 * the null value, and give Mantel and Haenszel's estimate. Odds ratio: Tang, Y. (2020), Statistics in Medicine 39: 3427-3457.
 *
 * NaN when no stratum has both groups. Where the strata say nothing about the measure the estimate is NaN, the limits are the
 * ends of the range, the statistic is 0 and p 1. */
dg_comparison dg_stratified_score(const dg_strata *strata, const dg_question *question);

#endif
