/* Every method of comparing two proportions within strata, under the name users know it by; and many tables in one call. */
#ifndef DG_STRATIFIED_METHODS_H
#define DG_STRATIFIED_METHODS_H

#include "kernels/inference/strata.h"

/* NULL when there is no method of that name for the measure. */
const dg_stratified_method *dg_find_stratified_method(dg_measure measure, const char *name);

/* The tables of one call: n tables of n_strata strata each, the strata of a table side by side, and one null value for each
 * table. */
typedef struct {
    dg_strata strata; /* those of the first table, which the others follow */
    const double *null;
    size_t n;
} dg_stratified_tables;

/* Where the answers go: arrays of n values. */
typedef struct {
    dg_comparison_columns comparison;
    double *homogeneity, *df;
} dg_stratified_columns;

/* Answers the question for every table; question->null is replaced by each table's own. DG_OK or DG_STOPPED. */
dg_status dg_compare_stratified(const dg_stratified_method *method, const dg_question *question,
                                const dg_stratified_tables *tables, const dg_stratified_columns *answers, const dg_stop *stop);

#endif
