#include "kernels/distributions/noncentral_hypergeometric.h"

#include <math.h>

static const double SMALLEST_ODDS = 1e-300, LARGEST_ODDS = 1e300;
static const double NOTHING_LEFT = 1e-17; /* of a sum: what is left out of it */
static const double GONE =
        1e-305; /* of the mode's weight: 0 in every sum that has the mode in it */

double
dg_room_below(const dg_fourfold *table)
{
    return fmin(table->a, table->d);
}

double
dg_room_above(const dg_fourfold *table)
{
    return fmin(table->b, table->c);
}

dg_fourfold
dg_exchanged(const dg_fourfold *table)
{
    return (dg_fourfold){table->c, table->d, table->a, table->b};
}

dg_fourfold
dg_shifted(const dg_fourfold *table, double offset)
{
    return (dg_fourfold){table->a + offset, table->b - offset, table->c - offset,
                         table->d + offset};
}

/* The weight of offset + 1 over that of offset, at an odds ratio of 1. */
static inline double
ratio_above(const dg_fourfold *table, double offset)
{
    return (table->b - offset) * (table->c - offset) /
           ((table->a + offset + 1.0) * (table->d + offset + 1.0));
}

/* The offset at which weights stop growing: where psi (b - j)(c - j) = (a + j + 1)(d + j + 1). The
 * discriminant is written as a sum of squares and products, and all is divided by the larger of psi
 * and 1. */
static double
mode_of(const dg_fourfold *table, double psi)
{
    const double a = table->a + 1.0, b = table->b, c = table->c, d = table->d + 1.0;
    const double u = psi > 1.0 ? 1.0 : psi, v = psi > 1.0 ? 1.0 / psi : 1.0;
    const double root = sqrt(u * u * (b - c) * (b - c) + v * v * (a - d) * (a - d) +
                             2.0 * u * v * ((b + c) * (a + d) + 2.0 * (b * c + a * d)));
    const double mode = ceil(2.0 * (u * b * c - v * a * d) / (u * (b + c) + v * (a + d) + root));
    return fmax(fmin(mode, dg_room_above(table)), -dg_room_below(table));
}

/* Someone who walks up the offsets, carrying the weight of the one they stand on. */
typedef struct {
    const dg_fourfold *table;
    double psi;
    double at, weight;
    double last;   /* the highest offset */
    double start;  /* moments are taken from here */
    double moment; /* of all weights walked over */
} walker;

static walker
set_out(const dg_fourfold *table, double psi, double from)
{
    return (walker){table, psi, from, 1.0, dg_room_above(table), from, 0.0};
}

static inline double
step_up(walker *w)
{
    const double ratio = ratio_above(w->table, w->at) * w->psi;
    w->weight *= ratio;
    w->at += 1.0;
    w->moment += w->weight * (w->at - w->start);
    return ratio;
}

/* The weights above this offset, up to and with `to`; nothing is heavy enough to count once a
 * weight is gone. */
static double
walk_to(walker *w, double to)
{
    double sum = 0.0;
    while (w->at < to) {
        step_up(w);
        sum += w->weight;
        if (w->weight < GONE) {
            w->weight = 0.0;
            w->at = w->last;
            break;
        }
    }
    return sum;
}

/* All weights above this offset, to be added to `others`. */
static double
walk_on(walker *w, double others)
{
    double sum = 0.0;
    while (w->at < w->last && w->weight > 0.0) {
        const double ratio = step_up(w);
        sum += w->weight;
        if (ratio < 1.0 && w->weight * ratio <= NOTHING_LEFT * (1.0 - ratio) * (others + sum)) {
            break;
        }
    }
    return sum;
}

/* For a table that stands at its mode or above. */
static dg_split
split_above_mode(const dg_fourfold *table, double psi, double mode)
{
    const dg_fourfold mirror = dg_exchanged(table);
    walker up = set_out(table, psi, mode), down = set_out(&mirror, 1.0 / psi, -mode);
    double less = walk_on(&down, 1.0), same = 1.0;
    if (mode < 0.0) {
        less += 1.0 + walk_to(&up, -1.0);
        same = walk_to(&up, 0.0);
    }
    const double more = walk_on(&up, same), all = less + same + more;
    return (dg_split){less / all, same / all, more / all, mode + (up.moment - down.moment) / all};
}

static double
within_range(double odds_ratio)
{
    return fmin(fmax(odds_ratio, SMALLEST_ODDS), LARGEST_ODDS);
}

dg_split
dg_split_at(const dg_fourfold *table, double odds_ratio)
{
    const double psi = within_range(odds_ratio), mode = mode_of(table, psi);
    if (mode <= 0.0) {
        return split_above_mode(table, psi, mode);
    }
    const dg_fourfold mirror = dg_exchanged(table);
    const dg_split seen = split_above_mode(&mirror, 1.0 / psi, -mode);
    return (dg_split){seen.more, seen.same, seen.less, -seen.mean};
}

/* Weights not above `limit` beyond this offset, the mode; all beyond it in `*side`. */
static double
lighter(walker *w, double limit, double *side)
{
    double heavy = 0.0, light = 0.0;
    while (w->at < w->last && light == 0.0 && w->weight > 0.0) {
        step_up(w);
        *(w->weight > limit ? &heavy : &light) += w->weight;
    }
    light += light > 0.0 ? walk_on(w, light) : 0.0;
    *side = heavy + light;
    return light;
}

/* Weights between the table and the mode that tie with the table's own, as multiples of it. */
static double
ties_towards_mode(const dg_fourfold *table, double psi, double mode, double tie)
{
    const dg_fourfold mirror = dg_exchanged(table);
    walker back = set_out(&mirror, 1.0 / psi, 0.0);
    double sum = 0.0;
    while (back.at < -mode) {
        step_up(&back);
        if (back.weight > 1.0 + tie) {
            break;
        }
        sum += back.weight;
    }
    return sum;
}

/* For a table that stands above its mode. */
static double
minimum_likelihood_above_mode(const dg_fourfold *table, double psi, double mode, double tie)
{
    const dg_fourfold mirror = dg_exchanged(table);
    walker up = set_out(table, psi, mode), down = set_out(&mirror, 1.0 / psi, -mode);
    const double between = 1.0 + walk_to(&up, -1.0), same = walk_to(&up, 0.0);
    const double ties = same * ties_towards_mode(table, psi, mode, tie), more = walk_on(&up, same);
    double side;
    const double light = lighter(&down, same * (1.0 + tie), &side);
    return fmin((same + more + ties + light) / (between + same + more + side), 1.0);
}

double
dg_minimum_likelihood(const dg_fourfold *table, double odds_ratio, double tie)
{
    const double psi = within_range(odds_ratio), mode = mode_of(table, psi);
    if (mode == 0.0) {
        return 1.0;
    }
    const dg_fourfold mirror = dg_exchanged(table);
    return mode < 0.0 ? minimum_likelihood_above_mode(table, psi, mode, tie)
                      : minimum_likelihood_above_mode(&mirror, 1.0 / psi, -mode, tie);
}

double
dg_log_weight_below(const dg_fourfold *table, double steps)
{
    const dg_fourfold mirror = dg_exchanged(table);
    double product = 1.0, logs = 0.0;
    for (double j = 0.0; j < steps; j += 1.0) {
        product *= ratio_above(&mirror, j);
        if (!(product > 1e-200 && product < 1e200)) {
            logs += log(product);
            product = 1.0;
        }
    }
    return logs + log(product);
}
