#include "kernels/inference/mantel_haenszel.h"

#include <math.h>

static const dg_comparison UNDEFINED = {NAN, NAN, NAN, NAN, NAN};

/* How far the estimate lies from the null value, and how likely that is. */
static void
test(dg_comparison *answer, double distance, double error, dg_alternative alternative)
{
    answer->statistic = distance / error;
    answer->pvalue = isnan(answer->statistic) ? 1.0 : dg_normal_pvalue(answer->statistic, alternative);
}

/* N^2 times what one stratum of size N adds to the variance of the numerator, at a common difference. */
static double
sato_term(const dg_two_samples *s, double difference)
{
    const double n = s->n1 + s->n2;
    const double slope = s->n1 * s->n1 * s->x2 - s->n2 * s->n2 * s->x1 + 0.5 * s->n1 * s->n2 * (s->n2 - s->n1);
    return difference * slope + 0.5 * n * (s->x1 * (s->n2 - s->x2) + s->x2 * (s->n1 - s->x1));
}

static double
sato_variance(const dg_strata *strata, double difference)
{
    double sum = 0.0;
    for (size_t i = 0; i < strata->n_strata; i++) {
        const dg_two_samples s = dg_stratum(strata, i);
        if (dg_has_both_groups(&s)) {
            sum += sato_term(&s, difference) / ((s.n1 + s.n2) * (s.n1 + s.n2));
        }
    }
    return fmax(sum, 0.0);
}

dg_comparison
dg_mantel_haenszel_difference(const dg_strata *strata, const dg_question *question)
{
    if (!dg_some_stratum_has_both_groups(strata)) {
        return UNDEFINED;
    }
    const dg_quotient sums = dg_common_quotient(strata, DG_DIFFERENCE);
    const double estimate = sums.above / sums.below;
    const double error = sqrt(sato_variance(strata, estimate)) / sums.below;
    const double reach = question->z * error; /* negative for one-sided levels below one half */
    dg_comparison answer = {estimate, fmin(fmax(estimate - reach, -1.0), 1.0), fmax(fmin(estimate + reach, 1.0), -1.0), NAN, NAN};
    test(&answer, estimate - question->null, error, question->alternative);
    dg_open_other_side(&answer, question);
    return answer;
}

/* The answer for a ratio whose logarithm has this standard error, infinite where it is 0 or infinite. */
static dg_comparison
from_logarithm(double estimate, double error, const dg_question *question)
{
    if (!isfinite(error) || !(estimate > 0.0) || !isfinite(estimate)) {
        return (dg_comparison){estimate, 0.0, INFINITY, NAN, 1.0};
    }
    const double reach = exp(question->z * error);
    dg_comparison answer = {estimate, estimate / reach, estimate * reach, NAN, NAN};
    test(&answer, log(estimate) - log(question->null), error, question->alternative);
    dg_open_other_side(&answer, question);
    return answer;
}

dg_comparison
dg_mantel_haenszel_ratio(const dg_strata *strata, const dg_question *question)
{
    if (!dg_some_stratum_has_both_groups(strata)) {
        return UNDEFINED;
    }
    double spread = 0.0;
    for (size_t i = 0; i < strata->n_strata; i++) {
        const dg_two_samples s = dg_stratum(strata, i);
        if (dg_has_both_groups(&s)) {
            const double n = s.n1 + s.n2;
            spread += (s.n1 * s.n2 * (s.x1 + s.x2) - s.x1 * s.x2 * n) / (n * n);
        }
    }
    const dg_quotient sums = dg_common_quotient(strata, DG_RATIO);
    return from_logarithm(sums.above / sums.below, sqrt(fmax(spread, 0.0) / sums.above / sums.below), question);
}

dg_comparison
dg_mantel_haenszel_odds_ratio(const dg_strata *strata, const dg_question *question)
{
    if (!dg_some_stratum_has_both_groups(strata)) {
        return UNDEFINED;
    }
    double pr = 0.0, mixed = 0.0, qs = 0.0;
    for (size_t i = 0; i < strata->n_strata; i++) {
        const dg_two_samples stratum = dg_stratum(strata, i);
        if (dg_has_both_groups(&stratum)) {
            const double n = stratum.n1 + stratum.n2, a = stratum.x1, b = stratum.n1 - a, c = stratum.x2, d = stratum.n2 - c;
            const double p = (a + d) / n, q = (b + c) / n, r = a * d / n, s = b * c / n;
            pr += p * r;
            mixed += p * s + q * r;
            qs += q * s;
        }
    }
    const dg_quotient sums = dg_common_quotient(strata, DG_ODDS_RATIO);
    const double r = sums.above, s = sums.below;
    return from_logarithm(r / s, sqrt(0.5 * (pr / r / r + mixed / r / s + qs / s / s)), question);
}
