#include "kernels/inference/comparison.h"

#include "kernels/distributions/normal.h"

#include <math.h>
#include <stdbool.h>

double
dg_lowest(dg_measure measure)
{
    if (measure == DG_RATE_DIFFERENCE) {
        return -INFINITY;
    }
    return measure == DG_DIFFERENCE ? -1.0 : 0.0;
}

double
dg_highest(dg_measure measure)
{
    return measure == DG_DIFFERENCE ? 1.0 : INFINITY;
}

double
dg_estimate(const dg_two_samples *samples, dg_measure measure)
{
    const double x1 = samples->x1, n1 = samples->n1, x2 = samples->x2, n2 = samples->n2;
    if (!(n1 > 0.0 && n2 > 0.0)) {
        return NAN;
    }
    if (measure == DG_RATE_DIFFERENCE) {
        return x1 / n1 - x2 / n2;
    }
    if (measure == DG_DIFFERENCE) {
        const double difference = x1 / n1 - x2 / n2, others = (n2 - x2) / n2 - (n1 - x1) / n1;
        return x1 / n1 + x2 / n2 > 1.0 ? others : difference; /* shares near 1 would cancel */
    }
    if (measure == DG_RATIO) {
        return (x1 / n1) / (x2 / n2); /* 0/0 is NaN */
    }
    return (x1 / (n1 - x1)) / (x2 / (n2 - x2)); /* infinite odds against infinite odds too */
}

double
dg_normal_pvalue(double statistic, dg_alternative alternative)
{
    if (alternative == DG_TWO_SIDED) {
        return 2.0 * dg_normal_upper_tail(fabs(statistic));
    }
    return dg_normal_upper_tail(alternative == DG_GREATER ? statistic : -statistic);
}

void
dg_open_other_side(dg_comparison *answer, const dg_question *question)
{
    if (question->alternative == DG_LESS && !isnan(answer->low)) {
        answer->low = dg_lowest(question->measure);
    }
    if (question->alternative == DG_GREATER && !isnan(answer->high)) {
        answer->high = dg_highest(question->measure);
    }
}

void
dg_settle_rounding(dg_comparison *answer, const dg_question *question)
{
    const double null = question->null;
    const double near = 1e-12 * fabs(null) + (question->measure == DG_DIFFERENCE ? 1e-15 : 0.0);
    const bool rejected = answer->pvalue < (question->alternative == DG_TWO_SIDED ? 2.0 : 1.0) * question->tail;
    const bool below = rejected && null < answer->estimate, above = rejected && null > answer->estimate;
    if (fabs(answer->low - null) <= near && (below || !rejected)) {
        answer->low = below ? fmax(answer->low, nextafter(null, INFINITY)) : fmin(answer->low, null);
    }
    if (fabs(answer->high - null) <= near && (above || !rejected)) {
        answer->high = above ? fmin(answer->high, nextafter(null, -INFINITY)) : fmax(answer->high, null);
    }
}

dg_question
dg_ask(dg_measure measure, dg_alternative alternative, double confidence_level)
{
    const double outside = 1.0 - confidence_level;
    const double tail = alternative == DG_TWO_SIDED ? 0.5 * outside : outside;
    return (dg_question){measure, alternative, NAN, tail, dg_normal_upper_quantile(tail)};
}

void
dg_put_answer(const dg_comparison_columns *answers, size_t i, const dg_comparison *answer)
{
    answers->estimate[i] = answer->estimate;
    answers->low[i] = answer->low;
    answers->high[i] = answer->high;
    answers->statistic[i] = answer->statistic;
    answers->pvalue[i] = answer->pvalue;
}

dg_status
dg_compare_tables(const dg_comparison_method *method, const dg_question *question, const dg_comparison_tables *tables,
                  const dg_comparison_columns *answers, const dg_stop *stop)
{
    dg_question asked = *question;
    for (size_t i = 0; i < tables->n; i++) {
        if (i % method->tables_per_look == 0 && dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        asked.null = tables->null[i];
        const dg_two_samples samples = {tables->x1[i], tables->n1[i], tables->x2[i], tables->n2[i]};
        const dg_comparison answer = method->compare(&samples, &asked);
        dg_put_answer(answers, i, &answer);
    }
    return DG_OK;
}
