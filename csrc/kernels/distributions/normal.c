#include "kernels/distributions/normal.h"

#include <math.h>

static const double SQRT_HALF = 0.70710678118654752440;
static const double SQRT_TWO_PI = 2.50662827463100050242;

double
dg_normal_upper_tail(double z)
{
    return 0.5 * erfc(z * SQRT_HALF);
}

/* Abramowitz and Stegun 26.2.23: off by less than 4.5e-4 for tails up to one half. */
static double
first_guess(double tail)
{
    const double t = sqrt(-2.0 * log(tail));
    return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/* Halley's step on the logarithm's scale: relative errors of tails down to the smallest double are divided out, and three
 * steps triple the number of right digits three times. */
static double
improve(double z, double tail)
{
    const double density = exp(-0.5 * z * z) / SQRT_TWO_PI;
    if (density == 0.0) {
        return z;
    }
    const double step = (dg_normal_upper_tail(z) - tail) / density;
    return z + step / (1.0 - 0.5 * z * step);
}

double
dg_normal_upper_quantile(double tail)
{
    if (!(tail >= 0.0 && tail <= 1.0)) {
        return NAN;
    }
    if (tail > 0.5) {
        return -dg_normal_upper_quantile(1.0 - tail);
    }
    if (tail == 0.0) {
        return INFINITY;
    }
    double z = first_guess(tail);
    for (int i = 0; i < 3; i++) {
        z = improve(z, tail);
    }
    return z;
}
