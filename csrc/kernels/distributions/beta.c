#include "kernels/distributions/beta.h"

#include "kernels/distributions/normal.h"
#include "kernels/distributions/saddle_point.h"
#include "kernels/distributions/tail_integral.h"
#include "kernels/distributions/tail_root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double LARGE = 3000.0; /* parameters from which the integral is quicker than the continued fraction */
static const int MOST_TERMS = 100000;

dg_fraction
dg_fraction_of(double p)
{
    return (dg_fraction){p, 1.0 - p};
}

/* The continued fraction 1 / (b1 + a2 / (b2 + a3 / (b3 + ...))) of the lower tail, for p at most the mean, where all is positive
 * but for terms beyond b. */
static double
continued_fraction(dg_fraction at, double a, double b, double excess)
{
    double below = a * (excess + 1.0) / (a + 1.0), value = below, above = 0.0;
    for (int n = 1; n < MOST_TERMS; n++) {
        const double k = (double)n, over = a + 2.0 * k - 1.0, share = k * (b - k) * at.p / over;
        const double alpha = share * (a + k - 1.0) * (a + b + k - 1.0) * at.p / over;
        const double beta = k + share + (a + k) / (over + 2.0) * (excess + 1.0 + k * (1.0 + at.q));
        above = 1.0 / (beta + alpha * above);
        below = beta + alpha / below;
        const double change = above * below;
        value *= change;
        if (fabs(change - 1.0) <= DBL_EPSILON) {
            break;
        }
    }
    return 1.0 / value;
}

/* The lower tail relative to p^a q^b / B(a, b), by quadrature. */
static double
integral(dg_fraction at, double a, double b, double excess)
{
    const dg_tail_shape shape = {(excess - 1.0 + 2.0 * at.p) / (at.p * at.q), {a - 1.0, b - 1.0}, {-1.0 / at.p, 1.0 / at.q}};
    return dg_tail_integral(&shape) / (at.p * at.q);
}

/* The lower tail at a point that is not above the mean. */
static double
near_tail(dg_fraction at, double a, double b, double excess, double scale)
{
    if (scale == 0.0) {
        return 0.0;
    }
    const bool by_integral = fmin(a, b) > LARGE;
    const double tail = scale * (by_integral ? integral(at, a, b, excess) : continued_fraction(at, a, b, excess));
    return tail > 1.0 ? 1.0 : tail;
}

double
dg_beta_lower_tail_scaled(dg_fraction at, double a, double b, double scale)
{
    const double excess = dg_binomial_excess(a, b, at.p, at.q);
    if (excess >= 0.0) {
        return near_tail(at, a, b, excess, scale);
    }
    return 1.0 - near_tail((dg_fraction){at.q, at.p}, b, a, -excess, scale);
}

double
dg_beta_upper_tail_scaled(dg_fraction at, double a, double b, double scale)
{
    return dg_beta_lower_tail_scaled((dg_fraction){at.q, at.p}, b, a, scale);
}

static double
scale_at(dg_fraction at, double a, double b)
{
    return a * (b / (a + b)) * dg_binomial_mass(a, b, at.p, at.q);
}

double
dg_beta_lower_tail_at(dg_fraction at, double a, double b)
{
    if (!(at.p > 0.0 && at.q > 0.0)) {
        return isnan(at.p + at.q) ? NAN : at.p > 0.0;
    }
    return dg_beta_lower_tail_scaled(at, a, b, scale_at(at, a, b));
}

double
dg_beta_upper_tail_at(dg_fraction at, double a, double b)
{
    return dg_beta_lower_tail_at((dg_fraction){at.q, at.p}, b, a);
}

double
dg_beta_lower_tail(double p, double a, double b)
{
    return dg_beta_lower_tail_at(dg_fraction_of(p), a, b);
}

double
dg_beta_upper_tail(double p, double a, double b)
{
    return dg_beta_upper_tail_at(dg_fraction_of(p), a, b);
}

typedef struct {
    double a, b;
    bool upper; /* which tail */
} beta_tail;

static dg_tail
tail_at(double p, const void *context)
{
    const beta_tail *of = context;
    const dg_fraction at = dg_fraction_of(p);
    const double scale = scale_at(at, of->a, of->b), slope = scale / at.q;
    if (of->upper) {
        return (dg_tail){dg_beta_upper_tail_scaled(at, of->a, of->b, scale), -slope};
    }
    return (dg_tail){dg_beta_lower_tail_scaled(at, of->a, of->b, scale), slope};
}

/* An approximation in which z is the normal quantile of the lower tail: Abramowitz and Stegun 26.5.22, or Wilson's interval where a
 * parameter is too small for it. */
static double
first_guess(double z, double a, double b)
{
    if (a > 1.0 && b > 1.0) {
        const double per_a = 1.0 / (2.0 * a - 1.0), per_b = 1.0 / (2.0 * b - 1.0);
        const double h = 2.0 / (per_a + per_b), lambda = (z * z - 3.0) / 6.0;
        const double root = sqrt(fmax(h + lambda, 0.0));
        return a / (a + b * exp(2.0 * (z * root / h - (per_b - per_a) * (lambda + 5.0 / 6.0 - 2.0 / (3.0 * h)))));
    }
    const double n = a + b, square = z * z, centre = a + 0.5 * square, reach = fabs(z) * sqrt(a * (b / n) + 0.25 * square);
    return z > 0.0 ? a * (a / n) / (centre + reach) : (centre + reach) / (n + square);
}

/* The quantile as p, from 0 to 1. */
static double
search(double tail, double guess, double a, double b, bool upper)
{
    const beta_tail of = {a, b, upper};
    return dg_find_tail_root(tail_at, &of, tail, (dg_search){guess, 1.0 - DBL_EPSILON, !upper});
}

/* Looked for as whichever of p and q is guessed to be the smaller, and again as the other where that was far from so. */
static dg_fraction
quantile(double tail, double a, double b, bool upper)
{
    const double z = dg_normal_upper_quantile(tail), guess = first_guess(upper ? -z : z, a, b);
    if (guess <= 0.5) {
        const double p = search(tail, guess, a, b, upper);
        if (p < 0.75) {
            return dg_fraction_of(p);
        }
    }
    const double q = search(tail, fmin(1.0 - guess, 0.5), b, a, !upper);
    return q < 0.75 ? (dg_fraction){1.0 - q, q} : dg_fraction_of(search(tail, 0.25, a, b, upper));
}

dg_fraction
dg_beta_lower_quantile(double tail, double a, double b)
{
    if (!(tail > 0.0 && tail < 1.0)) {
        return dg_fraction_of(tail == 0.0 || tail == 1.0 ? tail : NAN);
    }
    return tail > 0.5 ? quantile(1.0 - tail, a, b, true) : quantile(tail, a, b, false);
}

dg_fraction
dg_beta_upper_quantile(double tail, double a, double b)
{
    const dg_fraction turned = dg_beta_lower_quantile(tail, b, a);
    return (dg_fraction){turned.q, turned.p};
}
