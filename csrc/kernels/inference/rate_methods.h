/* Every method of comparing two Poisson rates, under the name users know it by. */
#ifndef DG_RATE_METHODS_H
#define DG_RATE_METHODS_H

#include "kernels/inference/comparison.h"

/* NULL when there is no method of that name for the measure. The method of DG_DIFFERENCE that is found is one of DG_RATE_DIFFERENCE. */
const dg_comparison_method *dg_find_rate_method(dg_measure measure, const char *name);

#endif
