/* Whether a common measure is common: do the strata differ more than chance makes them? */
#ifndef DG_HOMOGENEITY_H
#define DG_HOMOGENEITY_H

#include "kernels/inference/strata.h"

/* With the efficient score S of each stratum at Mantel and Haenszel's common measure and its information I, under the restricted
 * maximum likelihood proportions of the stratum:
 *
 *     sum(S^2 / I) - sum(S)^2 / sum(I)
 *
 * For the odds ratio S = x1 - n1 p1 and I = 1 / (1 / (n1 p1 q1) + 1 / (n2 p2 q2)): Breslow and Day's statistic with Tarone's
 * correction (Tarone, R. E. (1985), Biometrika 72: 91-95), without which it is not chi-squared at Mantel and Haenszel's
 * estimate. For the difference and the ratio the same, with the variance of Miettinen and Nurminen (Gart, J. J. and Nam, J. (1990),
 * Biometrics 46: 637-643, at the maximum likelihood estimate, where sum(S) is 0). A stratum whose information is 0 (nobody or
 * everybody has the outcome, where that could not be otherwise) is left out and takes its degree of freedom with it. */
dg_homogeneity dg_test_homogeneity(const dg_strata *strata, dg_measure measure);

#endif
