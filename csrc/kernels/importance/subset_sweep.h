/* How the sum of squares that a regression explains is shared out among players, each of which is a block of columns: what
 * each adds to the sum, averaged over all orders in which they can come (LMG: Lindeman, R. H., Merenda, P. F. and Gold, R. Z.
 * (1980), Introduction to bivariate and multivariate analysis, p. 119 ff.; Shapley's value of the explained sum).
 *
 * Sets of players are gone through depth first. One step sweeps the columns of a player out of the products of the columns
 * that may still come, which are ever fewer: half of all steps have nothing left to sweep, and 2**p sets cost a few times
 * 2**p operations. The only memory is one matrix for each player. */
#ifndef DG_SUBSET_SWEEP_H
#define DG_SUBSET_SWEEP_H

#include "kernels/status.h"
#include "kernels/stop.h"

#include <stddef.h>
#include <stdint.h>

/* Symmetric matrices of the products of columns with the outcome last, one after the other: what goes for all sets, as the
 * mean does, has been swept out. */
typedef struct {
    const double *products; /* n x (n_columns + 1) x (n_columns + 1) */
    const double *floors;   /* n x n_columns: a column with no more than this left is made of those before, and adds nothing */
    size_t n, n_columns;
} dg_residual_products;

/* Players in the order of their columns. Those with many columns are best last, where they are swept least often. */
typedef struct {
    const int32_t *sizes; /* columns of each, at least one; together they are all columns */
    size_t n;             /* 1 .. DG_MAX_PLAYERS */
} dg_players;

/* shares[matrix][player], in the unit of the products; they sum to what all columns together explain. */
dg_status dg_subset_shares(const dg_residual_products *matrices, const dg_players *players, double *shares,
                           const dg_stop *stop);

#endif
