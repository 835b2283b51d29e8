/* Fisher's two-sided test of an odds ratio by likelihood, and its limit; which probabilities tie.
 */
#ifndef DG_FISHER_ODDS_H
#define DG_FISHER_ODDS_H

#include "kernels/distributions/noncentral_hypergeometric.h"

/* The probability of all tables that are not more probable than this one, ties among them. */
double
dg_fisher_pvalue(const dg_fourfold *table, double odds_ratio);

/* The smallest odds ratio whose p-value reaches `outside`; `z` is the normal quantile of half of
 * it, from which a search starts. */
double
dg_fisher_low(const dg_fourfold *table, double outside, double z);

#endif
