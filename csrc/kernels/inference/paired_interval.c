#include "kernels/inference/paired_interval.h"

#include "kernels/inference/binomial_odds.h"
#include "kernels/inference/root.h"

#include <math.h>

static double
people(const dg_paired_table *table)
{
    return table->both + table->first_only + table->second_only + table->neither;
}

/* Twice the most probable share of yes only the second time, given that the first time is higher by d >= 0: no term cancels then. */
static double
twice_second_only(double b, double c, double n, double d)
{
    const double linear = (2.0 * n - b + c) * d - b - c, constant = c * d * (1.0 - d);
    const double root = sqrt(linear * linear + 8.0 * n * constant);
    return linear > 0.0 ? 4.0 * constant / (root + linear) : (root - linear) / (2.0 * n);
}

/* How far the difference seen lies above the null value d, in standard errors; `above` is that distance. */
static double
standard_errors(const dg_paired_table *table, double above, double d)
{
    const double b = table->first_only, c = table->second_only, n = people(table);
    if (above == 0.0) {
        return 0.0;
    }
    const double changes = d < 0.0 ? twice_second_only(c, b, n, -d) : twice_second_only(b, c, n, d);
    return above / sqrt((changes + fabs(d) * (1.0 - fabs(d))) / n);
}

typedef struct {
    const dg_paired_table *table;
    double estimate, target;
} search;

static double
above_target(double offset, const void *context)
{
    const search *wanted = context;
    const double d = fmin(fmax(wanted->estimate + offset, -1.0), 1.0);
    return standard_errors(wanted->table, -offset, d) - wanted->target;
}

static double
limit_at(const dg_paired_table *table, double estimate, double target)
{
    const search wanted = {table, estimate, target};
    const double end = target > 0.0 ? -1.0 - estimate : 1.0 - estimate;
    const dg_bracket bracket = {0.0, end, -target, above_target(end, &wanted)};
    return estimate + (target == 0.0 ? 0.0 : dg_find_root(above_target, &wanted, bracket, 0.0));
}

dg_comparison
dg_score_paired_difference(const dg_paired_table *table, const dg_question *question)
{
    if (!(people(table) > 0.0)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    const double estimate = (table->first_only - table->second_only) / people(table);
    const double statistic = standard_errors(table, estimate - question->null, question->null);
    dg_comparison answer = {estimate, limit_at(table, estimate, question->z), limit_at(table, estimate, -question->z), statistic,
                            dg_normal_pvalue(statistic, question->alternative)};
    dg_open_other_side(&answer, question);
    dg_settle_rounding(&answer, question);
    return answer;
}

static dg_comparison
compare_odds(const dg_paired_table *table, const dg_question *question, double own)
{
    const dg_binomial_split seen = {table->first_only, table->second_only, own};
    if (!(people(table) > 0.0)) {
        return (dg_comparison){NAN, NAN, NAN, NAN, NAN};
    }
    if (!(seen.x + seen.y > 0.0)) {
        return (dg_comparison){NAN, 0.0, INFINITY, NAN, 1.0};
    }
    dg_comparison answer = {seen.x / seen.y, dg_binomial_odds_low(&seen, question->tail),
                            dg_binomial_odds_high(&seen, question->tail), NAN,
                            dg_binomial_odds_pvalue(&seen, question->null, question->alternative)};
    dg_open_other_side(&answer, question);
    dg_settle_rounding(&answer, question);
    return answer;
}

dg_comparison
dg_exact_paired_odds_ratio(const dg_paired_table *table, const dg_question *question)
{
    return compare_odds(table, question, 1.0);
}

dg_comparison
dg_mid_p_paired_odds_ratio(const dg_paired_table *table, const dg_question *question)
{
    return compare_odds(table, question, 0.5);
}
