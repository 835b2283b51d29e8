#include "kernels/inference/stratified_score.h"

#include "kernels/inference/root.h"
#include "kernels/inference/stratum_score.h"

#include <math.h>

/* A root is sought where the statistic is `target`, or for target NaN where its numerator is 0; in the logarithm for ratios. */
typedef struct {
    const dg_strata *strata;
    dg_measure measure;
    double target;
} crossing;

typedef struct {
    double numerator, variance;
} sums;

static sums
scores(const dg_strata *strata, dg_measure measure, double null)
{
    sums sum = {0.0, 0.0};
    for (size_t i = 0; i < strata->n_strata; i++) {
        const dg_two_samples s = dg_stratum(strata, i);
        if (dg_has_both_groups(&s)) {
            const double weight = measure == DG_ODDS_RATIO ? 1.0 : s.n1 * s.n2 / (s.n1 + s.n2);
            const dg_stratum_score found = dg_score_stratum(&s, measure, null);
            sum.numerator += weight * found.residual;
            sum.variance += weight * weight * found.variance * dg_finite_factor(&s);
        }
    }
    return sum;
}

static double
statistic(const dg_strata *strata, dg_measure measure, double null)
{
    const sums sum = scores(strata, measure, null);
    return sum.numerator == 0.0 ? 0.0 : sum.numerator / sqrt(fmax(sum.variance, 0.0));
}

static double
beyond_target(double at, const void *context)
{
    const crossing *sought = context;
    const double null = sought->measure == DG_DIFFERENCE ? at : exp(at);
    if (isnan(sought->target)) {
        return scores(sought->strata, sought->measure, null).numerator;
    }
    return statistic(sought->strata, sought->measure, null) - sought->target;
}

/* Where the falling function crosses 0, going outwards from a point, up or down as its sign there says; infinite if nowhere. */
static double
solve_outwards(const crossing *sought, double start)
{
    static const double FURTHEST = 300.0; /* a factor whose square, in the variance, is still a double */
    double near = start, at_near = beyond_target(near, sought);
    const double direction = at_near > 0.0 ? 1.0 : -1.0;
    for (double step = 1.0; at_near * direction > 0.0 && fabs(near) < FURTHEST; step *= 2.0) {
        const double far = fmax(-FURTHEST, fmin(near + direction * step, FURTHEST)), at_far = beyond_target(far, sought);
        if (!(at_far * direction > 0.0)) {
            const dg_bracket upwards = {near, far, at_near, at_far}, downwards = {far, near, at_far, at_near};
            return dg_find_root(beyond_target, sought, direction > 0.0 ? upwards : downwards, 0.0);
        }
        near = far;
        at_near = at_far;
    }
    return at_near * direction > 0.0 ? direction * INFINITY : near;
}

/* The same between -1 and 1, on one side of the estimate, where the statistic is 0. */
static double
solve_difference(const crossing *sought, double estimate)
{
    const double low = sought->target > 0.0 ? -1.0 : estimate, high = sought->target > 0.0 ? estimate : 1.0;
    const dg_bracket bracket = {low, high, beyond_target(low, sought), beyond_target(high, sought)};
    return dg_find_root(beyond_target, sought, bracket, 0.0);
}

/* Strata with nobody or everybody in a group can make the statistic cross its target more than once. */
static bool
may_cross_again(const dg_strata *strata)
{
    bool found = false;
    for (size_t i = 0; i < strata->n_strata; i++) {
        const dg_two_samples s = dg_stratum(strata, i);
        found = found || s.x1 == 0.0 || s.x2 == 0.0 || s.x1 == s.n1 || s.x2 == s.n2;
    }
    return found && strata->n_strata > 1;
}

/* The outermost crossing that growing steps from the first one, up to an end, can see: the limits hold every null value that the data
 * do not speak against. */
static double
last_crossing(const crossing *sought, double first, double end)
{
    const double direction = end > first ? 1.0 : -1.0;
    double last = first, near = first, at_near = 0.0;
    for (double step = 0.002; may_cross_again(sought->strata) && (end - near) * direction > 0.0; step *= 1.3) {
        const double at = fabs(end - near) > step ? near + direction * step : end, beyond = beyond_target(at, sought);
        if (near != first && at_near * direction >= 0.0 && beyond * direction < 0.0) {
            const dg_bracket upwards = {near, at, at_near, beyond}, downwards = {at, near, beyond, at_near};
            last = dg_find_root(beyond_target, sought, direction > 0.0 ? upwards : downwards, 0.0);
        }
        near = at;
        at_near = beyond;
    }
    return last;
}

/* The limit on one side, -1 or 1: of a difference from the estimate on, of a ratio from `start` on, both logarithms. */
static double
limit(const crossing *sought, double start, double side)
{
    static const double FAR = 60.0; /* a factor of 1e26 */
    if (sought->measure == DG_DIFFERENCE) {
        return last_crossing(sought, solve_difference(sought, start), side);
    }
    const double first = solve_outwards(sought, start);
    return exp(last_crossing(sought, first, first + side * FAR));
}

static void
set_limits(dg_comparison *answer, const dg_strata *strata, const dg_question *question)
{
    const double estimate = answer->estimate;
    const crossing low = {strata, question->measure, question->z}, high = {strata, question->measure, -question->z};
    const bool is_ratio = question->measure != DG_DIFFERENCE;
    const double finite = estimate > 0.0 && isfinite(estimate) ? log(estimate) : 0.0, start = is_ratio ? finite : estimate;
    answer->low = is_ratio && !(estimate > 0.0) ? 0.0 : limit(&low, start, -1.0);
    answer->high = is_ratio && !isfinite(estimate) ? INFINITY : limit(&high, start, 1.0);
}

/* Mantel and Haenszel's, whose score is 0 under the weights of differences and ratios. The most likely odds ratio is 0 or infinite
 * exactly when theirs is; elsewhere it is sought from there. */
static double
estimate(const dg_strata *strata, dg_measure measure)
{
    const double common = dg_common_estimate(strata, measure);
    if (measure != DG_ODDS_RATIO || !isfinite(common) || common == 0.0) {
        return common;
    }
    return exp(solve_outwards(&(crossing){strata, DG_ODDS_RATIO, NAN}, log(common)));
}

dg_comparison
dg_stratified_score(const dg_strata *strata, const dg_question *question)
{
    if (!dg_some_stratum_has_both_groups(strata)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    dg_comparison answer = {estimate(strata, question->measure), NAN, NAN, NAN, NAN};
    set_limits(&answer, strata, question);
    answer.statistic = statistic(strata, question->measure, question->null);
    answer.pvalue = dg_normal_pvalue(answer.statistic, question->alternative);
    dg_open_other_side(&answer, question);
    return answer;
}
