#include "kernels/resampling/count_law.h"

#include <math.h>

static const double TWO_PI = 6.28318530717958647693;

static const double STIRLING_ERRORS[] = {
        0.0, /* no number of people here */
        0.0810614667953272582197,
        0.0413406959554092940938,
        0.0276779256849983391488,
        0.0207906721037650931115,
        0.0166446911898211921632,
        0.0138761288230707479987,
        0.0118967099458917700951,
        0.0104112652619720964975,
        0.0092554621827127329177,
        0.0083305634333628712565,
        0.0075736754879518407950,
        0.0069428401072095298657,
        0.0064089941880042070684,
        0.0059513701127588477356,
        0.0055547335519628013710,
};

double
dg_stirling_error(int64_t n)
{
    if (n < 16) {
        return STIRLING_ERRORS[n];
    }
    const double x = (double)n, y = 1.0 / (x * x);
    return (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y * (1.0 / 1188))))) / x;
}

/* x log(x / mean) - (x - mean), without cancellation where x is near the mean. */
static double
deviance(double x, double mean)
{
    const double v = (x - mean) / (x + mean);
    if (fabs(v) >= 0.1) {
        return x * log(x / mean) - (x - mean);
    }
    double sum = (x - mean) * v, term = 2.0 * x * v;
    for (int odd = 3; odd < 60; odd += 2) {
        term *= v * v;
        const double next = sum + term / odd;
        if (next == sum) {
            break;
        }
        sum = next;
    }
    return sum;
}

/* log P(x) less the logarithm of sqrt(n / (2 pi x (n - x))), for 0 < x < n. */
static double
exponent(int64_t x, int64_t n, int64_t hits, int64_t of)
{
    const double mean = (double)(n * hits) / (double)of, misses = (double)(n * (of - hits)) / (double)of;
    return dg_stirling_error(n) - dg_stirling_error(x) - dg_stirling_error(n - x) - deviance((double)x, mean) -
           deviance((double)(n - x), misses);
}

double
dg_binomial_chance(int64_t x, int64_t n, int64_t hits, int64_t of)
{
    if (x < 0 || x > n) {
        return 0.0;
    }
    if (hits == 0 || hits == of) {
        return x == (hits == 0 ? 0 : n) ? 1.0 : 0.0;
    }
    if (x == 0) {
        return exp((double)n * log1p(-(double)hits / (double)of));
    }
    if (x == n) {
        return exp((double)n * log1p(-(double)(of - hits) / (double)of));
    }
    const double width = TWO_PI * (double)x * ((double)(n - x) / (double)n);
    return exp(exponent(x, n, hits, of)) / sqrt(width);
}

/* People are marked or not by coin: then the marked and the others drawn are binomial, and their sum is known. */
double
dg_hypergeometric_chance(int64_t x, int64_t drawn, int64_t marked, int64_t total)
{
    if (drawn == 0 || drawn == total) {
        return x == (drawn == 0 ? 0 : marked) ? 1.0 : 0.0;
    }
    return dg_binomial_chance(x, marked, drawn, total) * dg_binomial_chance(drawn - x, total - marked, drawn, total) /
           dg_binomial_chance(drawn, total, drawn, total);
}

dg_count_law
dg_binomial_law(int64_t n, int64_t hits, int64_t of)
{
    if (hits == 0 || hits == of) {
        const int64_t only = hits == 0 ? 0 : n;
        return (dg_count_law){.lowest = only, .highest = only, .mode = only, .is_binomial = true};
    }
    return (dg_count_law){.lowest = 0,
                          .highest = n,
                          .mode = (n + 1) * hits / of,
                          .odds = (double)hits / (double)(of - hits),
                          .is_binomial = true};
}

dg_count_law
dg_hypergeometric_law(int64_t drawn, int64_t marked, int64_t total)
{
    const int64_t gap = total - marked - drawn;
    return (dg_count_law){.lowest = gap < 0 ? -gap : 0,
                          .highest = drawn < marked ? drawn : marked,
                          .mode = (drawn + 1) * (marked + 1) / (total + 2),
                          .marked = (double)marked,
                          .drawn = (double)drawn,
                          .gap = (double)gap};
}

double
dg_law_step(const dg_count_law *law, int64_t x)
{
    const double value = (double)x;
    if (law->is_binomial) {
        return law->odds * ((double)law->highest - value) / (value + 1.0);
    }
    return (law->marked - value) * (law->drawn - value) / ((value + 1.0) * (law->gap + value + 1.0));
}
