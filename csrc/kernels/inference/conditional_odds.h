/* Exact inference for an odds ratio, given both margins of the 2 x 2 table: Fisher's noncentral
 * hypergeometric distribution.
 *
 * The estimate is the conditional maximum likelihood one: 0 or infinite where the first cell is as
 * small or as large as the margins allow. There is no statistic (NaN). Where the margins allow one
 * table only, nothing can be known: estimate NaN, limits 0 and infinity, p 1. NaN where a group is
 * empty, and for counts that are not whole. */
#ifndef DG_CONDITIONAL_ODDS_H
#define DG_CONDITIONAL_ODDS_H

#include "kernels/inference/comparison.h"

/* Two-sided p is twice the smaller tail; each limit is the odds ratio at which its tail is that of
 * the question (Cornfield, J. (1956), Third Berkeley Symposium 4: 135-148): the interval that R's
 * fisher.test prints. */
dg_comparison
dg_central_odds_ratio(const dg_two_samples *samples, const dg_question *question);

/* The same with half the probability of the table that is seen. */
dg_comparison
dg_mid_p_odds_ratio(const dg_two_samples *samples, const dg_question *question);

/* Two-sided p is the probability of all tables that are not more probable than the one seen
 * (Fisher's test as R has it). As a function of the null value it jumps up and sinks again; the
 * limits are the smallest and largest null value that it does not reject, and values between them
 * may be rejected. One-sided it is the central method. Baptista, J. and Pike, M. C. (1977), Applied
 * Statistics 26: 214-220. */
dg_comparison
dg_fisher_odds_ratio(const dg_two_samples *samples, const dg_question *question);

#endif
