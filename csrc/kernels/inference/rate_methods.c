#include "kernels/inference/rate_methods.h"

#include "kernels/inference/rate_conditional.h"
#include "kernels/inference/rate_mover.h"
#include "kernels/inference/rate_score.h"
#include "kernels/inference/rate_skewness.h"

#include <string.h>

static const dg_comparison_method METHODS[] = {
        {DG_RATE_DIFFERENCE, "score", dg_score_rate_difference, 256},
        {DG_RATE_DIFFERENCE, "skewness-corrected", dg_skewness_rate_difference, 256},
        {DG_RATE_DIFFERENCE, "mover", dg_mover_rate_difference, 256},
        {DG_RATIO, "score", dg_score_rate_ratio, 1024},
        {DG_RATIO, "skewness-corrected", dg_skewness_rate_ratio, 1024},
        {DG_RATIO, "mover", dg_mover_rate_ratio, 256},
        {DG_RATIO, "exact", dg_exact_rate_ratio, 32},
        {DG_RATIO, "mid-p", dg_mid_p_rate_ratio, 32},
};

const dg_comparison_method *
dg_find_rate_method(dg_measure measure, const char *name)
{
    const dg_measure listed = measure == DG_DIFFERENCE ? DG_RATE_DIFFERENCE : measure;
    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        if (METHODS[i].measure == listed && strcmp(METHODS[i].name, name) == 0) {
            return &METHODS[i];
        }
    }
    return NULL;
}
