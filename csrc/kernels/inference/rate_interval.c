#include "kernels/inference/rate_interval.h"

#include "kernels/distributions/gamma.h"
#include "kernels/distributions/saddle_point.h"
#include "kernels/distributions/tail_root.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

typedef dg_limits (*mean_interval)(double x, const dg_confidence *confidence);

/* Limits of the expected number of events, over the exposure. */
static dg_limits
per_exposure(mean_interval interval, double x, double exposure, const dg_confidence *confidence)
{
    if (!(x >= 0.0 && x < INFINITY && exposure > 0.0 && exposure < INFINITY)) {
        return (dg_limits){NAN, NAN};
    }
    const dg_limits mean = interval(x, confidence);
    return (dg_limits){mean.low / exposure, mean.high / exposure};
}

static dg_limits
score(double x, const dg_confidence *confidence)
{
    const double square = confidence->z * confidence->z;
    const double high = x + 0.5 * square + confidence->z * sqrt(x + 0.25 * square);
    return (dg_limits){x == 0.0 ? 0.0 : x * (x / high), high}; /* the product of the roots is x^2 */
}

static double
cube(double x)
{
    return x * x * x;
}

static dg_limits
byar(double x, const dg_confidence *confidence)
{
    const double more = x + 1.0, z = confidence->z;
    const double low = x == 0.0 ? 0.0 : fmax(1.0 - 1.0 / (9.0 * x) - z / (3.0 * sqrt(x)), 0.0);
    return (dg_limits){x * cube(low), more * cube(1.0 - 1.0 / (9.0 * more) + z / (3.0 * sqrt(more)))};
}

static dg_limits
exact(double x, const dg_confidence *confidence)
{
    return (dg_limits){x == 0.0 ? 0.0 : dg_gamma_lower_quantile(confidence->tail, x),
                       dg_gamma_upper_quantile(confidence->tail, x + 1.0)};
}

static dg_limits
jeffreys(double x, const dg_confidence *confidence)
{
    return (dg_limits){x == 0.0 ? 0.0 : dg_gamma_lower_quantile(confidence->tail, x + 0.5),
                       dg_gamma_upper_quantile(confidence->tail, x + 0.5)};
}

static dg_tail
upper_mid_tail(double mean, const void *context)
{
    const double x = *(const double *)context, mass = dg_poisson_mass(x, mean);
    return (dg_tail){dg_gamma_lower_tail_scaled(mean, x, x * mass) - 0.5 * mass, 0.5 * mass * (x + mean)};
}

static dg_tail
lower_mid_tail(double mean, const void *context)
{
    const double x = *(const double *)context, mass = dg_poisson_mass(x, mean);
    return (dg_tail){dg_gamma_upper_tail_scaled(mean, x + 1.0, mean * mass) - 0.5 * mass, -0.5 * mass * (x + mean)};
}

static dg_limits
mid_p(double x, const dg_confidence *confidence)
{
    const double tail = confidence->tail;
    if (x == 0.0) {
        return (dg_limits){0.0, -log(2.0 * tail)};
    }
    const dg_limits guess = score(x, confidence);
    return (dg_limits){dg_find_tail_root(upper_mid_tail, &x, tail, (dg_search){guess.low, DBL_MAX, true}),
                       dg_find_tail_root(lower_mid_tail, &x, tail, (dg_search){guess.high, DBL_MAX, false})};
}

dg_limits
dg_mid_p_rate(double x, double exposure, const dg_confidence *confidence)
{
    return per_exposure(mid_p, x, exposure, confidence);
}

dg_limits
dg_exact_rate(double x, double exposure, const dg_confidence *confidence)
{
    return per_exposure(exact, x, exposure, confidence);
}

dg_limits
dg_byar_rate(double x, double exposure, const dg_confidence *confidence)
{
    return per_exposure(byar, x, exposure, confidence);
}

dg_limits
dg_jeffreys_rate(double x, double exposure, const dg_confidence *confidence)
{
    return per_exposure(jeffreys, x, exposure, confidence);
}

dg_limits
dg_score_rate(double x, double exposure, const dg_confidence *confidence)
{
    return per_exposure(score, x, exposure, confidence);
}

dg_interval
dg_find_rate_interval(const char *name)
{
    static const dg_interval_method methods[] = {
            {"mid-p", dg_mid_p_rate}, {"exact", dg_exact_rate},       {"byar", dg_byar_rate},
            {"score", dg_score_rate}, {"jeffreys", dg_jeffreys_rate},
    };
    return dg_find_interval(methods, sizeof methods / sizeof methods[0], name);
}
