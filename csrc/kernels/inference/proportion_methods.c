#include "kernels/inference/proportion_methods.h"

#include "kernels/inference/conditional_odds.h"
#include "kernels/inference/mover_interval.h"
#include "kernels/inference/score_interval.h"
#include "kernels/inference/wald_interval.h"

#include <string.h>

static const dg_comparison_method METHODS[] = {
        {DG_DIFFERENCE, "score", dg_compare_by_score, 256},
        {DG_DIFFERENCE, "score-uncorrected", dg_compare_by_score_uncorrected, 256},
        {DG_DIFFERENCE, "skewness-corrected", dg_compare_by_skewness_corrected, 256},
        {DG_DIFFERENCE, "newcombe", dg_newcombe_difference, 64},
        {DG_DIFFERENCE, "agresti-caffo", dg_agresti_caffo_difference, 256},
        {DG_DIFFERENCE, "wald", dg_wald_difference, 256},
        {DG_RATIO, "score", dg_compare_by_score, 256},
        {DG_RATIO, "score-uncorrected", dg_compare_by_score_uncorrected, 256},
        {DG_RATIO, "skewness-corrected", dg_compare_by_skewness_corrected, 256},
        {DG_RATIO, "katz", dg_katz_ratio, 256},
        {DG_RATIO, "mover", dg_mover_ratio, 64},
        {DG_ODDS_RATIO, "score", dg_compare_by_score, 256},
        {DG_ODDS_RATIO, "score-uncorrected", dg_compare_by_score_uncorrected, 256},
        {DG_ODDS_RATIO, "skewness-corrected", dg_compare_by_skewness_corrected, 256},
        {DG_ODDS_RATIO, "wald", dg_woolf_odds_ratio, 256},
        {DG_ODDS_RATIO, "mover", dg_mover_odds_ratio, 64},
        {DG_ODDS_RATIO, "central", dg_central_odds_ratio, 1},
        {DG_ODDS_RATIO, "mid-p", dg_mid_p_odds_ratio, 1},
        {DG_ODDS_RATIO, "fisher", dg_fisher_odds_ratio, 1},
};

const dg_comparison_method *
dg_find_proportion_method(dg_measure measure, const char *name)
{
    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        if (METHODS[i].measure == measure && strcmp(METHODS[i].name, name) == 0) {
            return &METHODS[i];
        }
    }
    return NULL;
}
