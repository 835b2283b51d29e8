#include "kernels/distributions/gamma.h"

#include "kernels/distributions/normal.h"
#include "kernels/distributions/saddle_point.h"
#include "kernels/distributions/tail_integral.h"
#include "kernels/distributions/tail_root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

static const double LARGE = 500.0; /* shapes from which the integral is quicker than series */
static const int MOST_TERMS = 100000;

/* 1 + x/(a+1) + x^2/((a+1)(a+2)) + ..., for x up to a + 1. */
static double
series(double x, double a)
{
    double sum = 1.0, term = 1.0;
    for (int n = 1; n < MOST_TERMS && term > 0.25 * DBL_EPSILON * sum; n++) {
        term *= x / (a + (double)n);
        sum += term;
    }
    return sum;
}

/* 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - ...))), for x above a + 1. */
static double
continued_fraction(double x, double a)
{
    double below = x + 1.0 - a, value = below, above = 0.0;
    for (int n = 1; n < MOST_TERMS; n++) {
        const double k = (double)n, alpha = k * (a - k), beta = x - a + 2.0 * k + 1.0;
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

/* Which tail is worked out at x: the upper one beyond the peak, or where the continued fraction is quick. */
static bool
is_above(double x, double a)
{
    return x > (a > LARGE ? a - 1.0 : a + 1.0);
}

/* The tail away from the mean, relative to x^a exp(-x) / Gamma(a). */
static double
integral(double x, double a)
{
    const dg_tail_shape shape = {fabs(x - (a - 1.0)) / x, {a - 1.0, 0.0}, {(is_above(x, a) ? 1.0 : -1.0) / x, 0.0}};
    return dg_tail_integral(&shape) / x;
}

static double
near_tail(double x, double a, double scale)
{
    if (scale == 0.0) {
        return 0.0;
    }
    if (a > LARGE) {
        return scale * integral(x, a);
    }
    const double tail = scale * (is_above(x, a) ? continued_fraction(x, a) : series(x, a) / a);
    return tail > 1.0 ? 1.0 : tail;
}

double
dg_gamma_lower_tail_scaled(double x, double shape, double scale)
{
    const double tail = near_tail(x, shape, scale);
    return is_above(x, shape) ? 1.0 - tail : tail;
}

double
dg_gamma_upper_tail_scaled(double x, double shape, double scale)
{
    const double tail = near_tail(x, shape, scale);
    return is_above(x, shape) ? tail : 1.0 - tail;
}

static double
tail_of(double x, double a, bool upper)
{
    if (!(x > 0.0 && x < INFINITY)) {
        return isnan(x) ? NAN : (x > 0.0) != upper;
    }
    const double scale = a * dg_poisson_mass(a, x);
    return upper ? dg_gamma_upper_tail_scaled(x, a, scale) : dg_gamma_lower_tail_scaled(x, a, scale);
}

double
dg_gamma_lower_tail(double x, double shape)
{
    return tail_of(x, shape, false);
}

double
dg_gamma_upper_tail(double x, double shape)
{
    return tail_of(x, shape, true);
}

typedef struct {
    double a;
    bool upper;
} gamma_tail;

static dg_tail
tail_at(double x, const void *context)
{
    const gamma_tail *of = context;
    const double scale = of->a * dg_poisson_mass(of->a, x);
    if (of->upper) {
        return (dg_tail){dg_gamma_upper_tail_scaled(x, of->a, scale), -scale};
    }
    return (dg_tail){dg_gamma_lower_tail_scaled(x, of->a, scale), scale};
}

/* Wilson and Hilferty's approximation, in which z is the normal quantile of the upper tail; where it has none, what the first
 * term of the series would give. */
static double
first_guess(double tail, double z, double a)
{
    const double root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * sqrt(a));
    return root > 0.2 ? a * root * root * root : a * pow(tail, 1.0 / a);
}

static double
quantile(double tail, double a, bool upper)
{
    if (!(tail >= 0.0 && tail <= 1.0)) {
        return NAN;
    }
    if (tail == 0.0 || tail == 1.0) {
        return (tail == 1.0) == upper ? 0.0 : INFINITY;
    }
    if (tail > 0.5) {
        return quantile(1.0 - tail, a, !upper);
    }
    const gamma_tail of = {a, upper};
    const double z = dg_normal_upper_quantile(tail), guess = first_guess(tail, upper ? z : -z, a);
    return dg_find_tail_root(tail_at, &of, tail, (dg_search){guess, DBL_MAX, !upper});
}

double
dg_gamma_lower_quantile(double tail, double shape)
{
    return quantile(tail, shape, false);
}

double
dg_gamma_upper_quantile(double tail, double shape)
{
    return quantile(tail, shape, true);
}
