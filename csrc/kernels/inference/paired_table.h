/* The same people asked twice: how many say yes both times, only the first, only the second, or neither. */
#ifndef DG_PAIRED_TABLE_H
#define DG_PAIRED_TABLE_H

#include "kernels/inference/comparison.h"

typedef struct {
    double both, first_only, second_only, neither;
} dg_paired_table;

/* One method of comparison: the whole answer for one table. Never fails: what is undefined is NaN. */
typedef dg_comparison (*dg_compare_pairs)(const dg_paired_table *table, const dg_question *question);

/* A method under the name users know it by. */
typedef struct {
    dg_measure measure;
    const char *name;
    dg_compare_pairs compare;
} dg_paired_method;

/* NULL when there is no method of that name for the measure. */
const dg_paired_method *dg_find_paired_method(dg_measure measure, const char *name);

/* The tables of one call: arrays of n values, and one null value for each table. */
typedef struct {
    const double *both, *first_only, *second_only, *neither, *null;
    size_t n;
} dg_paired_tables;

/* Answers the question for every table; question->null is replaced by each table's own. DG_OK or DG_STOPPED. */
dg_status dg_compare_paired_tables(const dg_paired_method *method, const dg_question *question, const dg_paired_tables *tables,
                                   const dg_comparison_columns *answers, const dg_stop *stop);

#endif
