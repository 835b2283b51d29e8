/* Every method of comparing two proportions, under the name users know it by. */
#ifndef DG_PROPORTION_METHODS_H
#define DG_PROPORTION_METHODS_H

#include "kernels/inference/comparison.h"

/* NULL when there is no method of that name for the measure. */
const dg_comparison_method *dg_find_proportion_method(dg_measure measure, const char *name);

#endif
