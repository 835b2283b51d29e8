#include "kernels/distributions/binomial.h"

#include "kernels/distributions/beta.h"
#include "kernels/distributions/saddle_point.h"

#include <math.h>

double
dg_binomial_probability(double x, double n, double p)
{
    if (isnan(x + n + p)) {
        return NAN;
    }
    return x < 0.0 || x > n ? 0.0 : dg_binomial_mass(x, n - x, p, 1.0 - p);
}

double
dg_binomial_lower_tail(double x, double n, double p)
{
    if (isnan(x + n + p)) {
        return NAN;
    }
    if (x < 0.0 || x >= n) {
        return x >= n;
    }
    return x == 0.0 ? dg_binomial_mass(0.0, n, p, 1.0 - p) : dg_beta_upper_tail(p, x + 1.0, n - x);
}

double
dg_binomial_upper_tail(double x, double n, double p)
{
    if (isnan(x + n + p)) {
        return NAN;
    }
    if (x <= 0.0 || x > n) {
        return x <= 0.0;
    }
    return x == n ? dg_binomial_mass(n, 0.0, p, 1.0 - p) : dg_beta_lower_tail(p, x, n - x + 1.0);
}

double
dg_binomial_lower_mid_tail(double x, double n, double p)
{
    return dg_binomial_lower_tail(x, n, p) - 0.5 * dg_binomial_probability(x, n, p);
}

double
dg_binomial_upper_mid_tail(double x, double n, double p)
{
    return dg_binomial_upper_tail(x, n, p) - 0.5 * dg_binomial_probability(x, n, p);
}
