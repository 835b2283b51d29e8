/* How one stratum differs from a common measure: its score, under its own restricted maximum likelihood proportions p1 and p2. */
#ifndef DG_STRATUM_SCORE_H
#define DG_STRATUM_SCORE_H

#include "kernels/inference/strata.h"

/*             residual                variance                                gradient (minus the residual's mean slope)
 * difference  x1/n1 - x2/n2 - null    p1 q1 / n1 + p2 q2 / n2                 1
 * ratio       x1/n1 - null x2/n2      p1 q1 / n1 + null^2 p2 q2 / n2          p2
 * odds ratio  x1 - n1 p1              1 / (1 / (n1 p1 q1) + 1 / (n2 p2 q2))   the variance (the slope in the logarithm)
 */
typedef struct {
    double residual, variance, gradient;
} dg_stratum_score;

/* The stratum must have both groups. */
dg_stratum_score dg_score_stratum(const dg_two_samples *stratum, dg_measure measure, double null);

/* N / (N - 1): what Miettinen and Nurminen multiply variances by. Makes them right when proportions are all that is restricted. */
double dg_finite_factor(const dg_two_samples *stratum);

#endif
