/* Intervals and tests for the same people asked twice. Only those who change their answer say which time is higher: b, who said yes
 * only the first time, and c, who said yes only the second; of N people in all. */
#ifndef DG_PAIRED_INTERVAL_H
#define DG_PAIRED_INTERVAL_H

#include "kernels/inference/paired_table.h"

/* The difference of the two shares, (b - c) / N, by its score: (b - c - N d) / sqrt(N (2 q + d (1 - d))) for a null value d, where q is
 * the probability of a yes only the second time that is most probable under it, the root of
 * 2 N q^2 + ((2 N - b + c) d - b - c) q - c d (1 - d) = 0. At d = 0 it is McNemar's statistic, and 0 if nobody changed. All NaN if there
 * is nobody. Tango, T. (1998), Statistics in Medicine 17: 891-908. */
dg_comparison dg_score_paired_difference(const dg_paired_table *table, const dg_question *question);

/* The odds ratio b / c, exactly: of all who change, those with a yes the first time are binomial. Clopper and Pearson's limits; a
 * two-sided p is twice the smaller tail, at most 1. Where nobody changed the estimate is NaN, the limits are 0 and infinity, p is 1. */
dg_comparison dg_exact_paired_odds_ratio(const dg_paired_table *table, const dg_question *question);

/* The same with half of the probability of the counts themselves in each tail: McNemar's mid-p test at odds ratio 1.
 * Fagerland, M. W., Lydersen, S., Laake, P. (2013), BMC Medical Research Methodology 13: 91. */
dg_comparison dg_mid_p_paired_odds_ratio(const dg_paired_table *table, const dg_question *question);

#endif
