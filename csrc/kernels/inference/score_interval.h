/* Intervals and tests of two proportions by the score statistic: the interval holds the null values that the test does
 * not reject. */
#ifndef DG_SCORE_INTERVAL_H
#define DG_SCORE_INTERVAL_H

#include "kernels/inference/score_statistic.h"

/* The lowest null value at which the statistic is still z: the lower limit. With the statistic corrected for skewness
 * the limit is never above the estimate, even where the correction alone exceeds z. NaN where a group is empty. */
double dg_score_low(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double z);

/* The highest null value at which the statistic is still -z: the same seen from the other group. */
double dg_score_high(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double z);

/* Estimate, limits, statistic and p-value for the question's measure. */
dg_comparison dg_compare_by_score(const dg_two_samples *samples, const dg_question *question);
dg_comparison dg_compare_by_score_uncorrected(const dg_two_samples *samples, const dg_question *question);
dg_comparison dg_compare_by_skewness_corrected(const dg_two_samples *samples, const dg_question *question);

#endif
