/* The score statistic of two proportions: how many standard errors the data are from a null value, with the standard
 * error that the null value itself implies. Positive where the measure is larger in the data. */
#ifndef DG_SCORE_STATISTIC_H
#define DG_SCORE_STATISTIC_H

#include "kernels/inference/restricted_proportions.h"

/* Miettinen and Nurminen (1985) multiply the variance by N / (N - 1); Mee (1984) and Koopman (1984) do not. The third
 * corrects the first for skewness: Gart, J. J. and Nam, J. (1988), Biometrics 44: 323-338, (1990), Biometrics 46:
 * 637-643; Laud, P. J. (2017), Pharmaceutical Statistics 16: 334-348. */
typedef enum {
    DG_SCORE,
    DG_SCORE_UNCORRECTED,
    DG_SKEWNESS_CORRECTED
} dg_score_kind;

/* What the variance is multiplied by. With N <= 1, fractions of one observation, it is infinite: they say nothing. */
double dg_variance_factor(const dg_two_samples *samples, dg_score_kind kind);

/* The statistic at the restricted estimates of some null value. 0 where the data are just what the null value implies.
 */
double dg_statistic_of(const dg_restricted *restricted, const dg_two_samples *samples, dg_measure measure,
                       dg_score_kind kind);

/* The statistic for a null value; infinite where the data are impossible under it. */
double dg_score_statistic(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double null);

#endif
