/* Two Poisson rates held a given difference apart, as a score statistic of their difference needs them. */
#ifndef DG_RESTRICTED_RATES_H
#define DG_RESTRICTED_RATES_H

#include "kernels/inference/comparison.h"

/* The most probable rates among those whose difference is the given one, the score's variance and its third central moment. */
typedef struct {
    double rate1, rate2, variance, third_moment;
} dg_restricted_rates;

/* `offset` is the difference less the observed difference. Written that way nothing cancels near the estimate, where limits of
 * large counts lie. The rates solve a quadratic, each half of which is written so that it does not cancel:
 *
 *     N = n1 + n2,  A = N offset + n2 x1 / n1 - n1 x2 / n2,  S = sqrt(A^2 + 4 x1 x2)
 *     rate1 = (2 x1 + A + S) / (2 N),  rate2 = (2 x2 - A + S) / (2 N)
 *
 * variance = rate1 / n1 + rate2 / n2 and third moment = rate1 / n1^2 - rate2 / n2^2. Both exposures are above 0. */
dg_restricted_rates dg_restrict_rates(const dg_two_samples *samples, double offset);

/* The offset where a statistic, as a function of the offset, equals `target`; `statistic` falls from above 0 to below 0 as the
 * offset grows. The search starts from the span that always holds the score's limit and widens until the target is in it. */
typedef double (*dg_rate_statistic)(const dg_two_samples *samples, double offset);
double dg_rate_offset_at(const dg_two_samples *samples, dg_rate_statistic statistic, double target);

/* Estimate, test and limits of the difference of rates by such a statistic. NaN where an exposure is 0. */
dg_comparison dg_compare_rate_difference(const dg_two_samples *samples, const dg_question *question, dg_rate_statistic statistic);

#endif
