#include "kernels/distributions/saddle_point.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

static const double TWO_PI = 6.28318530717958647693;
static const double SERIES_FROM = 16.0; /* the first term left out is below 2e-18 there */

/* Errors of the whole numbers from 1 to 15, to 20 digits. */
static const double ERRORS[] = {
        0.0,
        0.081061466795327258220, 0.041340695955409294094, 0.027677925684998339149, 0.020790672103765093112,
        0.016644691189821192163, 0.013876128823070747999, 0.011896709945891770095, 0.010411265261972096497,
        0.009255462182712732918, 0.008330563433362871256, 0.007573675487951840795, 0.006942840107209529866,
        0.006408994188004207068, 0.005951370112758847736, 0.005554733551962801371,
};

/* 1/(12x) - 1/(360x^3) + ... */
static double
stirling_series(double x)
{
    static const double terms[] = {-691.0 / 360360.0, 1.0 / 1188.0, -1.0 / 1680.0, 1.0 / 1260.0, -1.0 / 360.0, 1.0 / 12.0};
    const double square = x * x;
    double sum = 0.0;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        sum = sum / square + terms[i];
    }
    return sum / x;
}

double
dg_stirling_error(double x)
{
    if (x >= SERIES_FROM) {
        return stirling_series(x);
    }
    if (x >= 1.0 && x == floor(x)) {
        return ERRORS[(int)x];
    }
    double error = 0.0;
    for (; x < SERIES_FROM; x += 1.0) {
        error += (x + 0.5) * log1p(1.0 / x) - 1.0;
    }
    return error + stirling_series(x);
}

/* With v = t / (2 + t), log(1 + t) = 2 (v + v^3/3 + v^5/5 + ...) and t = 2 v / (1 - v). */
double
dg_log_shortfall(double t)
{
    if (!(fabs(t) < 0.4)) {
        return t - log1p(t);
    }
    static const double terms[] = {1.0 / 31.0, 1.0 / 29.0, 1.0 / 27.0, 1.0 / 25.0, 1.0 / 23.0, 1.0 / 21.0, 1.0 / 19.0, 1.0 / 17.0,
                                   1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0, 1.0 / 9.0,  1.0 / 7.0,  1.0 / 5.0,  1.0 / 3.0};
    const double v = t / (2.0 + t), square = v * v;
    double sum = 0.0;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        sum = sum * square + terms[i];
    }
    return v * (t - 2.0 * square * sum);
}

double
dg_deviance(double x, double mean, double excess)
{
    if (excess < 0.9 * x) {
        return x * dg_log_shortfall(-excess / x);
    }
    const double ratio = x / mean;
    return x * (isfinite(ratio) ? log(ratio) : log(x) - log(mean)) - excess;
}

double
dg_binomial_excess(double x, double y, double p, double q)
{
    const double n = x + y, larger = fmax(x, y), lost = fmin(x, y) - (n - larger); /* of the sum, in rounding */
    return p <= q ? fma(-n, p, x) - lost * p : fma(n, q, -y) + lost * q;
}

/* (1 - p)^n, where p is known to more digits than 1 - p. */
static double
power_of_complement(double p, double q, double n)
{
    return p < q ? exp(n * log1p(-p)) : pow(q, n);
}

double
dg_binomial_mass(double x, double y, double p, double q)
{
    if (x < DBL_MIN) {
        return power_of_complement(p, q, y);
    }
    if (y < DBL_MIN) {
        return power_of_complement(q, p, x);
    }
    if (p == 0.0 || q == 0.0) {
        return 0.0;
    }
    const double n = x + y, excess = dg_binomial_excess(x, y, p, q);
    const double error = dg_stirling_error(n) - dg_stirling_error(x) - dg_stirling_error(y);
    const double deviance = dg_deviance(x, n * p, excess) + dg_deviance(y, n * q, -excess);
    return exp(error - deviance) / sqrt(TWO_PI * x * (y / n));
}

double
dg_poisson_mass(double x, double mean)
{
    if (x < DBL_MIN) {
        return exp(-mean);
    }
    return exp(-dg_stirling_error(x) - dg_deviance(x, mean, x - mean)) / sqrt(TWO_PI * x);
}
