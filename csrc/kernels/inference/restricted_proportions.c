#include "kernels/inference/restricted_proportions.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const int MOST_STEPS = 100;

/* Cases and others in each group. */
typedef struct {
    double x1, y1, x2, y2;
} four_counts;

static four_counts
counts_of(const dg_two_samples *samples)
{
    return (four_counts){samples->x1, samples->n1 - samples->x1, samples->x2, samples->n2 - samples->x2};
}

dg_two_samples
dg_exchange_samples(const dg_two_samples *samples)
{
    return (dg_two_samples){samples->x2, samples->n2, samples->x1, samples->n1};
}

dg_restricted
dg_exchange_restricted(const dg_restricted *restricted)
{
    return (dg_restricted){restricted->p2, restricted->q2, restricted->p1, restricted->q1, -restricted->score};
}

/* A difference d in (0, 1) leaves one unknown t: p2 = t, p1 = d + t, q1 = w - t, q2 = 1 - t with w = 1 - d. The slope
 * of the log likelihood, which falls as t grows. */
static double
slope(const four_counts *c, double d, double w, double t)
{
    const double near_zero = c->x2 > 0.0 ? c->x2 / t : 0.0, near_w = c->y1 > 0.0 ? c->y1 / (w - t) : 0.0;
    return c->x1 / (d + t) + near_zero - near_w - c->y2 / (1.0 - t);
}

static double
curvature(const four_counts *c, double d, double w, double t)
{
    const double a = d + t, b = w - t, e = 1.0 - t;
    const double near_zero = c->x2 > 0.0 ? c->x2 / (t * t) : 0.0;
    return c->x1 / (a * a) + near_zero + c->y1 / (b * b) + c->y2 / (e * e);
}

/* The slope times its denominators is a cubic with three real roots, of which t is the middle one. Newton's steps from
 * the point of inflection go to it without passing it. */
static double
root_of_cubic(const four_counts *c, double d, double w)
{
    const double g3 = c->x1 + c->y1 + c->x2 + c->y2;
    const double g2 = (d - 1.0 - w) * c->x2 - (1.0 + w) * c->x1 - w * c->y1 - (w - d) * c->y2;
    const double g1 = w * c->x1 + (w - d * (1.0 + w)) * c->x2 - d * c->y1 - d * w * c->y2;
    const double g0 = d * w * c->x2;
    double t = -g2 / (3.0 * g3);
    for (int i = 0; i < MOST_STEPS; i++) {
        const double value = ((g3 * t + g2) * t + g1) * t + g0, fall = (3.0 * g3 * t + 2.0 * g2) * t + g1;
        const double next = t - value / fall;
        if (!(fabs(next - t) > 1e-8 * fabs(next))) {
            return next;
        }
        t = next;
    }
    return t;
}

/* The cubic cancels where t is small; the slope itself does not. */
static double
polish(const four_counts *c, double d, double w, double t)
{
    for (int i = 0; i < MOST_STEPS; i++) {
        const double next = t + slope(c, d, w, t) / curvature(c, d, w, t);
        const double inside = next > 0.0 ? fmin(next, 0.5 * (t + w)) : 0.5 * t;
        if (!(fabs(inside - t) > 4.0 * DBL_EPSILON * t)) {
            return inside;
        }
        const bool settled = fabs(inside - t) < 1e-7 * t; /* the next step would change nothing */
        t = inside;
        if (settled) {
            return t;
        }
    }
    return t;
}

/* t where it is at most w / 2. */
static double
smaller_unknown(const four_counts *c, double d, double w)
{
    if (c->x2 == 0.0 && c->x1 <= d * (c->y1 / w + c->y2)) {
        return 0.0;
    }
    const double t = root_of_cubic(c, d, w);
    return polish(c, d, w, t > 0.0 && t < w ? t : 0.5 * w);
}

static dg_restricted
with_difference(const dg_two_samples *samples, double d)
{
    const four_counts c = counts_of(samples), mirrored = {c.y2, c.x2, c.y1, c.x1};
    const double w = 1.0 - d;
    if (d == 0.0) {
        const double n = samples->n1 + samples->n2, p = (c.x1 + c.x2) / n, q = (c.y1 + c.y2) / n;
        return (dg_restricted){p, q, p, q, 0.0};
    }
    if (!(w > 0.0)) {
        return (dg_restricted){1.0, 0.0, 0.0, 1.0, 0.0};
    }
    if (slope(&c, d, w, 0.5 * w) > 0.0) {
        const double q1 = smaller_unknown(&mirrored, d, w), p2 = w - q1;
        return (dg_restricted){d + p2, q1, p2, d + q1, 0.0};
    }
    const double p2 = smaller_unknown(&c, d, w), q1 = w - p2;
    return (dg_restricted){d + p2, q1, p2, d + q1, 0.0};
}

