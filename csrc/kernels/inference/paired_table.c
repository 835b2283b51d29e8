#include "kernels/inference/paired_table.h"

#include "kernels/inference/paired_interval.h"

#include <string.h>

static const size_t TABLES_PER_LOOK = 64;

static const dg_paired_method METHODS[] = {
        {DG_DIFFERENCE, "score", dg_score_paired_difference},
        {DG_ODDS_RATIO, "mid-p", dg_mid_p_paired_odds_ratio},
        {DG_ODDS_RATIO, "exact", dg_exact_paired_odds_ratio},
};

const dg_paired_method *
dg_find_paired_method(dg_measure measure, const char *name)
{
    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        if (METHODS[i].measure == measure && strcmp(METHODS[i].name, name) == 0) {
            return &METHODS[i];
        }
    }
    return NULL;
}

dg_status
dg_compare_paired_tables(const dg_paired_method *method, const dg_question *question, const dg_paired_tables *tables,
                         const dg_comparison_columns *answers, const dg_stop *stop)
{
    dg_question asked = *question;
    for (size_t i = 0; i < tables->n; i++) {
        if (i % TABLES_PER_LOOK == 0 && dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        asked.null = tables->null[i];
        const dg_paired_table table = {tables->both[i], tables->first_only[i], tables->second_only[i], tables->neither[i]};
        const dg_comparison answer = method->compare(&table, &asked);
        dg_put_answer(answers, i, &answer);
    }
    return DG_OK;
}
