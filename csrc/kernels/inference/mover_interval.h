/* Intervals put together from the Wilson intervals of the two proportions: the method of variance
 * estimates recovery, MOVER.
 *
 * With p1 and p2 the shares, (l1, u1) and (l2, u2) their Wilson limits:
 *
 *   difference   low p1 - p2 - sqrt((p1 - l1)^2 + (u2 - p2)^2), high by exchange of the groups
 *                Newcombe, R. G. (1998), Statistics in Medicine 17: 873-890, method 10
 *   ratio        low (p1^2 - (p1 - l1)^2) / (p1 p2 + sqrt((u2 - p2)^2 (p1^2 - (p1 - l1)^2) + p2^2
 * (p1 - l1)^2)), high the reciprocal of the other ratio's low Donner, A. and Zou, G. (2012),
 * Statistical Methods in Medical Research 21: 347-359, in a form that needs no case for a numerator
 * or denominator of 0 odds ratio   the same of the odds, whose limits are l / (1 - l) and u / (1 -
 * u) Fagerland, M. W. and Newcombe, R. G. (2013), Statistics in Medicine 32: 2823-2836
 *
 * At a z of 0 each is the estimate, and wider with every z: so the p-value is found as the z at
 * which a limit reaches the null value, which is the statistic, with the sign of estimate - null. A
 * null value that no z reaches has p 0.
 *
 * A ratio of 0 to 0, and odds ratios like it, have limits 0 and infinity, no statistic (NaN) and
 * p 1. NaN where a group is empty. For fewer than half the confidence of one side (z below 0) the
 * limit is the other one. */
#ifndef DG_MOVER_INTERVAL_H
#define DG_MOVER_INTERVAL_H

#include "kernels/inference/comparison.h"

dg_comparison
dg_newcombe_difference(const dg_two_samples *samples, const dg_question *question);
dg_comparison
dg_mover_ratio(const dg_two_samples *samples, const dg_question *question);

/* Where a group has only cases its odds are infinite: then the other two cells are compared, (n2 -
 * x2) of n2 against (n1 - x1) of n1, which have the same odds ratio. Where both odds are 0 or
 * infinite the limit is that of the limits, (l1 / (1 - l1)) / (u2 / (1 - u2)). */
dg_comparison
dg_mover_odds_ratio(const dg_two_samples *samples, const dg_question *question);

#endif
