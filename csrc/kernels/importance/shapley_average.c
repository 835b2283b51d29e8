#include "kernels/importance/shapley_average.h"

#include "kernels/importance/shapley_weights.h"

/* Sets whose terms are summed before the sum goes to the others: rounding grows with the longer of two short sums. It is also
 * how many there are between two looks whether to stop. */
#define SETS_PER_BLOCK ((size_t)4096)

static size_t
members(size_t set)
{
    return (size_t)__builtin_popcountll((unsigned long long)set);
}

/* The set of the others with this number: bit `player` is put in, as 0. */
static size_t
without(size_t number, size_t player)
{
    const size_t below = ((size_t)1 << player) - 1;
    return (number & below) | (number & ~below) << 1;
}

/* What the player adds to the sets of others with the numbers first .. end - 1, weighted. */
static double
add_block(const double *values, size_t player, const double *weights, size_t first, size_t end)
{
    double sum = 0.0;
    for (size_t number = first; number < end; number++) {
        const size_t set = without(number, player);
        sum += weights[members(number)] * (values[set | (size_t)1 << player] - values[set]);
    }
    return sum;
}

static dg_status
average(const double *values, size_t n_players, size_t player, const double *weights, double *result, const dg_stop *stop)
{
    const size_t n_sets = (size_t)1 << (n_players - 1);
    *result = 0.0;
    for (size_t first = 0; first < n_sets; first += SETS_PER_BLOCK) {
        if (dg_stop_asked(stop)) {
            return DG_STOPPED;
        }
        const size_t left = n_sets - first;
        *result += add_block(values, player, weights, first, first + (left < SETS_PER_BLOCK ? left : SETS_PER_BLOCK));
    }
    return DG_OK;
}

dg_status
dg_shapley_average(const dg_set_functions *functions, double *averages, const dg_stop *stop)
{
    const size_t p = functions->n_players;
    double weights[DG_MAX_PLAYERS];
    dg_shapley_weights(p, weights);
    for (size_t table = 0; table < functions->n_tables; table++) {
        const double *values = functions->values + (table << p);
        for (size_t player = 0; player < p; player++) {
            const dg_status status = average(values, p, player, weights, averages + table * p + player, stop);
            if (status != DG_OK) {
                return status;
            }
        }
    }
    return DG_OK;
}
