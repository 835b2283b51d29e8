#include "kernels/inference/score_statistic.h"

#include <math.h>

/* What one group adds to the variance of the estimate of the measure (or its logarithm), and its third moment over that. */
typedef struct {
    double variance, asymmetry;
} moments;

static moments
moments_of(double p, double q, double n, dg_measure measure)
{
    if (measure == DG_DIFFERENCE) {
        return (moments){p * q / n, (q - p) / n};
    }
    const double information = measure == DG_RATIO ? n * p : n * p * q;
    return (moments){measure == DG_RATIO ? q / information : 1.0 / information, (q - p) / information};
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

/* The z with statistic = z + skewness (z^2 - 1), skewness being a sixth of the usual one: the root that goes with skewness to the
 * statistic itself. Where there is none, the statistic being larger than any z would bring about, its formula without the square
 * root, which joins on and goes on growing with the statistic. */
static double
corrected(double statistic, double skewness)
{
    const double moved = statistic + skewness, root = sqrt(fmax(0.0, 1.0 + 4.0 * skewness * moved));
    return 2.0 * moved / (1.0 + root);
}

double
dg_statistic_of(const dg_restricted *r, const dg_two_samples *samples, dg_measure measure, dg_score_kind kind)
{
    const moments first = moments_of(r->p1, r->q1, samples->n1, measure);
    const moments second = moments_of(r->p2, r->q2, samples->n2, measure);
    const double sum = first.variance + second.variance, factor = dg_variance_factor(samples, kind);
    const double statistic = r->score == 0.0 || isinf(r->score) ? r->score : r->score * sqrt(sum / factor);
    const double variance = sum * factor;
    if (kind != DG_SKEWNESS_CORRECTED || !(variance > 0.0 && variance < INFINITY)) {
        return statistic;
    }
    const double third = first.variance * first.asymmetry - second.variance * second.asymmetry;
    return corrected(statistic, third / (6.0 * variance * sqrt(variance)));
}

double
dg_score_statistic(const dg_two_samples *samples, dg_measure measure, dg_score_kind kind, double null)
{
    const dg_restricted restricted = dg_restrict(samples, measure, null);
    return dg_statistic_of(&restricted, samples, measure, kind);
}
