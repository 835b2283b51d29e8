#include "kernels/inference/fisher_odds.h"

#include "kernels/inference/conditional_tail.h"

#include <math.h>

static const double TIE =
        1e-7; /* probabilities that differ by less, relatively, are equal, as in R's fisher.test */

double
dg_fisher_pvalue(const dg_fourfold *table, double odds_ratio)
{
    return dg_minimum_likelihood(table, odds_ratio, TIE);
}

/* The odds ratio from which on the table `steps` below is no more probable than the one seen, and
 * its log. */
static double
log_tie(const dg_fourfold *table, double steps)
{
    return (dg_log_weight_below(table, steps) - log1p(TIE)) / steps;
}

/* The p-value of the test by likelihood where the table `steps` below has just become as improbable
 * as the one seen. */
static double
pvalue_at_tie(const dg_fourfold *table, double steps)
{
    const dg_conditional_tail e = {*table, 1.0, 0.0, steps};
    return dg_conditional_tail_at(&e, exp(log_tie(table, steps)));
}

/* The largest number of steps below at whose tie the p-value reaches `outside`. It grows as the
 * steps become fewer, to 1 at one step: for the tables between are then the inner ones. */
static double
widest_tie(const dg_fourfold *table, double outside)
{
    const double room = dg_room_below(table);
    double reached = 1.0, missed = 2.0;
    while (missed <= room && pvalue_at_tie(table, missed) >= outside) {
        reached = missed;
        missed *= 2.0;
    }
    missed = fmin(missed, room + 1.0);
    while (missed - reached > 1.0) {
        const double middle = floor(0.5 * (reached + missed));
        *(pvalue_at_tie(table, middle) >= outside ? &reached : &missed) = middle;
    }
    return reached;
}

/* Between two ties the tail below is the same set of tables and p, one minus the probability of the
 * tables between, sinks and then rises: so the first p that reaches `outside` is either on the rise
 * before a tie, or the tie itself, where it jumps. */
double
dg_fisher_low(const dg_fourfold *table, double outside, double z)
{
    const double room = dg_room_below(table);
    if (room == 0.0) {
        return 0.0;
    }
    const double steps = widest_tie(table, outside), log_low = log_tie(table, steps);
    const dg_conditional_tail before = {*table, 1.0, outside, steps < room ? steps + 1.0 : 0.0};
    const double excess = dg_conditional_tail_excess(log_low, &before);
    if (excess < 0.0) {
        return exp(log_low);
    }
    if (before.steps == 0.0) {
        return dg_smallest_conditional_odds(&before, z);
    }
    const double log_before = log_tie(table, before.steps);
    const dg_bracket bracket = {log_before, log_low,
                                dg_conditional_tail_excess(log_before, &before), excess};
    return exp(dg_find_root(dg_conditional_tail_excess, &before, bracket, 0.0));
}
