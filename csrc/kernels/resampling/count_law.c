#include "kernels/resampling/count_law.h"

#include "kernels/distributions/saddle_point.h"

double
dg_binomial_chance(int64_t x, int64_t n, int64_t hits, int64_t of)
{
    if (x < 0 || x > n) {
        return 0.0;
    }
    return dg_binomial_mass((double)x, (double)(n - x), (double)hits / (double)of, (double)(of - hits) / (double)of);
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
