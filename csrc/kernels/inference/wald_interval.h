/* Wald's interval and test: an estimate and its own standard error. NaN where a group is empty. */
#ifndef DG_WALD_INTERVAL_H
#define DG_WALD_INTERVAL_H

#include "kernels/inference/comparison.h"

/* Difference of proportions; the limits are cut at -1 and 1. With both shares 0 or 1 the standard
 * error is 0: the interval is a point, and the statistic infinite, or 0 if the null value is that
 * point. */
dg_comparison
dg_wald_difference(const dg_two_samples *samples, const dg_question *question);

/* The same after adding a case with the property and a case without to each group, so that the
 * standard error is never 0. The estimate stays that of the counts. Agresti, A. and Caffo, B.
 * (2000), The American Statistician 54: 280-288. */
dg_comparison
dg_agresti_caffo_difference(const dg_two_samples *samples, const dg_question *question);

/* Ratio of proportions on the log scale, with variance 1/x1 - 1/n1 + 1/x2 - 1/n2. Where either
 * count is 0 the method knows nothing: limits 0 and infinity, no statistic (NaN), p 1. Where both
 * groups have only cases the standard error is 0, as above. Katz, D., Baptista, J., Azen, S. P. and
 * Pike, M. C. (1978), Biometrics 34: 469-474. */
dg_comparison
dg_katz_ratio(const dg_two_samples *samples, const dg_question *question);

/* Odds ratio on the log scale, with variance the sum of the reciprocals of the four cells. Where a
 * cell is 0 the method knows nothing, as above. Woolf, B. (1955), Annals of Human Genetics 19:
 * 251-253. */
dg_comparison
dg_woolf_odds_ratio(const dg_two_samples *samples, const dg_question *question);

#endif
