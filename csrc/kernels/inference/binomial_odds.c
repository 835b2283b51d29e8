#include "kernels/inference/binomial_odds.h"

#include "kernels/distributions/beta.h"
#include "kernels/distributions/normal.h"
#include "kernels/distributions/saddle_point.h"
#include "kernels/distributions/tail_root.h"
#include "kernels/inference/rate_skewness.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* x cases or more, with the slope against the logarithm of the odds. */
static dg_tail
tail_above(double odds, const void *context)
{
    const dg_binomial_split *seen = context;
    const double x = seen->x, y = seen->y;
    const dg_fraction at = {odds / (1.0 + odds), 1.0 / (1.0 + odds)};
    const double mass = dg_binomial_mass(x, y, at.p, at.q);
    const double tail = x > 0.0 ? dg_beta_lower_tail_at(at, x, y + 1.0) : 1.0;
    return (dg_tail){tail - (1.0 - seen->own) * mass, at.q * mass * (seen->own * x + (1.0 - seen->own) * y * odds)};
}

static dg_binomial_split
turned(const dg_binomial_split *seen)
{
    return (dg_binomial_split){seen->y, seen->x, seen->own};
}

double
dg_binomial_odds_pvalue(const dg_binomial_split *seen, double odds, dg_alternative alternative)
{
    const dg_binomial_split others = turned(seen);
    const double above = tail_above(odds, seen).tail, below = tail_above(1.0 / odds, &others).tail;
    if (alternative == DG_TWO_SIDED) {
        return fmin(2.0 * fmin(above, below), 1.0);
    }
    return alternative == DG_GREATER ? above : below;
}

/* Where to begin: the limit by the score corrected for its skewness, which is close where there are some cases. */
static double
first_guess(const dg_binomial_split *seen, double tail)
{
    const double whole = seen->own - 0.5;
    const double odds = dg_skewness_corrected_odds(seen->x - whole, seen->y + whole, dg_normal_upper_quantile(tail));
    return odds > 0.0 && odds < INFINITY ? odds : (seen->x + 0.5) / (seen->y + 0.5);
}

double
dg_binomial_odds_low(const dg_binomial_split *seen, double tail)
{
    if (!(seen->x > 0.0)) {
        return 0.0;
    }
    const dg_search search = {first_guess(seen, tail), DBL_MAX, true};
    const double odds = dg_find_tail_root(tail_above, seen, tail, search);
    return odds < DBL_MAX ? odds : INFINITY;
}

double
dg_binomial_odds_high(const dg_binomial_split *seen, double tail)
{
    const dg_binomial_split others = turned(seen);
    return 1.0 / dg_binomial_odds_low(&others, tail);
}
