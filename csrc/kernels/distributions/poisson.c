#include "kernels/distributions/poisson.h"

#include "kernels/distributions/gamma.h"
#include "kernels/distributions/saddle_point.h"

#include <math.h>

double
dg_poisson_probability(double x, double mean)
{
    if (isnan(x + mean)) {
        return NAN;
    }
    if (x < 0.0 || !(mean > 0.0 && mean < INFINITY)) {
        return x == 0.0 && mean == 0.0;
    }
    return dg_poisson_mass(x, mean);
}

double
dg_poisson_lower_tail(double x, double mean)
{
    if (isnan(x + mean)) {
        return NAN;
    }
    if (x < 0.0) {
        return 0.0;
    }
    return x == 0.0 ? exp(-mean) : dg_gamma_upper_tail(mean, x + 1.0);
}

double
dg_poisson_upper_tail(double x, double mean)
{
    if (isnan(x + mean)) {
        return NAN;
    }
    return x <= 0.0 ? 1.0 : dg_gamma_lower_tail(mean, x);
}

double
dg_poisson_lower_mid_tail(double x, double mean)
{
    return dg_poisson_lower_tail(x, mean) - 0.5 * dg_poisson_probability(x, mean);
}

double
dg_poisson_upper_mid_tail(double x, double mean)
{
    return dg_poisson_upper_tail(x, mean) - 0.5 * dg_poisson_probability(x, mean);
}
