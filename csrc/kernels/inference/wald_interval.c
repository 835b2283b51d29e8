#include "kernels/inference/wald_interval.h"

#include <math.h>

dg_comparison
dg_wald_difference(const dg_two_samples *samples, const dg_question *question)
{
    const double p1 = samples->x1 / samples->n1, p2 = samples->x2 / samples->n2;
    const double estimate = dg_estimate(samples, DG_DIFFERENCE);
    const double error = sqrt(p1 * (1.0 - p1) / samples->n1 + p2 * (1.0 - p2) / samples->n2);
    const double statistic = (estimate - question->null) / error;
    dg_comparison answer = {estimate, fmax(estimate - question->z * error, -1.0), fmin(estimate + question->z * error, 1.0),
                            statistic, dg_normal_pvalue(statistic, question->alternative)};
    dg_open_other_side(&answer, question);
    return answer;
}
