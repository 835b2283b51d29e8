#include "kernels/inference/conditional_odds.h"

#include "kernels/distributions/noncentral_hypergeometric.h"
#include "kernels/inference/root.h"

#include <math.h>
#include <stdbool.h>

static const double FURTHEST_LOG =
        690.0; /* odds ratios are looked for between exp(-690) and exp(690) */

/* An equation for the logarithm of an odds ratio. */
typedef struct {
    dg_fourfold table;
    double own;   /* how much of the table's own probability belongs to its tail: 1, or one half for
                     mid-p */
    double tail;  /* the probability to be reached */
    double steps; /* tables this far below and further belong to the tail too; 0 for none */
} equation;

static double
mean_offset(double log_odds, const void *context)
{
    const equation *e = context;
    return dg_split_at(&e->table, exp(log_odds)).mean;
}

/* The probability of the table, of all above and, with `steps`, of those far below. */
static double
tail_of(const equation *e, double odds_ratio)
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

static double
tail_excess(double log_odds, const void *context)
{
    const equation *e = context;
    return log(tail_of(e, exp(log_odds)) / e->tail);
}

/* The odds ratio at which an increasing function of its logarithm is zero, looked for from `guess`
 * outwards; 0 or infinity if it lies beyond what can be looked through. */
static double
solve(dg_function function, const equation *e, double guess, double stride)
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

static double
maximum_likelihood(const dg_fourfold *table)
{
    if (dg_room_below(table) == 0.0) {
        return 0.0;
    }
    if (dg_room_above(table) == 0.0) {
        return INFINITY;
    }
    const equation e = {*table, 1.0, 0.0, 0.0};
    return solve(mean_offset, &e, log_guess(table), 0.05 * log_error(table));
}

/* The smallest odds ratio whose upper tail reaches `tail`; 0 where every one does. */
static double
central_low(const dg_fourfold *table, double own, double tail, double z)
{
    if (dg_room_below(table) == 0.0 && tail <= own) {
        return 0.0; /* the tail never is below own */
    }
    const equation e = {*table, own, tail, 0.0};
    const double error = log_error(table);
    return solve(tail_excess, &e, log_guess(table) - z * error, 0.25 * error);
}

/* The odds ratio from which on the table `steps` below is no more probable than the one seen, and
 * its log. */
static double
log_tie(const dg_fourfold *table, double steps)
{
    return (dg_log_weight_below(table, steps) - log1p(DG_TIE)) / steps;
}

/* The p-value of the test by likelihood where the table `steps` below has just become as improbable
 * as the one seen. */
static double
pvalue_at_tie(const dg_fourfold *table, double steps)
{
    const equation e = {*table, 1.0, 0.0, steps};
    return tail_of(&e, exp(log_tie(table, steps)));
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

/* The smallest null value that the test by likelihood does not reject. Between two ties the tail
 * below is the same set of tables and p, one minus the probability of the tables between, sinks and
 * then rises: so the first p that reaches `outside` is either on the rise before a tie, or the tie
 * itself, where it jumps. */
static double
fisher_low(const dg_fourfold *table, double outside, double z)
{
    const double room = dg_room_below(table);
    if (room == 0.0) {
        return 0.0;
    }
    const double steps = widest_tie(table, outside), log_low = log_tie(table, steps);
    const equation before = {*table, 1.0, outside, steps < room ? steps + 1.0 : 0.0};
    const double excess = tail_excess(log_low, &before);
    if (excess < 0.0) {
        return exp(log_low);
    }
    if (before.steps == 0.0) {
        return central_low(table, 1.0, outside, z);
    }
    const double log_before = log_tie(table, before.steps);
    const dg_bracket bracket = {log_before, log_low, tail_excess(log_before, &before), excess};
    return exp(dg_find_root(tail_excess, &before, bracket, 0.0));
}

/* One-sided p-values: of more than is seen and of less, with the share of the table's own
 * probability. */
static double
central_pvalue(const dg_fourfold *table, double own, const dg_question *question)
{
    const dg_split split = dg_split_at(table, question->null);
    const double more = split.more + own * split.same, less = split.less + own * split.same;
    switch (question->alternative) {
        case DG_GREATER:
            return fmin(more, 1.0);
        case DG_LESS:
            return fmin(less, 1.0);
        default:
            return fmin(2.0 * fmin(more, less), 1.0);
    }
}

static bool
is_whole(double x)
{
    return x == floor(x);
}

static bool
is_usable(const dg_two_samples *s)
{
    return s->n1 > 0.0 && s->n2 > 0.0 && is_whole(s->x1) && is_whole(s->n1) && is_whole(s->x2) &&
           is_whole(s->n2);
}

/* `own` is 1, or one half for mid-p; `by_likelihood` the two-sided test of Fisher. */
static dg_comparison
compare(const dg_two_samples *s, const dg_question *question, double own, bool by_likelihood)
{
    if (!is_usable(s)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    const dg_fourfold table = {s->x1, s->n1 - s->x1, s->x2, s->n2 - s->x2},
                      mirror = dg_exchanged(&table);
    if (dg_room_below(&table) + dg_room_above(&table) == 0.0) {
        return (dg_comparison){NAN, 0.0, INFINITY, NAN, 1.0};
    }
    dg_comparison answer = {.estimate = maximum_likelihood(&table), .statistic = NAN};
    if (by_likelihood && question->alternative == DG_TWO_SIDED) {
        answer.pvalue = dg_minimum_likelihood(&table, question->null);
        answer.low = fisher_low(&table, 2.0 * question->tail, question->z);
        answer.high = 1.0 / fisher_low(&mirror, 2.0 * question->tail, question->z);
    }
    else {
        answer.pvalue = central_pvalue(&table, own, question);
        answer.low = question->alternative == DG_LESS
                             ? 0.0
                             : central_low(&table, own, question->tail, question->z);
        answer.high = question->alternative == DG_GREATER
                              ? INFINITY
                              : 1.0 / central_low(&mirror, own, question->tail, question->z);
    }
    dg_settle_rounding(&answer, question);
    return answer;
}

dg_comparison
dg_central_odds_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, 1.0, false);
}

dg_comparison
dg_mid_p_odds_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, 0.5, false);
}

dg_comparison
dg_fisher_odds_ratio(const dg_two_samples *samples, const dg_question *question)
{
    return compare(samples, question, 1.0, true);
}
