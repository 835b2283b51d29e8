/* The rows of one slice added up by cluster and domain.
 *
 * Rows are put in order first, so that those of a pair follow one another and the sums of a pair are looked up once.
 */
#ifndef DG_SLICE_SUMS_H
#define DG_SLICE_SUMS_H

#include "kernels/surveys/cluster_run.h"
#include "kernels/surveys/pair_order.h"

#define DG_MOST_FACTORS 3

/* What is added up of a row: the product, from left to right, of one to three of its columns. */
typedef struct {
    int32_t columns[DG_MOST_FACTORS]; /* -1: no further one */
} dg_term;

typedef struct {
    const dg_strided_values *clusters; /* 32-bit codes */
    const dg_strided_values *domains;  /* 32-bit codes, -1 for none */
    const dg_strided_values *columns;  /* n_columns of 64-bit floats */
    size_t n_columns;
    const dg_term *terms; /* n_terms, each naming columns below n_columns */
    const int *lows;      /* n_terms: the sums of a term are in units of 2**low */
    size_t n_terms;
} dg_cluster_rows;

/* Where and why a row was refused. */
typedef struct {
    dg_bad_pair pair;
    size_t row;  /* of the number */
    size_t term; /* whose product is no number of units */
} dg_bad_cluster_row;

/* Memory that one slice after the other is worked on in. */
typedef struct {
    uint64_t *words;   /* a slice */
    uint64_t *scratch; /* a slice */
    double *gathered;  /* some rows of each column */
    uint32_t *pairs;   /* of those rows */
} dg_slice_space;

/* Memory for slices of n_rows rows in all. */
dg_status dg_start_slice_space(dg_slice_space *space, const dg_pair_layout *layout, size_t n_rows, size_t n_columns);

/* Releases what the space owns and leaves it all zero. */
void dg_free_slice_space(dg_slice_space *space);

/* The run of rows first .. first + n - 1, n <= dg_slice_rows. A product is rounded to the nearest whole number of units,
 * halves away from zero. DG_CODE_OUT_OF_RANGE fills bad->pair; DG_WEIGHT_OUTSIDE_WINDOW fills bad->row and bad->term: a
 * product is 2**90 units or more, or not finite. Otherwise the run is due to be freed. */
dg_status dg_sum_slice(const dg_pair_layout *layout, const dg_cluster_rows *rows, size_t first, size_t n,
                       const dg_slice_space *space, dg_cluster_run *run, dg_bad_cluster_row *bad);

#endif
