#include "kernels/inference/mover_interval.h"

#include "kernels/inference/root.h"

#include <math.h>
#include <stdbool.h>

/* A quantity of one group and how far its limits lie below and above it. */
typedef struct {
    double value, below, above;
} arm;

typedef struct {
    double low, high;
} limits;

typedef limits (*limits_at)(const dg_two_samples *samples, double z);

/* How far below x / n the Wilson limit lies, from t = z^2 / n, without a difference of nearly equal
 * numbers. */
static double
wilson_below(double x, double n, double t)
{
    const double p = x / n, q = (n - x) / n, spread = sqrt(t * (p * q + 0.25 * t));
    return p < 0.5 ? (p == 0.0 ? 0.0 : t * p * q / (spread + t * (0.5 - p)))
                   : (t * (p - 0.5) + spread) / (1.0 + t);
}

static arm
share(double x, double n, double z)
{
    const double t = z * z / n;
    if (t == 0.0) {
        return (arm){x / n, 0.0, 0.0};
    }
    return (arm){x / n, wilson_below(x, n, t), wilson_below(n - x, n, t)};
}

/* The odds of a share below 1. */
static arm
odds(double x, double n, double z)
{
    const arm p = share(x, n, z);
    const double q = (n - x) / n;
    return (arm){p.value / q, p.below / (q * (q + p.below)), p.above / (q * (q - p.above))};
}

static limits
difference_limits(const dg_two_samples *s, double z)
{
    const arm first = share(s->x1, s->n1, z), second = share(s->x2, s->n2, z);
    const double estimate = first.value - second.value;
    return (limits){estimate - hypot(first.below, second.above),
                    estimate + hypot(first.above, second.below)};
}

/* The lower limit of first / second; 0 where the first can be 0, by rounding too. */
static double
lowest_ratio(arm first, arm second)
{
    const double p1 = first.value, p2 = second.value,
                 inside = (p1 - first.below) * (p1 + first.below);
    if (!(inside > 0.0)) {
        return 0.0;
    }
    const double spread =
            sqrt(second.above * second.above * inside + p2 * p2 * first.below * first.below);
    return inside / (p1 * p2 + spread);
}

static limits
ratio_limits(const dg_two_samples *s, double z)
{
    const arm first = share(s->x1, s->n1, z), second = share(s->x2, s->n2, z);
    return (limits){lowest_ratio(first, second), 1.0 / lowest_ratio(second, first)};
}

static limits
odds_ratio_limits(const dg_two_samples *s, double z)
{
    const bool all1 = s->x1 == s->n1, all2 = s->x2 == s->n2;
    if (all1 && s->x2 == 0.0) {
        return (limits){s->n1 * s->n2 / (z * z * z * z), INFINITY}; /* odds n1 / z^2 and z^2 / n2 */
    }
    if (all2 && s->x1 == 0.0) {
        return (limits){0.0, z * z * z * z / (s->n1 * s->n2)};
    }
    const double m1 = s->n1 - s->x1, m2 = s->n2 - s->x2;
    const arm first = all1 || all2 ? odds(m2, s->n2, z) : odds(s->x1, s->n1, z);
    const arm second = all1 || all2 ? odds(m1, s->n1, z) : odds(s->x2, s->n2, z);
    return (limits){lowest_ratio(first, second), 1.0 / lowest_ratio(second, first)};
}

typedef struct {
    const dg_two_samples *samples;
    limits_at at;
    double null;
    bool lower;
} reach;

/* Below zero while the interval of this z leaves the null value out. */
static double
takes_in(double z, const void *context)
{
    const reach *asked = context;
    const limits found = asked->at(asked->samples, z);
    return asked->lower ? asked->null - found.low : found.high - asked->null;
}

/* The z at which the interval takes the null value in; infinity if none does. */
static double
find_z(const reach *asked)
{
    static const double FURTHEST = 1e50;
    dg_bracket bracket = {0.0, 1.0, takes_in(0.0, asked), takes_in(1.0, asked)};
    while (bracket.at_high < 0.0 && bracket.high < FURTHEST) {
        bracket.low = bracket.high;
        bracket.at_low = bracket.at_high;
        bracket.high *= 2.0;
        bracket.at_high = takes_in(bracket.high, asked);
    }
    return bracket.at_high < 0.0 ? INFINITY : dg_find_root(takes_in, asked, bracket, 0.0);
}

static double
signed_z(limits_at at, const dg_two_samples *samples, double estimate, double null)
{
    if (estimate == null) {
        return 0.0;
    }
    const reach asked = {samples, at, null, estimate > null};
    return asked.lower ? find_z(&asked) : -find_z(&asked);
}

static dg_comparison
compare(limits_at at, const dg_two_samples *samples, const dg_question *question)
{
    if (!(samples->n1 > 0.0 && samples->n2 > 0.0)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    const double estimate = dg_estimate(samples, question->measure);
    if (isnan(estimate)) {
        return (dg_comparison){NAN, 0.0, INFINITY, NAN, 1.0};
    }
    limits found = at(samples, fabs(question->z));
    found = (limits){fmin(found.low, estimate),
                     fmax(found.high, estimate)}; /* in spite of rounding */
    const bool swapped = question->z < 0.0;
    const double statistic = signed_z(at, samples, estimate, question->null);
    dg_comparison answer = {estimate, swapped ? found.high : found.low,
                            swapped ? found.low : found.high, statistic,
                            dg_normal_pvalue(statistic, question->alternative)};
    dg_settle_rounding(&answer, question);
    dg_open_other_side(&answer, question);
    return answer;
}

dg_comparison
dg_newcombe_difference(const dg_two_samples *samples, const dg_question *question)
{
    return compare(difference_limits, samples, question);
}

dg_comparison
dg_mover_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return compare(ratio_limits, samples, question);
}

dg_comparison
dg_mover_odds_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return compare(odds_ratio_limits, samples, question);
}
