#include "kernels/inference/conditional_odds.h"

#include "kernels/inference/conditional_tail.h"
#include "kernels/inference/fisher_odds.h"

#include <math.h>
#include <stdbool.h>

static double
mean_offset(double log_odds, const void *context)
{
    const dg_conditional_tail *e = context;
    return dg_split_at(&e->table, exp(log_odds)).mean;
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
    const dg_conditional_tail e = {*table, 1.0, 0.0, 0.0};
    return dg_conditional_root(mean_offset, &e, 0.0, 0.05);
}

static double
central_low(const dg_fourfold *table, double own, const dg_question *question)
{
    return dg_smallest_conditional_odds(&(dg_conditional_tail){*table, own, question->tail, 0.0},
                                        question->z);
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
        answer.pvalue = dg_fisher_pvalue(&table, question->null);
        answer.low = dg_fisher_low(&table, 2.0 * question->tail, question->z);
        answer.high = 1.0 / dg_fisher_low(&mirror, 2.0 * question->tail, question->z);
    }
    else {
        answer.pvalue = central_pvalue(&table, own, question);
        answer.low = question->alternative == DG_LESS ? 0.0 : central_low(&table, own, question);
        answer.high = question->alternative == DG_GREATER
                              ? INFINITY
                              : 1.0 / central_low(&mirror, own, question);
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
