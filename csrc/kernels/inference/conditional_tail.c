#include "kernels/inference/conditional_tail.h"

#include <math.h>

static const double FURTHEST_LOG =
        690.0; /* odds ratios are looked for between exp(-690) and exp(690) */

double
dg_conditional_tail_at(const dg_conditional_tail *e, double odds_ratio)
{
    const dg_split here = dg_split_at(&e->table, odds_ratio);
    double tail = here.more + e->own * here.same;
    if (e->steps > 0.0) {
        const dg_fourfold below = dg_shifted(&e->table, -e->steps);
        const dg_split there = dg_split_at(&below, odds_ratio);
        tail += there.less + there.same;
    }
    return tail;
}

double
dg_conditional_tail_excess(double log_odds, const void *context)
{
    const dg_conditional_tail *e = context;
    return log(dg_conditional_tail_at(e, exp(log_odds)) / e->tail);
}

/* The odds ratio at which an increasing function of its logarithm is zero, looked for from `guess`
 * outwards; 0 or infinity if it lies beyond what can be looked through. */
static double
solve(dg_function function, const dg_conditional_tail *e, double guess, double stride)
{
    const double first = function(guess, e), sign = first < 0.0 ? 1.0 : -1.0;
    double near = guess, at_near = first;
    while (fabs(near) < FURTHEST_LOG) {
        const double far = near + sign * stride, at_far = function(far, e);
        if ((at_far < 0.0) != (first < 0.0)) {
            const dg_bracket up = {near, far, at_near, at_far}, down = {far, near, at_far, at_near};
            return exp(dg_find_root(function, e, sign > 0.0 ? up : down, 0.0));
        }
        near = far;
        at_near = at_far;
        stride *= 2.0;
    }
    return sign > 0.0 ? INFINITY : 0.0;
}

/* The sample log odds ratio and its standard error, half a case added to each cell. */
static double
log_guess(const dg_fourfold *t)
{
    return log((t->a + 0.5) / (t->b + 0.5)) - log((t->c + 0.5) / (t->d + 0.5));
}

static double
log_error(const dg_fourfold *t)
{
    return sqrt(1.0 / (t->a + 0.5) + 1.0 / (t->b + 0.5) + 1.0 / (t->c + 0.5) + 1.0 / (t->d + 0.5));
}

double
dg_conditional_root(dg_function function, const dg_conditional_tail *sought, double z,
                    double stride)
{
    const double error = log_error(&sought->table);
    return solve(function, sought, log_guess(&sought->table) - z * error, stride * error);
}

double
dg_smallest_conditional_odds(const dg_conditional_tail *sought, double z)
{
    if (dg_room_below(&sought->table) == 0.0 && sought->tail <= sought->own) {
        return 0.0; /* the tail never is below own */
    }
    return dg_conditional_root(dg_conditional_tail_excess, sought, z, 0.25);
}
