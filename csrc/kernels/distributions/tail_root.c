#include "kernels/distributions/tail_root.h"

#include <float.h>
#include <math.h>

static const int MOST_STEPS = 300;
static const double LOWEST = DBL_MIN;
static const double CLOSE = 1e-7; /* Newton's next step squares it */

typedef struct {
    double low, high;
} bracket;

static double
middle(bracket within)
{
    return within.high > 4.0 * within.low ? sqrt(within.low) * sqrt(within.high) : 0.5 * (within.low + within.high);
}

static bool
is_shut(bracket within)
{
    return within.high - within.low <= DBL_EPSILON * within.high;
}

/* Newton's step on the logarithms, or the middle where it leads out of the bracket or there is none. */
static double
next_point(double x, dg_tail at, double off, bracket within)
{
    const double next = x * exp(-off * at.tail / at.slope);
    return next >= within.low && next <= within.high ? next : middle(within);
}

double
dg_find_tail_root(dg_tail_function tail, const void *context, double target, dg_search search)
{
    bracket within = {LOWEST, search.highest};
    double x = fmin(fmax(search.guess, LOWEST), search.highest);
    for (int i = 0; i < MOST_STEPS && !is_shut(within); i++) {
        const dg_tail at = tail(x, context);
        const double off = log(at.tail / target);
        if (off == 0.0) {
            return x;
        }
        *((off < 0.0) == search.rises ? &within.low : &within.high) = x;
        const double next = next_point(x, at, off, within);
        if (fabs(off) < CLOSE || next == x) {
            return next;
        }
        x = next;
    }
    return x;
}