static dg_restricted
restrict_difference(const dg_two_samples *samples, double null)
{
    const dg_two_samples exchanged = dg_exchange_samples(samples);
    dg_restricted r = with_difference(null < 0.0 ? &exchanged : samples, fabs(null));
    if (null < 0.0) {
        r = dg_exchange_restricted(&r);
    }
    const double variance = r.p1 * r.q1 / samples->n1 + r.p2 * r.q2 / samples->n2;
    const double distance = dg_estimate(samples, DG_DIFFERENCE) - null;
    r.score = distance == 0.0 ? 0.0 : distance / variance;
    return r;
}

/* The score of a ratio can be had from either group and from cases or others; the form with the smallest terms cancels
 * least. */
static double
score_of_ratio(const dg_two_samples *s, double p1, double q1, double p2, double q2)
{
    const double y1 = s->n1 - s->x1, y2 = s->n2 - s->x2;
    const double first = q1 > 0.0 ? fmax(s->x1, s->n1 * p1) / q1 : INFINITY;
    const double second = q2 > 0.0 ? fmax(s->x2, s->n2 * p2) / q2 : INFINITY;
    const double n1 = q1 > 0.0 ? s->n1 : INFINITY, n2 = q2 > 0.0 ? s->n2 : INFINITY;
    if (fmin(first, n1) <= fmin(second, n2)) {
        if (!(q1 > 0.0)) {
            return 0.0;
        }
        return first < n1 ? (s->x1 - s->n1 * p1) / q1 : n1 - y1 / q1;
    }
    return second < n2 ? (s->n2 * p2 - s->x2) / q2 : y2 / q2 - n2;
}

/* p1 = ratio p2 with ratio <= 1: a quadratic whose discriminant is a sum of squares and products. */
static dg_restricted
with_ratio(const dg_two_samples *samples, double ratio)
{
    const four_counts c = counts_of(samples);
    const double n = samples->n1 + samples->n2, a = c.x1 + samples->n2, b = ratio * (c.x2 + samples->n1);
    const double root = sqrt((a - b) * (a - b) + 4.0 * ratio * c.y1 * c.y2);
    const double p2 = 2.0 * (c.x1 + c.x2) / (a + b + root), away = 2.0 * n * ratio - a - b;
    const double small = c.y2 > 0.0 ? 2.0 * c.y2 * (1.0 - ratio) / (root - away) : 0.0;
    const double q2 = away > 0.0 ? (away + root) / (2.0 * n * ratio) : small;
    const double p1 = ratio * p2, q1 = (1.0 - ratio) + ratio * q2;
    return (dg_restricted){p1, q1, p2, q2, score_of_ratio(samples, p1, q1, p2, q2)};
}

/* What is left of a margin of one expected count, above or below what was counted: the smallest of the four has the
 * smallest error. */
static double
excess_of_smallest(const four_counts *counted, const double *expected)
{
    const double excess[4] = {counted->x1 - expected[0], expected[1] - counted->y1, expected[2] - counted->x2,
                              counted->y2 - expected[3]};
    int smallest = 0;
    for (int i = 1; i < 4; i++) {
        smallest = expected[i] < expected[smallest] ? i : smallest;
    }
    return excess[smallest];
}

/* The odds ratio <= 1, a quadratic for each expected count, all with the same discriminant. */
static dg_restricted
with_odds_ratio(const dg_two_samples *samples, double odds_ratio)
{
    const four_counts c = counts_of(samples);
    const double n1 = samples->n1, n2 = samples->n2, cases = c.x1 + c.x2, others = c.y1 + c.y2, rest = 1.0 - odds_ratio;
    const double b1 = (n2 - cases) + odds_ratio * (n1 + cases), b4 = (n1 - others) + odds_ratio * (n2 + others);
    const double root = sqrt(b1 * b1 + 4.0 * rest * odds_ratio * n1 * cases);
    const double expected[4] = {
            b1 > 0.0 ? 2.0 * odds_ratio * n1 * cases / (b1 + root) : (root - b1) / (2.0 * rest),
            2.0 * n1 * others / (n1 + others + odds_ratio * (n2 - others) + root),
            2.0 * n2 * cases / (n2 + cases + odds_ratio * (n1 - cases) + root),
            b4 > 0.0 ? 2.0 * odds_ratio * n2 * others / (b4 + root) : (root - b4) / (2.0 * rest),
    };
    const double score = cases > 0.0 && others > 0.0 ? excess_of_smallest(&c, expected) : 0.0;
    return (dg_restricted){expected[0] / n1, expected[1] / n1, expected[2] / n2, expected[3] / n2, score};
}

dg_restricted
dg_restrict(const dg_two_samples *samples, dg_measure measure, double null)
{
    if (!(null >= dg_lowest(measure) && null <= dg_highest(measure))) {
        return (dg_restricted){NAN, NAN, NAN, NAN, NAN};
    }
    if (measure == DG_DIFFERENCE) {
        return restrict_difference(samples, null);
    }
    const dg_two_samples exchanged = dg_exchange_samples(samples);
    const double small = null > 1.0 ? 1.0 / null : null;
    const dg_two_samples *ordered = null > 1.0 ? &exchanged : samples;
    const dg_restricted r = measure == DG_RATIO ? with_ratio(ordered, small) : with_odds_ratio(ordered, small);
    return null > 1.0 ? dg_exchange_restricted(&r) : r;
}
