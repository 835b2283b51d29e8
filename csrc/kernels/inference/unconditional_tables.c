#include "kernels/inference/unconditional_tables.h"

#include <math.h>

static bool
is_count(double x, double most)
{
    return x >= 0.0 && x <= most && x == floor(x);
}

bool
dg_is_unconditional_table(const dg_two_samples *s, double null)
{
    return is_count(s->n1, DG_LARGEST_UNCONDITIONAL_SAMPLE) &&
           is_count(s->n2, DG_LARGEST_UNCONDITIONAL_SAMPLE) && is_count(s->x1, s->n1) &&
           is_count(s->x2, s->n2) && null >= -1.0 && null <= 1.0;
}

/* Scratch is kept from table to table while the samples are of the same sizes. */
typedef struct {
    dg_unconditional_space space;
    double n1, n2;
} kept_space;

static dg_status
fit_space(kept_space *kept, const dg_two_samples *samples)
{
    if (kept->n1 == samples->n1 && kept->n2 == samples->n2) {
        return DG_OK;
    }
    dg_free_unconditional_space(&kept->space);
    kept->n1 = kept->n2 = 0.0;
    const dg_status status =
            dg_make_unconditional_space(&kept->space, (size_t)samples->n1, (size_t)samples->n2);
    if (status == DG_OK) {
        kept->n1 = samples->n1;
        kept->n2 = samples->n2;
    }
    return status;
}

static dg_status
compare(const dg_unconditional_side *side, const dg_question *question,
        dg_unconditional_method method, dg_comparison *answer, bool *rejected_inside)
{
    dg_status status = dg_unconditional_pvalue(side, question->null, method, question->alternative,
                                               &answer->pvalue);
    answer->statistic = dg_side_statistic(side, question->null);
    if (status == DG_OK && !isnan(question->tail)) {
        dg_hull hull;
        status = dg_unconditional_hull(side, question, method, &hull);
        answer->low = hull.low;
        answer->high = hull.high;
        *rejected_inside = hull.rejected_inside;
    }
    return status;
}

static dg_status
compare_in_space(kept_space *kept, const dg_two_samples *samples, const dg_question *question,
                 dg_unconditional_method method, const dg_stop *stop, dg_comparison *answer,
                 bool *rejected_inside)
{
    *answer = (dg_comparison){dg_estimate(samples, DG_DIFFERENCE), NAN, NAN, NAN, NAN};
    *rejected_inside = false;
    if (isnan(answer->estimate)) {
        return DG_OK;
    }
    const dg_status status = fit_space(kept, samples);
    if (status != DG_OK) {
        return status;
    }
    const dg_unconditional_side side = dg_near_side(&kept->space, samples, stop);
    return compare(&side, question, method, answer, rejected_inside);
}

dg_status
dg_compare_unconditional(const dg_comparison_tables *tables, const dg_question *question,
                         dg_unconditional_method method, const dg_comparison_columns *answers,
                         bool *rejected_inside, const dg_stop *stop)
{
    kept_space kept = {0};
    dg_question asked = *question;
    dg_status status = DG_OK;
    for (size_t i = 0; i < tables->n && status == DG_OK; i++) {
        const dg_two_samples samples = {tables->x1[i], tables->n1[i], tables->x2[i], tables->n2[i]};
        dg_comparison answer;
        asked.null = tables->null[i];
        status = dg_stop_asked(stop) ? DG_STOPPED
                                     : compare_in_space(&kept, &samples, &asked, method, stop,
                                                        &answer, rejected_inside + i);
        if (status == DG_OK) {
            dg_put_answer(answers, i, &answer);
        }
    }
    dg_free_unconditional_space(&kept.space);
    return status;
}
