/* A comparison of two groups within strata: what every stratified method shares. */
#ifndef DG_STRATA_H
#define DG_STRATA_H

#include "kernels/inference/comparison.h"

#include <stdbool.h>
#include <stddef.h>

/* x of n in each group, in n_strata strata. A stratum with nobody in one of the groups says nothing and is left out. */
typedef struct {
    const double *x1, *n1, *x2, *n2;
    size_t n_strata;
} dg_strata;

/* Whether the measure is the same in all strata: chi-squared with df degrees of freedom if it is. Both are NaN when fewer than
 * two strata inform about it. */
typedef struct {
    double statistic, df;
} dg_homogeneity;

/* One method: the whole answer for one table of strata. */
typedef dg_comparison (*dg_compare_strata)(const dg_strata *strata, const dg_question *question);

/* A method under the name users know it by. */
typedef struct {
    dg_measure measure;
    const char *name;
    dg_compare_strata compare;
} dg_stratified_method;

/* The two groups of one stratum. */
static inline dg_two_samples
dg_stratum(const dg_strata *strata, size_t i)
{
    return (dg_two_samples){strata->x1[i], strata->n1[i], strata->x2[i], strata->n2[i]};
}

static inline bool
dg_has_both_groups(const dg_two_samples *stratum)
{
    return stratum->n1 > 0.0 && stratum->n2 > 0.0;
}

bool dg_some_stratum_has_both_groups(const dg_strata *strata);

/* Mantel and Haenszel's common measure, a quotient of sums over strata of size N = n1 + n2:
 *
 *     difference  sum((x1 n2 - x2 n1) / N) / sum(n1 n2 / N)
 *     ratio       sum(x1 n2 / N) / sum(x2 n1 / N)
 *     odds ratio  sum(x1 (n2 - x2) / N) / sum(x2 (n1 - x1) / N)
 *
 * NaN when no stratum has both groups, or for 0/0. Mantel, N. and Haenszel, W. (1959), Journal of the National Cancer
 * Institute 22: 719-748. */
double dg_common_estimate(const dg_strata *strata, dg_measure measure);

/* The sums above and below the line of the common measure. */
typedef struct {
    double above, below;
} dg_quotient;

dg_quotient dg_common_quotient(const dg_strata *strata, dg_measure measure);

#endif
