#include "kernels/importance/subset_sweep.h"

#include "kernels/checked_size.h"
#include "kernels/importance/shapley_weights.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Players that may still come when the sums of a branch are put to the others, and a look is taken whether to stop: rounding
 * then grows as with a thousand terms, not as with millions. */
#define PLAYERS_PER_BRANCH 10

/* Weighted sums of what sets explain. A set counts w(s - 1) for each of its members and -w(s) for each of the others: that is
 * w(s - 1) + w(s) for its members alone, which is `members`, and -w(s) for everybody, which is `all`. */
typedef struct {
    double members, all;
} set_sums;

typedef struct {
    size_t n_players, n_columns;
    size_t first[DG_MAX_PLAYERS + 1]; /* columns of the players before; at the end all columns */
    double members[DG_MAX_PLAYERS + 1], all[DG_MAX_PLAYERS + 1]; /* what a set of so many counts for */
    double branch[DG_MAX_PLAYERS], total[DG_MAX_PLAYERS]; /* sums over the sets that a player is in */
    double *rest[DG_MAX_PLAYERS]; /* products that are left once the player's columns are swept out */
    double *whole;                /* products of all columns; the block of memory that all others are in */
    const double *floors;
    const dg_stop *stop;
    bool stopped; /* not asked again: who has said so once may not say so twice */
} work;

/* Products are kept as the rows of a lower triangle: row 0 is the outcome, row c column c - 1. Without its last columns a
 * matrix is a shorter one at the same place. */
static inline size_t
row_at(size_t row)
{
    return row * (row + 1) / 2;
}

/* Sweeps the last column of the rows in `from` out of those before it, into `to`, which may be `from`. Returns what the column
 * adds to the explained sum. */
static inline double
sweep_column(const double *from, double *to, size_t column, double floor)
{
    const double *pivot = from + row_at(column);
    const double inverse = pivot[column] <= floor ? 0.0 : 1.0 / pivot[column];
    for (size_t row = 1; row < column; row++) {
        const double times = pivot[row] * inverse, *old = from + row_at(row);
        double *new = to + row_at(row);
        for (size_t i = 0; i <= row; i++) {
            new[i] = old[i] - times * pivot[i];
        }
    }
    return pivot[0] * pivot[0] * inverse;
}

/* All columns of a player, the last first; what is left of the others is then in rest[player]. */
static inline double
sweep_player(const work *w, const double *products, size_t player)
{
    const size_t end = w->first[player + 1];
    double explained = sweep_column(products, w->rest[player], end, w->floors[end - 1]);
    for (size_t column = end - 1; column > w->first[player]; column--) {
        explained += sweep_column(w->rest[player], w->rest[player], column, w->floors[column - 1]);
    }
    return explained;
}

/* The sums of a branch go to those of all. */
static void
end_branch(work *w)
{
    for (size_t player = 0; player < w->n_players; player++) {
        w->total[player] += w->branch[player];
        w->branch[player] = 0.0;
    }
    w->stopped = w->stopped || dg_stop_asked(w->stop);
}

/* The set at hand, of n_in players, and all that add to it players before `n_left`. */
static set_sums
visit(work *w, const double *products, size_t n_left, size_t n_in, double explained)
{
    set_sums sums = {w->members[n_in] * explained, w->all[n_in] * explained};
    for (size_t player = n_left; player-- > 0 && !w->stopped;) {
        const double more = sweep_player(w, products, player);
        const set_sums with = visit(w, w->rest[player], player, n_in + 1, explained + more);
        w->branch[player] += with.members;
        sums.members += with.members;
        sums.all += with.all;
    }
    if (n_left == PLAYERS_PER_BRANCH) {
        end_branch(w);
    }
    return sums;
}

static void
read_products(const work *w, const double *matrix)
{
    const size_t k = w->n_columns;
    w->whole[0] = matrix[k * (k + 1) + k];
    for (size_t column = 0; column < k; column++) {
        double *row = w->whole + row_at(column + 1);
        row[0] = matrix[k * (k + 1) + column];
        memcpy(row + 1, matrix + column * (k + 1), (column + 1) * sizeof *row);
    }
}

static dg_status
share_out(work *w, const double *matrix, double *shares)
{
    read_products(w, matrix);
    memset(w->total, 0, sizeof w->total);
    const set_sums sums = visit(w, w->whole, w->n_players, 0, 0.0);
    end_branch(w);
    for (size_t player = 0; player < w->n_players; player++) {
        shares[player] = w->total[player] - sums.all;
    }
    return w->stopped ? DG_STOPPED : DG_OK;
}

static void
weigh_sets(work *w)
{
    double weights[DG_MAX_PLAYERS];
    dg_shapley_weights(w->n_players, weights);
    for (size_t n_in = 0; n_in <= w->n_players; n_in++) {
        w->all[n_in] = n_in < w->n_players ? weights[n_in] : 0.0;
        w->members[n_in] = w->all[n_in] + (n_in > 0 ? weights[n_in - 1] : 0.0);
    }
}

/* Memory for the products of all columns and, for each player, of those before its last one. */
static bool
lay_out(work *w, const dg_players *players)
{
    size_t size = row_at(w->n_columns + 1), start[DG_MAX_PLAYERS], n_bytes;
    for (size_t player = 0; player < players->n; player++) {
        w->first[player + 1] = w->first[player] + (size_t)players->sizes[player];
        start[player] = size;
        size += row_at(w->first[player + 1]);
    }
    w->whole = dg_checked_multiply(size, sizeof *w->whole, &n_bytes) ? malloc(n_bytes) : NULL;
    for (size_t player = 0; player < players->n && w->whole != NULL; player++) {
        w->rest[player] = w->whole + start[player];
    }
    return w->whole != NULL;
}

dg_status
dg_subset_shares(const dg_residual_products *matrices, const dg_players *players, double *shares, const dg_stop *stop)
{
    const size_t k = matrices->n_columns;
    work w = {.n_players = players->n, .n_columns = k, .stop = stop};
    dg_status status = lay_out(&w, players) ? DG_OK : DG_NO_MEMORY;
    weigh_sets(&w);
    for (size_t i = 0; i < matrices->n && status == DG_OK; i++) {
        w.floors = matrices->floors + i * k;
        status = share_out(&w, matrices->products + i * (k + 1) * (k + 1), shares + i * players->n);
    }
    free(w.whole);
    return status;
}
