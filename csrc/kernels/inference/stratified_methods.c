#include "kernels/inference/stratified_methods.h"

#include "kernels/inference/homogeneity.h"
#include "kernels/inference/mantel_haenszel.h"
#include "kernels/inference/stratified_score.h"

#include <string.h>

static const dg_stratified_method METHODS[] = {
        {DG_DIFFERENCE, "score", dg_stratified_score},
        {DG_RATIO, "score", dg_stratified_score},
        {DG_ODDS_RATIO, "score", dg_stratified_score},
        {DG_DIFFERENCE, "mantel-haenszel", dg_mantel_haenszel_difference},
        {DG_RATIO, "mantel-haenszel", dg_mantel_haenszel_ratio},
        {DG_ODDS_RATIO, "mantel-haenszel", dg_mantel_haenszel_odds_ratio},
};

const dg_stratified_method *
dg_find_stratified_method(dg_measure measure, const char *name)
{
    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        if (METHODS[i].measure == measure && strcmp(METHODS[i].name, name) == 0) {
            return &METHODS[i];
        }
    }
    return NULL;
}

static void
put(const dg_stratified_columns *answers, size_t i, const dg_comparison *answer, const dg_homogeneity *homogeneity)
{
    answers->comparison.estimate[i] = answer->estimate;
    answers->comparison.low[i] = answer->low;
    answers->comparison.high[i] = answer->high;
    answers->comparison.statistic[i] = answer->statistic;
    answers->comparison.pvalue[i] = answer->pvalue;
    answers->homogeneity[i] = homogeneity->statistic;
    answers->df[i] = homogeneity->df;
}

dg_status
dg_compare_stratified(const dg_stratified_method *method, const dg_question *question, const dg_stratified_tables *tables,
                      const dg_stratified_columns *answers, const dg_stop *stop)
{
    dg_question asked = *question;
    dg_strata strata = tables->strata;
    for (size_t i = 0; i < tables->n; i++) {
        if (dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        asked.null = tables->null[i];
        const dg_comparison answer = method->compare(&strata, &asked);
        const dg_homogeneity homogeneity = dg_test_homogeneity(&strata, question->measure);
        put(answers, i, &answer, &homogeneity);
        strata.x1 += strata.n_strata;
        strata.n1 += strata.n_strata;
        strata.x2 += strata.n_strata;
        strata.n2 += strata.n_strata;
    }
    return DG_OK;
}
