/* Wald's interval and test: the estimate and its own standard error. */
#ifndef DG_WALD_INTERVAL_H
#define DG_WALD_INTERVAL_H

#include "kernels/inference/comparison.h"

/* Difference of proportions; the limits are cut at -1 and 1. With both shares 0 or 1 the standard error is 0: the interval is a point
 * and the statistic infinite, or NaN (and p 1) if the null value is that point. */
dg_comparison dg_wald_difference(const dg_two_samples *samples, const dg_question *question);

#endif
