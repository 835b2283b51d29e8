/* The exact law of a difference of two resampled shares, D = X1 / nobs1 - X2 / nobs2, in whole numbers: D is k / (nobs1 nobs2)
 * with k = X1 nobs2 - X2 nobs1, so that which values are equal does not depend on rounding. */
#ifndef DG_DIFFERENCE_DISTRIBUTION_H
#define DG_DIFFERENCE_DISTRIBUTION_H

#include "kernels/resampling/count_law.h"
#include "kernels/status.h"
#include "kernels/stop.h"

/* Two groups: 0 <= count <= nobs, 0 < nobs <= DG_LARGEST_TOTAL. */
typedef struct {
    int64_t count1, nobs1, count2, nobs2;
} dg_two_shares;

/* Chances this close, relative to their size, count as equal. */
#define DG_SAME_CHANCE 1e-12

/* The bootstrap's quantiles, X1 and X2 independent binomials with the observed shares: low is the smallest value with
 * P(D <= low) >= tail, high the smallest with P(D > high) <= tail; as values of k. 0 < tail <= 1/2. */
dg_status dg_difference_quantiles(const dg_two_shares *shares, double tail, int64_t *low, int64_t *high, const dg_stop *stop);

/* The permutation's tails: P(D <= observed) and P(D >= observed) when people are shuffled between the groups. D grows with X1,
 * so they are those of a hypergeometric, in which nothing ties. */
dg_status dg_permutation_tails(const dg_two_shares *shares, double *at_most, double *at_least);

#endif
