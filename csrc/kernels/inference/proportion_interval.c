#include "kernels/inference/proportion_interval.h"

#include "kernels/distributions/beta.h"
#include "kernels/distributions/saddle_point.h"
#include "kernels/distributions/tail_root.h"

#include <math.h>
#include <stdbool.h>

/* The limits where at most half are cases: the lower one is below one half, the upper may be close to 1. */
typedef struct {
    double low;
    dg_fraction high;
} few_limits;

typedef few_limits (*few_interval)(double x, double n, const dg_confidence *confidence);

/* The other half by exchange of cases and others. */
static dg_limits
mirrored(few_interval interval, double x, double n, const dg_confidence *confidence)
{
    if (!(x >= 0.0 && x <= n && n > 0.0)) {
        return (dg_limits){NAN, NAN};
    }
    const double others = n - x;
    if (x <= others) {
        const few_limits found = interval(x, n, confidence);
        return (dg_limits){found.low, found.high.p};
    }
    const few_limits found = interval(others, n, confidence);
    return (dg_limits){found.high.q, 1.0 - found.low};
}

/* Wilson's upper limit is the larger root of (1 + t) p^2 - (2 share + t) p + share^2 = 0 with t = z^2 / n. The product of the roots
 * gives the lower one, and that of the roots of the complement how far the upper one is from 1. */
static few_limits
few_wilson(double x, double n, const dg_confidence *confidence)
{
    const double t = confidence->z * confidence->z / n, share = x / n, other = (n - x) / n;
    const double high = (2.0 * share + t + sqrt(t * (t + 4.0 * share * other))) / (2.0 * (1.0 + t));
    const double low = x == 0.0 ? 0.0 : share * share / ((1.0 + t) * high);
    return (few_limits){low, {high, other * other / ((1.0 + t) * (1.0 - low))}};
}

/* A share with a normal interval around it, cut at the ends. */
static few_limits
cut(double share, double other, double reach)
{
    return (few_limits){fmax(share - reach, 0.0), {fmin(share + reach, 1.0), fmax(other - reach, 0.0)}};
}

static few_limits
few_agresti_coull(double x, double n, const dg_confidence *confidence)
{
    const double square = confidence->z * confidence->z, size = n + square;
    const double share = (x + 0.5 * square) / size, other = (n - x + 0.5 * square) / size;
    return cut(share, other, confidence->z * sqrt(share * other / size));
}

static few_limits
few_wald(double x, double n, const dg_confidence *confidence)
{
    const double share = x / n, other = (n - x) / n;
    return cut(share, other, confidence->z * sqrt(share * other / n));
}

static few_limits
few_jeffreys(double x, double n, const dg_confidence *confidence)
{
    const double a = x + 0.5, b = n - x + 0.5;
    return (few_limits){x == 0.0 ? 0.0 : dg_beta_lower_quantile(confidence->tail, a, b).p,
                        dg_beta_upper_quantile(confidence->tail, a, b)};
}

/* The p with (1 - p)^n = tail. */
static dg_fraction
no_cases_limit(double tail, double n)
{
    return (dg_fraction){-expm1(log(tail) / n), exp(log(tail) / n)};
}

static few_limits
few_clopper_pearson(double x, double n, const dg_confidence *confidence)
{
    if (x == 0.0) {
        return (few_limits){0.0, no_cases_limit(confidence->tail, n)};
    }
    return (few_limits){dg_beta_lower_quantile(confidence->tail, x, n - x + 1.0).p,
                        dg_beta_upper_quantile(confidence->tail, x + 1.0, n - x)};
}

/* A mid-p tail of x cases and y others as a function of p: P(X > x) + P(X = x)/2, which rises, or P(X < x) + P(X = x)/2. */
typedef struct {
    double x, y;
    bool rises;
} mid_tail;

static dg_tail
mid_tail_at(double p, const void *context)
{
    const mid_tail *of = context;
    const dg_fraction at = dg_fraction_of(p);
    const double x = of->x, y = of->y, mass = dg_binomial_mass(x, y, at.p, at.q), slope = 0.5 * mass * (x + y * at.p / at.q);
    if (of->rises) {
        return (dg_tail){dg_beta_lower_tail_scaled(at, x, y + 1.0, x * at.q * mass) - 0.5 * mass, slope};
    }
    return (dg_tail){dg_beta_upper_tail_scaled(at, x + 1.0, y, y * at.p * mass) - 0.5 * mass, -slope};
}

/* Looked for in whichever of p and 1 - p is at most one half. */
static dg_fraction
mid_p_high(double x, double y, double tail, dg_fraction guess)
{
    const mid_tail of = {x, y, false}, turned = {y, x, true};
    if (mid_tail_at(0.5, &of).tail <= tail) {
        return dg_fraction_of(dg_find_tail_root(mid_tail_at, &of, tail, (dg_search){guess.p, 0.5, false}));
    }
    const dg_fraction found =
            dg_fraction_of(dg_find_tail_root(mid_tail_at, &turned, tail, (dg_search){guess.q, 0.5, true}));
    return (dg_fraction){found.q, found.p};
}

static few_limits
few_mid_p(double x, double n, const dg_confidence *confidence)
{
    if (x == 0.0) {
        return (few_limits){0.0, no_cases_limit(2.0 * confidence->tail, n)};
    }
    const few_limits guess = few_wilson(x, n, confidence);
    const mid_tail lower = {x, n - x, true};
    return (few_limits){
            dg_find_tail_root(mid_tail_at, &lower, confidence->tail, (dg_search){guess.low, 0.5, true}),
            mid_p_high(x, n - x, confidence->tail, guess.high),
    };
}

dg_limits
dg_wilson_interval(double x, double n, const dg_confidence *confidence)
{
    return mirrored(few_wilson, x, n, confidence);
}

dg_limits
dg_agresti_coull_interval(double x, double n, const dg_confidence *confidence)
{
    return mirrored(few_agresti_coull, x, n, confidence);
}

dg_limits
dg_jeffreys_interval(double x, double n, const dg_confidence *confidence)
{
    return mirrored(few_jeffreys, x, n, confidence);
}

dg_limits
dg_clopper_pearson_interval(double x, double n, const dg_confidence *confidence)
{
    return mirrored(few_clopper_pearson, x, n, confidence);
}

dg_limits
dg_mid_p_interval(double x, double n, const dg_confidence *confidence)
{
    return mirrored(few_mid_p, x, n, confidence);
}

dg_limits
dg_wald_interval(double x, double n, const dg_confidence *confidence)
{
    return mirrored(few_wald, x, n, confidence);
}

dg_interval
dg_find_proportion_interval(const char *name)
{
    static const dg_interval_method methods[] = {
            {"wilson", dg_wilson_interval},
            {"agresti-coull", dg_agresti_coull_interval},
            {"jeffreys", dg_jeffreys_interval},
            {"clopper-pearson", dg_clopper_pearson_interval},
            {"mid-p", dg_mid_p_interval},
            {"wald", dg_wald_interval},
    };
    return dg_find_interval(methods, sizeof methods / sizeof methods[0], name);
}
