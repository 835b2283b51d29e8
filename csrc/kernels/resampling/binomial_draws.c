#include "kernels/resampling/binomial_draws.h"

#include "kernels/distributions/saddle_point.h"
#include "kernels/resampling/inversion_draws.h"

#include <math.h>

/* The names a, b, alpha, v_r (here `inside`) and the constants are Hörmann's. */
static void
prepare_rejection(dg_binomial *binomial, double p)
{
    const double n = (double)binomial->n, root = sqrt(n * p * (1.0 - p));
    binomial->variance = n * p * (1.0 - p);
    binomial->b = 1.15 + 2.53 * root;
    binomial->a = -0.0873 + 0.0248 * binomial->b + 0.01 * p;
    binomial->center = n * p + 0.5;
    binomial->alpha = (2.83 + 5.1 / binomial->b) * root;
    binomial->inside = 0.92 - 4.2 / binomial->b;
}

dg_binomial
dg_prepare_binomial(int64_t n, int64_t hits, int64_t of)
{
    dg_binomial binomial = {.n = n, .flipped = hits > of - hits};
    const int64_t rare = binomial.flipped ? of - hits : hits;
    binomial.law = dg_binomial_law(n, rare, of);
    binomial.rejects = n * rare >= 10 * of;
    if (binomial.rejects) {
        prepare_rejection(&binomial, (double)rare / (double)of);
    }
    else if (binomial.law.lowest < binomial.law.highest) {
        binomial.mode_chance = dg_binomial_chance(binomial.law.mode, n, rare, of);
    }
    return binomial;
}

/* Whether v <= P(k) / P(mode), by the recursion from one to the other (step 3.1). */
static bool
accept_near(const dg_count_law *law, int64_t k, double v)
{
    double ratio = 1.0;
    for (int64_t x = law->mode; x < k; x++) {
        ratio *= dg_law_step(law, x);
    }
    for (int64_t x = k; x < law->mode; x++) {
        v *= dg_law_step(law, x);
    }
    return v <= ratio;
}

/* log P(k) / P(mode) by Stirling's formula, in terms whose logarithms are of numbers near 1 (steps 3.3 and 3.4). */
static double
log_ratio(const dg_count_law *law, int64_t k)
{
    const int64_t n = law->highest, m = law->mode;
    const double r = law->odds, nm = (double)(n - m + 1), nk = (double)(n - k + 1);
    const double at_mode = ((double)m + 0.5) * log((double)(m + 1) / (r * nm)) + dg_stirling_error((double)(m + 1)) +
                           dg_stirling_error(nm);
    return at_mode + (double)(n + 1) * log(nm / nk) + ((double)k + 0.5) * log(nk * r / (double)(k + 1)) -
           dg_stirling_error((double)(k + 1)) - dg_stirling_error(nk);
}

/* The same far from the mode: first between two bounds around the normal density (step 3.2). */
static bool
accept_far(const dg_binomial *binomial, int64_t k, double v)
{
    const double log_v = log(v), far = fabs((double)(k - binomial->law.mode)), variance = binomial->variance;
    const double rho = (far / variance) * (((far / 3.0 + 0.625) * far + 1.0 / 6.0) / variance + 0.5);
    const double normal = -far * far / (2.0 * variance);
    if (log_v < normal - rho) {
        return true;
    }
    return log_v <= normal + rho && log_v <= log_ratio(&binomial->law, k);
}

static bool
accept(const dg_binomial *binomial, int64_t k, double v)
{
    const int64_t away = k - binomial->law.mode;
    return away >= -15 && away <= 15 ? accept_near(&binomial->law, k, v) : accept_far(binomial, k, v);
}

static double
hat_value(const dg_binomial *binomial, double u)
{
    return floor((2.0 * binomial->a / (0.5 - fabs(u)) + binomial->b) * u + binomial->center);
}

/* Steps 1 to 3: 86% of the rectangle below the hat needs no test at all. */
static int64_t
draw_by_rejection(const dg_binomial *binomial, dg_philox *stream)
{
    for (;;) {
        double v = dg_philox_uniform(stream), u;
        if (v <= 0.86 * binomial->inside) {
            return (int64_t)hat_value(binomial, v / binomial->inside - 0.43);
        }
        if (v >= binomial->inside) {
            u = dg_philox_uniform(stream) - 0.5;
        }
        else {
            u = v / binomial->inside - 0.93;
            u = (u < 0.0 ? -0.5 : 0.5) - u;
            v = dg_philox_uniform(stream) * binomial->inside;
        }
        const double k = hat_value(binomial, u), beyond = 0.5 - fabs(u);
        if (!(k >= 0.0 && k <= (double)binomial->n)) {
            continue;
        }
        v *= binomial->alpha / (binomial->a / (beyond * beyond) + binomial->b);
        if (accept(binomial, (int64_t)k, v)) {
            return (int64_t)k;
        }
    }
}

int64_t
dg_draw_binomial(const dg_binomial *binomial, dg_philox *stream)
{
    const int64_t rare = binomial->rejects ? draw_by_rejection(binomial, stream)
                                           : dg_draw_by_inversion(&binomial->law, binomial->mode_chance, stream);
    return binomial->flipped ? binomial->n - rare : rare;
}
