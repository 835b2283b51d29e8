/* Exact unconditional comparisons of two proportions, table by table. */
#ifndef DG_UNCONDITIONAL_TABLES_H
#define DG_UNCONDITIONAL_TABLES_H

#include "kernels/inference/unconditional_interval.h"

/* The largest sample: the time grows with the square of the sizes. */
#define DG_LARGEST_UNCONDITIONAL_SAMPLE 5000

/* Whether a table has whole counts within its samples, samples within the limit, and a null from -1
 * to 1. */
bool
dg_is_unconditional_table(const dg_two_samples *samples, double null);

/* Answers `question` for tables that all are such; question->null is replaced by each table's own.
 * NaN where a sample is empty. `rejected_inside`, of n values, says of each interval whether it
 * holds a null that the test rejects. If question->tail is NaN no intervals are made: their limits
 * are NaN. DG_OK, DG_NO_MEMORY or DG_STOPPED. */
dg_status
dg_compare_unconditional(const dg_comparison_tables *tables, const dg_question *question,
                         dg_unconditional_method method, const dg_comparison_columns *answers,
                         bool *rejected_inside, const dg_stop *stop);

#endif
