#include "kernels/resampling/normal_draws.h"

#include <math.h>

/* Wichura's three pairs of polynomials of degree 7, highest power first: near the middle, in the tails, far out. */
static const double MIDDLE[2][8] = {
    {2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0},
    {5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0},
};
static const double TAIL[2][8] = {
    {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0},
    {1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0},
};
static const double FAR[2][8] = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0},
    {2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0},
};

static inline double
polynomial(const double coefficients[8], double at)
{
    double sum = coefficients[0];
    for (int i = 1; i < 8; i++) {
        sum = sum * at + coefficients[i];
    }
    return sum;
}

static double
tail_point(double chance, double from_middle)
{
    const double r = sqrt(-log(from_middle <= 0.0 ? chance : 1.0 - chance));
    const double at = r <= 5.0 ? r - 1.6 : r - 5.0;
    const double(*pair)[8] = r <= 5.0 ? TAIL : FAR;
    return copysign(polynomial(pair[0], at) / polynomial(pair[1], at), from_middle);
}

double
dg_normal_percentage_point(double chance)
{
    const double from_middle = chance - 0.5;
    if (fabs(from_middle) > 0.425) {
        return tail_point(chance, from_middle);
    }
    const double at = 0.180625 - from_middle * from_middle;
    return from_middle * polynomial(MIDDLE[0], at) / polynomial(MIDDLE[1], at);
}

/* The middle of one of 2^52 equal pieces of 0 to 1: never an end, and as far from 0 as from 1. */
double
dg_draw_normal(dg_philox *stream)
{
    return dg_normal_percentage_point(((double)(dg_philox_next(stream) >> 12) + 0.5) * 0x1p-52);
}

/* One replicate, into its lane. */
static void
draw_lane(const dg_uncertain_values *units, dg_philox *stream, double *drawn, double *factors)
{
    for (size_t i = 0; i < units->n_units; i++) {
        const double own = units->own[i];
        drawn[i * DG_LANES] = own > 0.0 ? units->value[i] + own * dg_draw_normal(stream) : units->value[i];
    }
    for (size_t k = 0; k < units->n_factors; k++) {
        factors[k * DG_LANES] = dg_draw_normal(stream);
    }
}

void
dg_draw_values(const dg_uncertain_values *units, dg_philox_key key, uint64_t first, double *drawn, double *factors)
{
    for (size_t lane = 0; lane < DG_LANES; lane++) {
        dg_philox stream = dg_philox_start(key, first + lane);
        draw_lane(units, &stream, drawn + lane, factors + lane);
    }
    for (size_t i = 0; i < units->n_units; i++) {
        double *unit = drawn + i * DG_LANES;
        for (size_t k = 0; k < units->n_factors; k++) {
            const double weight = units->shared[i * units->n_factors + k];
            const double *factor = factors + k * DG_LANES;
            for (size_t lane = 0; lane < DG_LANES; lane++) {
                unit[lane] += weight * factor[lane];
            }
        }
    }
}
