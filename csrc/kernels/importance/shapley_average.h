/* What each player adds to a function of sets of players, averaged over all orders in which they can come. */
#ifndef DG_SHAPLEY_AVERAGE_H
#define DG_SHAPLEY_AVERAGE_H

#include "kernels/status.h"
#include "kernels/stop.h"

#include <stddef.h>

/* Tables of the function, one after the other: in each 2**n_players values, that of a set at the number whose bit j says
 * whether player j is in it. */
typedef struct {
    const double *values;
    size_t n_tables;
    size_t n_players; /* 1 .. DG_MAX_PLAYERS */
} dg_set_functions;

/* averages[table][player]; a player who never adds anything has exactly 0. */
dg_status dg_shapley_average(const dg_set_functions *functions, double *averages, const dg_stop *stop);

#endif
