#include "kernels/inference/score_statistic.h"

#include <math.h>

/* What one group adds to the variance of the estimate of the measure (or its logarithm). */
static double
variance_of(double p, double q, double n, dg_measure measure)
{
    if (measure == DG_DIFFERENCE) {
        return p * q / n;
    }
    return measure == DG_RATIO ? q / (n * p) : 1.0 / (n * p * q);
}

/* Its third moment over its variance. */
static double
asymmetry_of(double p, double q, double n, dg_measure measure)
{
    if (measure == DG_DIFFERENCE) {
        return (q - p) / n;
    }
    return (q - p) / (measure == DG_RATIO ? n * p : n * p * q);
}

double
dg_variance_factor(const dg_two_samples *samples, dg_score_kind kind)
{
    const double n = samples->n1 + samples->n2;
    if (kind == DG_SCORE_UNCORRECTED) {
        return 1.0;
    }
    return n > 1.0 ? n / (n - 1.0) : INFINITY;
}

/* The z with statistic = z + skewness (z^2 - 1), skewness being a sixth of the usual one: the root that goes with
 * skewness to the statistic itself. Where there is none, the statistic being larger than any z would bring about, its
 * formula without the square root, which joins on and goes on growing with the statistic. */
static double
corrected(double statistic, double skewness)
{
    const double moved = statistic + skewness, root = sqrt(fmax(0.0, 1.0 + 4.0 * skewness * moved));
    return 2.0 * moved / (1.0 + root);
}

double
dg_statistic_of(const dg_restricted *r, const dg_two_samples *samples, dg_measure measure, dg_score_kind kind)
{
    const double n1 = samples->n1, n2 = samples->n2, factor = dg_variance_factor(samples, kind);
    const double first = variance_of(r->p1, r->q1, n1, measure), second = variance_of(r->p2, r->q2, n2, measure);
    const double sum = first + second, variance = sum * factor;
    const double statistic = r->score == 0.0 || isinf(r->score) ? r->score : r->score * sqrt(sum / factor);
    if (kind != DG_SKEWNESS_CORRECTED || !(variance > 0.0 && variance < INFINITY)) {
        return statistic;
    }
    const double third =
            first * asymmetry_of(r->p1, r->q1, n1, measure) - second * asymmetry_of(r->p2, r->q2, n2, measure);
    return corrected(statistic, third / (6.0 * variance * sqrt(variance)));
}

double
dg_score_statistic(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double null)
{
    const dg_restricted restricted = dg_restrict(samples, measure, null);
    return dg_statistic_of(&restricted, samples, measure, kind);
}
